"""Whether a description says too little about what the work was for, so that the bot should ask back."""

from __future__ import annotations

from handlers.danish import FUNCTION_STEMS, stems

_START = (3.75, 3.8, 3.3, 3.0, 2.1)
"""For descriptions of one, two, three, four, and more telling words: the fewer words, the sooner it is asked."""
_BY_SCORE, _BY_SHARE = 2.3, 2.4
"""How much the model's score for thinness counts, and how much a clear favourite counts against it."""

# Fitted on writers that the model had not seen (`python -m tests.evaluation.tag_model`); the start such that the bot
# asks about three in ten of the descriptions with one telling word that say enough, one in four with two, and one in a
# hundred of the long ones: those are what people mostly write.


def telling(description: str) -> int:
    """The number of words that say something, from 1 to 5 (or more)."""
    return min(max(sum(stem not in FUNCTION_STEMS for stem in stems(description)), 1), len(_START))


def lack(description: str, score: float, share: float) -> float:
    """How much a description lacks: above zero it says too little.

    `score` is the model's for thinness, `share` the probability of the likeliest tag.
    """
    return _START[telling(description) - 1] + _BY_SCORE * score - _BY_SHARE * share
