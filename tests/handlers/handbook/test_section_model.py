"""The section model finds the section that a question leads to, in words that stand in other questions only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.settings import data_folder
from handlers.danish import Danish, words
from handlers.danish.classifier import Classifier
from handlers.handbook import Catalogue, Handbook, HandbookCapability
from handlers.handbook.query import Wording
from handlers.handbook.questions import read as read_questions
from handlers.handbook.questions import read_unanswered, stamp
from handlers.handbook.section_model import FILE, UNHEARD, SectionModel, Taught, features
from handlers.handbook.training import digest, folders, learned, reader
from tests.conversation import NO_CONTEXT, question
from tests.handlers.handbook.small import read

PAGES = {
    "docs/have.md": """
        # Haven

        ## Vanding {#vand}

        Kanden står i skuret.

        ## Hegn

        Males hvert år.

        ## Kompost

        Bunken vendes i maj.
    """
}
STORE = """# page: docs/have.md
## vand | Vanding
hvornår skal blomsterne have noget at drikke
planterne tørster hvad gør jeg
roserne hænger med hovedet
er det mig der giver planterne drikke
## | Hegn
må jeg pensle plankerne
plankerne skaller
hvilken farve får plankerne
## | Kompost
hvor smider jeg kartoffelskræller
kaffegrums og skræller
skræller fra køkkenet
"""
UNANSWERED = "hvad koster en traktor\nhvem ejer traktoren\nhvor hurtigt kører en traktor\n"


@pytest.fixture(scope="module")
def danish() -> Danish:
    return Danish.read(data_folder())


def teach(
    folder: Path, handbook: Handbook, danish: Danish, store: str = STORE, unanswered: str = UNANSWERED
) -> SectionModel:
    """Writes a folder of questions for a handbook, and the model of them."""
    folder.mkdir(parents=True)
    (folder / "have.txt").write_text(store, encoding="utf-8")
    (folder / "unanswered.txt").write_text(unanswered, encoding="utf-8")
    stamp(folder, handbook)
    model = learned(read_questions(folder), read_unanswered(folder), danish)
    model.write(folder / FILE)
    return SectionModel(model)


def scores(model: SectionModel, handbook: Handbook, danish: Danish, text: str) -> tuple[dict[str, float], float]:
    """The score of each section by its heading, and the one for that no section answers."""
    found, unanswered = Taught(model, handbook, handbook.sections).scores(features(Wording.of(text, danish), danish))
    headings = [section.heading for section in handbook.sections]
    return dict(zip(headings, found.tolist(), strict=True)), unanswered


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("mine planter er tørstige", "Vanding"),
        ("plankerne ser triste ud", "Hegn"),
        ("alle de skræller vi har", "Kompost"),
    ],
)
def test_words_of_known_questions_lead_to_the_section(
    tmp_path: Path, danish: Danish, question: str, heading: str
) -> None:
    handbook = read(tmp_path / "bog", PAGES)
    found, unanswered = scores(teach(tmp_path / "q", handbook, danish), handbook, danish, question)
    assert max(found, key=found.__getitem__) == heading
    assert found[heading] > unanswered


def test_words_of_unanswered_questions_speak_against_every_section(tmp_path: Path, danish: Danish) -> None:
    handbook = read(tmp_path / "bog", PAGES)
    found, unanswered = scores(teach(tmp_path / "q", handbook, danish), handbook, danish, "har vi en traktor?")
    assert unanswered > max(found.values())


def test_a_changed_section_is_no_longer_led_to(tmp_path: Path, danish: Danish) -> None:
    before = read(tmp_path / "bog", PAGES)
    model = teach(tmp_path / "q", before, danish)
    after = read(tmp_path / "bog", {"docs/have.md": PAGES["docs/have.md"].replace("i skuret", "i garagen")})
    found, _ = scores(model, after, danish, "planterne tørster")
    assert found["Vanding"] == UNHEARD
    assert [known.heading for known in Taught(model, after, after.sections).silent] == ["Vanding"]


def test_a_section_that_has_changed_is_answered_from_by_its_words(tmp_path: Path, danish: Danish) -> None:
    data = tmp_path / "data"
    (data / "questions").parent.mkdir()
    (data / "ranking.toml").write_bytes((data_folder() / "ranking.toml").read_bytes())
    teach(data / "questions", read(tmp_path / "bog", PAGES), danish)
    after = read(tmp_path / "bog", {"docs/have.md": PAGES["docs/have.md"].replace("i skuret", "i garagen")})
    capability = HandbookCapability(Catalogue.read(after, data, danish), data)
    claim = capability.claim(question("hvor står kanden til vanding?"), NO_CONTEXT)
    assert claim is not None
    assert "i garagen" in claim.answer().text


def test_a_section_that_the_model_knows_is_not_answered_from_by_its_words_alone(tmp_path: Path, danish: Danish) -> None:
    data = tmp_path / "data"
    (data / "questions").parent.mkdir()
    (data / "ranking.toml").write_bytes((data_folder() / "ranking.toml").read_bytes())
    handbook = read(tmp_path / "bog", PAGES)
    asked = "hvor købes kanden til vanding?"
    teach(data / "questions", handbook, danish, unanswered=f"{UNANSWERED}{asked}\nhvem har købt kanden\n")
    claim = HandbookCapability(Catalogue.read(handbook, data, danish), data).claim(question(asked), NO_CONTEXT)
    assert claim is None or not claim.answer().answered
    by_words = HandbookCapability(Catalogue(danish, handbook, SectionModel()), data)
    claim = by_words.claim(question(asked), NO_CONTEXT)
    assert claim is not None
    assert claim.answer().answered  # so it is the model that holds it back


def test_a_handbook_keeps_to_the_model_that_was_taught_it(tmp_path: Path, danish: Danish) -> None:
    own = read(tmp_path / "own", PAGES)
    other = read(tmp_path / "other", {"docs/bil.md": "# Bilen\n\n## Vask\n\nOm fredagen.\n"})
    strange = read(tmp_path / "strange", {"docs/baad.md": "# Båden\n\n## Sejl\n\nHejses.\n"})
    teach(tmp_path / "q", own, danish)
    teach(
        tmp_path / "q" / "bil", other, danish, "# page: docs/bil.md\n## | Vask\nhvornår skylles den\nskylle og sæbe\n"
    )
    for handbook, heading in ((own, "Hegn"), (other, "Vask")):
        taught = SectionModel.written_for(handbook, tmp_path / "q").taught
        assert heading in [known.heading for known in taught]
    assert SectionModel.written_for(strange, tmp_path / "q").taught == ()


@pytest.mark.parametrize("folder", folders(data_folder()), ids=lambda folder: folder.name)
def test_the_model_is_made_of_its_questions(folder: Path) -> None:
    known, unanswered = read_questions(folder), read_unanswered(folder)
    assert Classifier.read(folder / FILE).digest == digest(known, unanswered, reader(data_folder(), known))


@pytest.mark.parametrize("folder", folders(data_folder()), ids=lambda folder: folder.name)
def test_no_question_stands_twice(folder: Path) -> None:
    asked = [*(known.question for known in read_questions(folder)), *read_unanswered(folder)]
    often = Counter(" ".join(words(text)) for text in asked)
    assert [text for text, count in often.items() if count > 1 and text] == []
