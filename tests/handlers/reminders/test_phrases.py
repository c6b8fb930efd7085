"""Rules as people write them."""

from __future__ import annotations

import pytest

from handlers.reminders.phrases import EXAMPLES, find_phrase, parse_rule
from handlers.reminders.recurrence import Cycle, Rule, Unit


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("hver mandag", Rule(Cycle.WEEK, unit=Unit.MONDAY)),
        ("Hver Lørdag", Rule(Cycle.WEEK, unit=Unit.SATURDAY)),
        ("hver anden onsdag", Rule(Cycle.WEEK, unit=Unit.WEDNESDAY, every=2)),
        ("hver tredje uge om tirsdagen", Rule(Cycle.WEEK, unit=Unit.TUESDAY, every=3)),
        ("hver fredag i lige uger", Rule(Cycle.WEEK, unit=Unit.FRIDAY, parity=0)),
        ("hver fredag i ulige uger", Rule(Cycle.WEEK, unit=Unit.FRIDAY, parity=1)),
        ("every monday", Rule(Cycle.WEEK, unit=Unit.MONDAY)),
        ("hver hverdag", Rule(Cycle.DAY, unit=Unit.WORKING_DAY)),
        ("hver dag", Rule(Cycle.DAY, moves=False)),
        ("den 15. i hver måned", Rule(Cycle.MONTH, 15)),
        ("den 15. i hver anden måned", Rule(Cycle.MONTH, 15, every=2)),
        ("hver måned den 3.", Rule(Cycle.MONTH, 3)),
        ("sidste hverdag i måneden", Rule(Cycle.MONTH, -1, Unit.WORKING_DAY)),
        ("hver sidste fredag i måneden", Rule(Cycle.MONTH, -1, Unit.FRIDAY)),
        ("hver første mandag i kvartalet", Rule(Cycle.QUARTER, 1, Unit.MONDAY)),
        ("hver næstsidste hverdag i måneden", Rule(Cycle.MONTH, -2, Unit.WORKING_DAY)),
        ("næstsidste arbejdsdag i måneden", Rule(Cycle.MONTH, -2, Unit.WORKING_DAY)),
        ("første mandag i hvert kvartal", Rule(Cycle.QUARTER, 1, Unit.MONDAY)),
        ("den 10. hverdag i kvartalet", Rule(Cycle.QUARTER, 10, Unit.WORKING_DAY)),
        ("kvartalsvis", Rule(Cycle.QUARTER)),
        ("hvert år den 1. februar", Rule(Cycle.MONTH, 1, months=frozenset({2}))),
        ("1. februar hvert år", Rule(Cycle.MONTH, 1, months=frozenset({2}))),
        ("den 15. januar, april, juli og oktober", Rule(Cycle.MONTH, 15, months=frozenset({1, 4, 7, 10}))),
        ("første hverdag i september", Rule(Cycle.MONTH, 1, Unit.WORKING_DAY, frozenset({9}))),
        ("sidste hverdag i året", Rule(Cycle.YEAR, -1, Unit.WORKING_DAY)),
        (
            "5 hverdage før den 1. maj",
            Rule(Cycle.MONTH, 1, months=frozenset({5}), shift=-5, shift_unit=Unit.WORKING_DAY),
        ),
        ("to uger før den 1. maj", Rule(Cycle.MONTH, 1, months=frozenset({5}), shift=-14)),
        ("10 hverdage efter kvartalets udløb", Rule(Cycle.QUARTER, -1, shift=10, shift_unit=Unit.WORKING_DAY)),
        ("3 dage før udgangen af måneden", Rule(Cycle.MONTH, -1, shift=-3)),
    ],
)
def test_a_rule_is_understood(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_that_are_offered_are_understood(example: str) -> None:
    assert parse_rule(example)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "snart",
        "hver",
        "den 40. maj",
        "hver mandag eller tirsdag",
        "hver sidste mandag",
        "hver første mandag",
        "hver anden fredag i måneden",
    ],
)
def test_what_is_no_rule_is_told_with_examples(text: str) -> None:
    with pytest.raises(ValueError, match="»hver mandag«"):
        parse_rule(text)


@pytest.mark.parametrize(
    ("text", "words", "repeats"),
    [
        ("skriv ugens plan hver mandag kl. 9", "hver mandag", True),
        ("fredagsbar hver sidste fredag i måneden", "hver sidste fredag i måneden", True),
        ("afstem kassen sidste hverdag i måneden", "sidste hverdag i måneden", False),
        ("betal huslejen den 1. i hver måned", "den 1. i hver måned", True),
        ("spørg 3 hverdage før den 1. maj", "3 hverdage før den 1. maj", False),
    ],
)
def test_a_rule_is_found_inside_a_sentence(text: str, words: str, repeats: bool) -> None:
    phrase = find_phrase(text)

    assert phrase is not None
    assert text[phrase.start : phrase.end] == words
    assert phrase.repeats is repeats


@pytest.mark.parametrize("text", ["ring til formanden den 3. maj", "i morgen", "spis frokost"])
def test_a_single_date_is_no_rule(text: str) -> None:
    assert find_phrase(text) is None
