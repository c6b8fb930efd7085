"""What the bot says when somebody asks the handbook."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.contracts import Answer, Context, Turn
from bot.dispatcher import Dispatcher
from bot.session import Session
from handlers.handbook import HandbookCapability, HandbookReader
from handlers.handbook.followups import points_back
from handlers.handbook.search import find
from tests.conversation import NO_CONTEXT, NO_RECORDS, question
from tests.handlers.handbook.small import SITE, answering, read, write

PAGES = {
    "docs/kantine.md": """
        ---
        title: Kantinen
        ---
        # Kantinen

        Her står alt om kantinen og maden på kontoret.

        ## Bestilling af frokost {#bestilling}

        Frokost bestilles i Madportalen senest klokken 10 samme dag. Gæster meldes til hos kantinechefen.

        ## Opvask

        Alle sætter selv deres service i opvaskemaskinen. Maskinen startes af den, der fylder den.

        ## Leverandører

        | Vare | Leverandør | Kontakt |
        |---|---|---|
        | **Brød** | Bageren i Brogade | broed@bager.example |
        | **Frugt** | Frugtmanden | frugt@mand.example |
    """,
    "docs/cykler.md": """
        ---
        title: Cykler
        ---
        # Cykler

        Udkast – ikke godkendt

        ## Lån af tjenestecykel

        Nøglen til tjenestecyklen hænger i receptionen. Cyklen afleveres samme sted inden fyraften.

        ## Værksted

        Punkteringer meldes til cykelværkstedet i gården.
    """,
    "docs/udlaan.md": """
        ---
        title: Udlån
        ---
        # Udlån

        ## Ting til udlån

        Disse ting kan lånes af alle i huset:

        - **Projektoren** hentes hos vagten og lader op i hjørneskabet. Den skal være tilbage før weekenden.
        - **Højttaleren** står på hylden over printeren. Skriv dit navn på sedlen, når den tages ned, og slet det igen.
        - **Kameraet** udleveres af pressechefen efter en kort oplæring, der varer en halv time.
        - **Teltet** ligger pakket i garagen under trappen. Det kræver tre personer at slå det op og tørre det.
        - **Flipoveren** ruller man selv ned fra loftet. Papir til den bestilles sammen med resten af kontorets papir.
        - **Grillen** gøres ren af den, der har brugt den, og sættes tilbage bag skuret, når den er kølet helt af.
    """,
    "docs/lang.md": "---\ntitle: Arkiv\n---\n# Arkiv\n\n## Arkivregler\n\n"
    + "\n\n".join(f"Regel {n}: mapper om emne {n} lægges i reol {n}. " + "Fyldtekst. " * 8 for n in range(20))
    + "\n\nGamle plakater gemmes i kælderen hos pedellen.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("haandbog"), PAGES)


@pytest.fixture(scope="module")
def capability(folder: Path) -> HandbookCapability:
    return answering(HandbookReader(folder, SITE).read())


def ask(capability: HandbookCapability, text: str, context: Context = NO_CONTEXT) -> Answer:
    claim = capability.claim(question(text), context)
    assert claim is not None
    return claim.answer()


def after(answer: Answer, text: str = "?") -> Context:
    """The conversation after an answer."""
    return Context((Turn(text, answer.intent, answer.memory),), NO_RECORDS)


def test_a_question_gets_the_passage_with_page_section_and_link(capability: HandbookCapability) -> None:
    answer = ask(capability, "hvordan bestiller jeg frokost?")
    assert answer.answered
    assert answer.text.startswith("Frokost bestilles i Madportalen")
    assert f"[Kantinen › Bestilling af frokost]({SITE}/docs/kantine.html#bestilling)" in answer.text
    assert (answer.sources[0].page, answer.sources[0].anchor) == ("docs/kantine.md", "bestilling")


@pytest.mark.parametrize(
    "text",
    ["hvor er noeglen til cyklen", "hvor er nølgen til cyklen", "Hej! Ved du hvor nøglerne til cyklerne hænger?"],
)
def test_spelling_typos_and_greetings_do_not_matter(capability: HandbookCapability, text: str) -> None:
    assert "hænger i receptionen" in ask(capability, text).text


def test_the_section_answered_from_comes_first_and_at_most_two_others_follow(capability: HandbookCapability) -> None:
    sources = ask(capability, "hvem leverer frugt").sources
    assert sources[0].heading == "Leverandører"
    assert 1 <= len(sources) <= 3


def test_a_table_is_shown_with_its_column_names(capability: HandbookCapability) -> None:
    text = ask(capability, "hvem leverer frugt").text
    assert "| Vare | Leverandør | Kontakt |" in text
    assert "frugt@mand.example" in text


def test_a_draft_is_said_to_be_one(capability: HandbookCapability) -> None:
    assert "kladde" in ask(capability, "hvor hænger nøglen til tjenestecyklen").text


def test_of_a_long_section_only_what_answers_is_shown(capability: HandbookCapability) -> None:
    answer = ask(capability, "hvor gemmes gamle plakater?")
    assert "hos pedellen" in answer.text
    assert "vis mere" in answer.text
    assert len(answer.text) < 1500


def test_an_item_that_clearly_answers_comes_first_under_what_leads_in_to_it(capability: HandbookCapability) -> None:
    text = ask(capability, "hvem udleverer kameraet?").text
    assert text.startswith("Disse ting kan lånes af alle i huset:\n* **Kameraet** udleveres")
    assert "Projektoren" not in text
    assert "vis mere" in text


def test_more_shows_the_whole_section_in_turns_that_a_chat_can_hold(capability: HandbookCapability) -> None:
    first = ask(capability, "hvor gemmes gamle plakater?")
    more = ask(capability, "vis mere", after(first))
    assert "Regel 0" in more.text
    assert "vis mere" in more.text
    rest = ask(capability, "vis mere", after(more))
    assert "Regel 19" in rest.text
    assert "vis mere" not in rest.text
    assert max(len(more.text), len(rest.text)) < 1700


def test_what_is_next_after_the_last_of_a_section_is_another_place_or_nothing(capability: HandbookCapability) -> None:
    answer = ask(capability, "hvor gemmes gamle plakater?")
    for _ in range(8):
        answer = ask(capability, "vis mere", after(answer))
    assert not answer.answered


def test_places_that_fit_far_worse_than_the_first_are_left_out(capability: HandbookCapability) -> None:
    answer = ask(capability, "hvem leverer frugt")
    assert [source.heading for source in answer.sources] == ["Leverandører"]
    assert "Se også" not in answer.text


def test_a_story_is_answered_by_the_question_in_it(capability: HandbookCapability) -> None:
    story = (
        "I går skulle jeg have gæster fra to kommuner, og vi nåede hverken opvasken eller at lægge brød frem, før de"
        " kom, så det var en travl dag. Nu er min cykel punkteret. Hvor finder jeg nøglen til tjenestecyklen?"
    )
    assert "hænger i receptionen" in ask(capability, story).text


def test_where_names_page_and_section(capability: HandbookCapability) -> None:
    first = ask(capability, "hvordan bestiller jeg frokost?")
    assert "Kantinen › Bestilling af frokost" in ask(capability, "hvor står det?", after(first)).text


@pytest.mark.parametrize("text", ["2", "den anden", "nummer to"])
def test_another_place_is_picked_by_its_number(capability: HandbookCapability, text: str) -> None:
    first = ask(capability, "hvad gør vi med cyklen")
    assert ask(capability, text, after(first)).sources[0] == first.sources[1]


def test_a_number_without_an_answer_before_is_no_follow_up(capability: HandbookCapability) -> None:
    claim = capability.claim(question("2"), NO_CONTEXT)
    assert claim is None or claim.confidence < 0.5


def test_a_question_may_leave_out_what_the_one_before_said(capability: HandbookCapability) -> None:
    first = ask(capability, "hvem leverer brød?")
    then = ask(capability, "og frugt?", after(first, "hvem leverer brød?"))
    assert "Frugtmanden" in then.text


@pytest.mark.parametrize(
    "text",
    [
        "hvad koster frokosten i kantinen?",
        "hvad er telefonnummeret til kantinechefen",
        "hvor gammel er opvaskemaskinen",
        "hvad hedder kantinechefen",
        "hvilket år købte vi opvaskemaskinen",
    ],
)
def test_what_the_handbook_does_not_say_is_owned_up_to(capability: HandbookCapability, text: str) -> None:
    answer = ask(capability, text)
    assert not answer.answered
    assert "står der ikke" in answer.text
    assert answer.sources


def test_a_missing_answer_can_be_asked_for_in_the_repository(capability: HandbookCapability) -> None:
    text = ask(capability, "hvad koster frokosten (mon) i kantinen & hvorfor?").text
    address = text[text.index("https://github.com/eksempel/haandbog/issues/new") :].split(")")[0]
    fields = parse_qs(urlsplit(address).query)
    assert "hvad koster frokosten (mon) i kantinen & hvorfor?" in fields["title"][0]
    assert "hvad koster frokosten (mon) i kantinen & hvorfor?" in fields["body"][0]


@pytest.mark.parametrize("text", ["", "   ", "?!", "hej", "qwpoeiru zmxn", "hvem vandt Superligaen i fodbold"])
def test_what_is_no_question_to_the_handbook_gets_no_passage(capability: HandbookCapability, text: str) -> None:
    claim = capability.claim(question(text), NO_CONTEXT)
    assert claim is None or not claim.answer().answered


def test_a_question_that_nothing_in_the_handbook_is_near_gets_one_sentence(capability: HandbookCapability) -> None:
    ours = ask(capability, "hvornår får vi ny havemand?")
    named = ask(capability, "hvad tid åbner kantinen?")
    for answer in (ours, named):
        assert answer.text.startswith("Det har håndbogen ikke noget svar på.")
        assert "issues/new" in answer.text
        assert not answer.answered
    assert ask(capability, "hvem vandt Tour de France?").text == "Det handler håndbogen ikke om."


def test_an_order_or_a_question_to_the_bot_itself_is_left_to_others(capability: HandbookCapability) -> None:
    for text in ("skriv et digt om foråret", "har du en yndlingsfarve?"):
        assert capability.claim(question(text), NO_CONTEXT) is None


def test_an_english_question_gets_an_english_lead_in(capability: HandbookCapability) -> None:
    answer = ask(capability, "where is the key to the bicycle?")
    assert answer.text.startswith("The handbook is in Danish.")
    assert "receptionen" in answer.text


def test_untrusted_words_cannot_mention_anybody(tmp_path: Path) -> None:
    pages = {"a.md": "# Nødråb\n\nVed brand råbes @**all** og @**Chefen** hele vejen ned ad trappen.\n"}
    reader = HandbookReader(write(tmp_path, pages), SITE)
    capability = answering(reader.read())
    assert "@**" not in ask(capability, "hvad råber man ved brand?").text


def test_a_changed_page_is_answered_from_at_once(tmp_path: Path) -> None:
    reader = HandbookReader(write(tmp_path, PAGES), SITE)
    capability = answering(reader.read())
    page = tmp_path / "docs" / "cykler.md"
    page.write_text(page.read_text(encoding="utf-8").replace("i receptionen", "bag skranken"), encoding="utf-8")
    capability.update(reader.read())
    text = ask(capability, "hvor hænger nøglen til tjenestecyklen").text
    assert "bag skranken" in text
    assert "receptionen" not in text


def test_check_counts_pages_sections_questions_and_doubles(capability: HandbookCapability) -> None:
    said = " ".join(finding.text for finding in capability.check())
    assert "4 sider" in said
    assert "Tavse" in said
    assert "grupper" in said


def test_a_refresh_waits_for_the_question_in_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = HandbookReader(write(tmp_path, PAGES), SITE)
    capability = answering(reader.read())
    searching, go_on, found = Event(), Event(), []

    def slow(*arguments: object) -> object:
        searching.set()
        assert go_on.wait(10)
        return find(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("handlers.handbook.capability.find", slow)
    asking = Thread(target=lambda: found.append(ask(capability, "hvor hænger nøglen til tjenestecyklen").text))
    asking.start()
    assert searching.wait(10)
    page = tmp_path / "docs" / "cykler.md"
    page.write_text("# Cykler\n\nVi har ingen.\n", encoding="utf-8")
    refresh = Thread(target=lambda: capability.update(reader.read()))
    refresh.start()
    refresh.join(0.2)
    assert refresh.is_alive()
    go_on.set()
    asking.join(10)
    refresh.join(10)
    assert "i receptionen" in found[0]


def test_a_question_that_points_back_is_about_what_was_answered_before(tmp_path: Path) -> None:
    pages = {
        "docs/kok.md": "# Kokken\n\n## Arbejde\n\nKokken laver maden.\n\n## Ferie\n\nKokken holder fri i juli.\n",
        "docs/bud.md": "# Buddet\n\n## Arbejde\n\nBuddet bringer maden.\n\n## Ferie\n\nBuddet holder fri i maj.\n",
    }
    session = Session(Dispatcher([answering(read(tmp_path, pages))]))
    assert "bringer maden" in session.ask(question("hvad er buddets arbejde?")).text
    assert "i maj" in session.ask(question("hvornår holder han ferie?")).text
    assert not session.ask(question("hvad tjener han?")).answered


@pytest.mark.parametrize(
    "text", ["hvor længe varer det?", "har hun ansvar for personalet?", "er det frivilligt", "does it cost"]
)
def test_ways_to_point_back(text: str) -> None:
    assert points_back(text)


@pytest.mark.parametrize(
    "text", ["hvad koster det at være medlem", "hvordan er det med ferie", "hvad er det nye logo", "hvem laver maden"]
)
def test_questions_with_a_subject_of_their_own(text: str) -> None:
    assert not points_back(text)
