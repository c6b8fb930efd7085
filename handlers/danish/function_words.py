"""Words that hold a sentence together and say nothing about its subject, as stems."""

from __future__ import annotations

from handlers.danish.words import stems

_WORDS = """
ad af alle allerede alligevel alt altid altså andet andre at bare blandt blev blive bliver bør ca da de dem den denne
der deres derfor deri derpå des desuden det dette dig din dine disse dit dog du efter egentlig ej eller en end endda
endnu engang enkelte ens er et eventuelt evt faktisk fem fik for fordi forhold fra få får før først gang ganske gennem
gerne gør gøre gjort gjorde går går ham han hans har havde have hej helst hen hende hendes her herfra hos hun hvad
hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvorhenne hvornår hvorvidt i igen igennem ikke ind inde
inden ja jeg jer jeres jo kan kommer kun kunne lad lade lidt lige ligesom man mange med meget mellem men mens mere mig
min mindre mine mit mod må måtte når nej ned nemlig netop ni nogen noget nogle nok nu ny nye nyt og også om omkring op
os otte ovenfor over overhovedet på per pr sagt samme sammen selv selvom ses siden sig sin sine sit skal skulle snart
som stadig stedet står så sådan sådanne syv således ti til tilbage tror trods ud ude uden under vær være været vel ved
vi vil ville vores vor var via videre vist
mon lige hvordan hedder hed kræver findes fås foregår gælder gældende egen eget egne hvorledes siger sige ting
tak venligst please hey hejsa davs kære forresten øvrigt okay ok hm øh
a about am an and are be been can did do does for from has have how i if in into is it its me my of on or our
shall so some than that the their them then there these they this those to us was we were what when where which
who whom whose why will with you your need get
"""

FUNCTION_STEMS = frozenset(stems(_WORDS))
"""Stems that carry no subject: articles, pronouns, prepositions, auxiliaries, question words, polite words."""
