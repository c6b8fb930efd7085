"""The index finds what was added, however it was put in order, and forgets what was removed."""

from __future__ import annotations

import pytest

from handlers.handbook import index
from handlers.handbook.index import Index


@pytest.mark.parametrize("at_once", [2, 500_000])
def test_texts_are_found_by_their_terms_in_the_order_they_were_added(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_SETTLED_AT_ONCE", at_once)
    texts = Index()
    for strengths in ({"kaffe": 0.5, "kop": 1.0}, {}, {"te": 0.25, "kop": 0.5}, {"kaffe": 0.75}):
        texts.add(strengths)
    texts.settle()
    texts.add({"kop": 0.125})
    texts.settle()
    numbers, strengths_there = texts.find("kop")
    assert (numbers.tolist(), strengths_there.tolist()) == ([0, 2, 4], [1.0, 0.5, 0.125])
    numbers, strengths_there = texts.find("kaffe")
    assert (numbers.tolist(), strengths_there.tolist()) == ([0, 3], [0.5, 0.75])
    assert "saft" not in texts


def test_a_term_tells_more_again_when_texts_with_it_are_removed() -> None:
    texts = Index()
    for _ in range(9):
        texts.add({"kop": 1.0})
    texts.settle()
    before = texts.telling("kop")
    for number in range(5):
        texts.remove(number)
    assert texts.telling("kop") > before
    assert texts.removed == 5
