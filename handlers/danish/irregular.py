"""Forms that no suffix rule leads back to their word: strong verbs, umlaut plurals, odd comparisons."""

from __future__ import annotations

FORMS = """
gå går gik gået gående
stå står stod stået stående
få får fik fået
se ser så set sete
kend kende kender kendte kendt kendes
vend vende vender vendte vendt
give giver gav givet givne
tage tager tog taget tagne
komme kommer kom kommet kommende
skrive skriver skrev skrevet skrevne
finde finder fandt fundet fundne
ligge ligger lå ligget
lægge lægger lagde lagt lagte
sidde sidder sad siddet
sætte sætter satte sat
holde holder holdt holdte
vælge vælger valgte valgt
sælge sælger solgte solgt
bringe bringer bragte bragt
drive driver drev drevet drevne
blive bliver blev blevet
ryge ryger røg røget
flyve flyver fløj fløjet
bryde bryder brød brudt brudte
byde byder bød budt
nyde nyder nød nydt
tilbyde tilbyder tilbød tilbudt
bære bærer båret
skære skærer skar skåret
stjæle stjæler stjal stjålet
hjælpe hjælper hjalp hjulpet
træffe træffer traf truffet
trække trækker trak trukket
række rækker rakte rakt
drikke drikker drak drukket
slippe slipper slap sluppet
springe springer sprang sprunget
tvinge tvinger tvang tvunget
vinde vinder vandt vundet
binde binder bandt bundet bundne
forsvinde forsvinder forsvandt forsvundet
spørge spørger spurgte spurgt
følge følger fulgte fulgt
gøre gør gjorde gjort
sige siger sagde sagt
vide ved vidste vidst
lade lader lod ladet
falde falder faldt faldet
løbe løber løb løbet
hedde hedder hed heddet
sove sover sov sovet
slå slår slog slået
tælle tæller talte talt
fortælle fortæller fortalte fortalt
send sende sender sendte sendt sendes
bede beder bad bedt
gælde gælder gjaldt
betale betaler betalte betalt
dø dør døde død
bog bøger bogen bøgerne
fod fødder
hånd hænder hænderne
mand mænd mændene
nat nætter
rod rødder
tand tænder
barn børn børnene
far fædre
mor mødre
bror brødre
datter døtre
øje øjne
kraft kræfter
stand stænder
stang stænger
god godt gode bedre bedst bedste
dårlig dårligt værre værst værste
lille små mindre mindst mindste
stor stort store større størst største
gammel gammelt gamle ældre ældst ældste
ung ungt unge yngre yngst yngste
lang langt lange længere længst længste
mange flere flest fleste
nær nærmere nærmest nærmeste
kriterium kriterie kriterier kriterierne
medie medium medier medierne
museum museer
forum fora
centrum centre
konto konti kontoen kontoer
risiko risici risikoen
"""
"""One word a line: its base form, then the forms that belong to it."""
PREFIXES = (
    "af", "an", "be", "bi", "er", "for", "frem", "gen", "god", "ind", "med", "mis", "ned", "om", "op", "over", "på",
    "til", "ud", "und", "ved",
)  # fmt: skip
"""What a strong verb may be put together with: "udfyldte" needs no rule, "afholdt" and "vedlagt" do."""
