"""What the handbook says about time registration is found by what its pages say."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.handbook import Handbook
from handlers.tags.knowledge import TimeRegistration
from tests.handlers.tags.conftest import Write, read

SHARED = Path(__file__).parents[4] / "shared"

RULES = """
# Vores tid

## Leg {#leg}

**Bruges når**

Der bliver leget.

**Typiske situationer**

- Fangeleg
- Kort

**Bruges ikke når**

Nogen græder.

## Søvn

**Bruges når:**
Øjnene er lukkede.

**Vigtig regel:**
Snorken tæller med.
"""


def test_a_section_with_bruges_naar_defines_a_tag(write: Write) -> None:
    play, sleep = TimeRegistration.of(write(RULES)).tags
    assert (play.name, play.used, play.not_used) == ("Leg", "Der bliver leget.", "Nogen græder.")
    assert play.situations == ("Fangeleg", "Kort")
    assert play.source.anchor == "leg"
    assert (sleep.used, sleep.important) == ("Øjnene er lukkede.", "Snorken tæller med.")


def test_an_overview_table_adds_the_purpose(write: Write) -> None:
    table = "\n## Overblik\n\n| Formål | Tag |\n|--|--|\n| Hygge | [Leg](#leg) |\n| Hvile | Søvn |\n"
    tags = TimeRegistration.of(write(RULES + table)).tags
    assert [(tag.name, tag.purpose) for tag in tags] == [("Leg", "Hygge"), ("Søvn", "Hvile")]


def test_tags_that_stand_in_a_table_only_are_tags_too(write: Write) -> None:
    page = "# Tid\n\n| Tag | Formål / eksempel |\n|--|--|\n| **Råd** | Vejledning |\n| **Drift** | Alt andet |\n"
    assert [(tag.name, tag.rule) for tag in TimeRegistration.of(write(page)).tags] == [
        ("Råd", "Vejledning"),
        ("Drift", "Alt andet"),
    ]


def test_standard_tasks_stand_under_their_tags_heading(write: Write) -> None:
    page = RULES + "\n# Opgaver\n\n### Leg\n\n| Standardopgave | Kort beskrivelse |\n|--|--|\n| Fodbold | Med bold |\n"
    (task,) = TimeRegistration.of(write(page)).tasks
    assert (task.tag, task.name, task.description) == ("Leg", "Fodbold", "Med bold")


def test_examples_of_tasks_come_with_their_tag(write: Write) -> None:
    page = RULES + "\n# Eksempler\n\n| Opgave | Typisk tag |\n|--|--|\n| Middagslur | Søvn |\n| Andet | Ukendt |\n"
    assert [(example.text, example.tag) for example in TimeRegistration.of(write(page)).examples] == [
        ("Middagslur", "Søvn")
    ]


def test_the_project_for_most_work_and_the_large_activities(write: Write) -> None:
    page = RULES + (
        "\n# Projekter\n\n## B. Fælleskassen\n\nBruges til langt de fleste opgaver.\n\n"
        "## C. Større projekter\n\nDet kan være:\n\n- Den store sommerlejr.\n"
    )
    knowledge = TimeRegistration.of(write(page))
    assert knowledge.general_project is not None
    assert knowledge.general_project.name == "Fælleskassen"
    assert [activity.name for activity in knowledge.activities] == ["Den store sommerlejr"]


def test_a_handbook_without_tags_gives_none(write: Write) -> None:
    knowledge = TimeRegistration.of(write("# Hej\n\nIntet om tid.\n"))
    assert (knowledge.tags, knowledge.tasks, knowledge.general_project) == ((), (), None)


def test_the_embedded_handbook_has_all_of_it(embedded: Handbook) -> None:
    knowledge = TimeRegistration.of(embedded)
    assert len(knowledge.tags) == 13
    assert {task.tag for task in knowledge.tasks} <= {tag.name for tag in knowledge.tags}
    assert knowledge.general_project is not None
    assert knowledge.general_project.name == "Sekretariatsarbejde"
    assert "OS2iot" in knowledge.products.names


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real handbook is not here")
@pytest.mark.parametrize(
    ("version", "tags", "tasks", "examples", "activities"),
    [
        ("handbook", 13, 41, 0, 3),
        ("handbook-history/2025-10-09", 8, 0, 21, 0),
        ("handbook-history/2025-12-01", 8, 0, 21, 0),
        ("handbook-history/2026-02-12", 8, 0, 21, 0),
        ("handbook-history/2026-02-20", 13, 0, 0, 3),
        ("handbook-history/2026-03-04", 13, 41, 0, 3),
        ("handbook-history/2026-06-25", 13, 41, 0, 3),
    ],
)
def test_every_version_of_the_real_handbook_is_read(
    version: str, tags: int, tasks: int, examples: int, activities: int
) -> None:
    knowledge = TimeRegistration.of(read(SHARED / version))
    found = (len(knowledge.tags), len(knowledge.tasks), len(knowledge.examples), len(knowledge.activities))
    assert found == (tags, tasks, examples, activities)
