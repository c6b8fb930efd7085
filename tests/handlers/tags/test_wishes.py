"""Which messages are about tags, and which are left to the handbook."""

from __future__ import annotations

import pytest

from handlers.tags.wishes import Kind, wish


@pytest.mark.parametrize(
    "text",
    [
        "hvor i Leantime registrerer jeg min tid?",
        "where in leantime do I log travel time?",
        "er tag obligatorisk?",
        "må man sætte flere tags på en opgave?",
        "må jeg oprette mine egne tags?",
        "hvorfor registrerer vi tid?",
        "hvor ofte skal jeg registrere timer?",
        "hvordan registrerer jeg tid på to produkter?",
        "hvordan registrerer jeg tid?",
        "hvilken standardopgave skal jeg bruge?",
        "hvem kan se mine timer?",
    ],
)
def test_a_question_about_registering_as_such_is_left_to_the_handbook(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hvordan registrerer jeg et kursus?", Kind.SUGGEST),
        ("hvad skal jeg registrere rejsen til Aarhus som?", Kind.SUGGEST),
        ("hvilket tag har et styregruppemøde?", Kind.SUGGEST),
        ("hvilke tags findes der?", Kind.LIST),
        ("hvornår bruger man tagget Transport?", Kind.MEANING),
        ("hvad bruges tagget Pause til?", Kind.MEANING),
        ("må jeg bruge Transport, når jeg sover i toget?", Kind.MAY),
        ("tag: statistik", Kind.STATISTICS),
    ],
)
def test_a_question_that_names_work_or_a_tag_is_about_tags(text: str, kind: Kind) -> None:
    found = wish(text)
    assert found is not None
    assert found.kind is kind


def test_who_asks_for_a_tag_without_saying_for_what_is_asked_what_they_did() -> None:
    found = wish("hvilket tag skal jeg bruge?")
    assert found is not None
    assert found.subject == ""
