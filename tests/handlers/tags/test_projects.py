"""Projects are called what they are called where time is registered."""

from __future__ import annotations

import pytest

from handlers.handbook import Handbook
from handlers.tags import TagModel, TimeTags
from tests.conversation import NO_CONTEXT, question

NAMES = ("OS2 IoT", "OS2display – fællesskab", "OS2mo drift", "OS2mo projekt", "Årsmøde 2027", "Sekretariat")


@pytest.fixture(scope="module")
def time_tags(embedded: Handbook, tag_model: TagModel) -> TimeTags:
    return TimeTags(embedded, tag_model, lambda: NAMES)


@pytest.mark.parametrize(
    ("text", "project"),
    [
        ("styregruppemøde i OS2iot", "OS2 IoT"),  # spaced otherwise
        ("styregruppemøde i OS2display", "OS2display – fællesskab"),  # the only longer name
        ("styregruppemøde i OS2mo", "OS2mo"),  # two would do: the handbook's own
        ("bestilte lokaler til årsmødet 2027", "Årsmøde 2027"),  # one that the handbook does not have
        ("sendte faktura", "Sekretariatsarbejde"),  # none that fits
    ],
)
def test_a_suggestion_names_the_project_that_exists(time_tags: TimeTags, text: str, project: str) -> None:
    assert time_tags.suggest(question(text), NO_CONTEXT).project == project


def test_a_name_is_looked_up_anew_each_time(embedded: Handbook, tag_model: TagModel) -> None:
    names: list[str] = []
    time_tags = TimeTags(embedded, tag_model, lambda: names)
    asked = question("styregruppemøde i OS2iot")
    assert time_tags.suggest(asked, NO_CONTEXT).project == "OS2iot"
    names.append("OS2 IoT")
    assert time_tags.suggest(asked, NO_CONTEXT).project == "OS2 IoT"
