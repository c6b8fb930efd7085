"""Questions in everyday wording, each with its right answer on the embedded handbook (questions.jsonl).

What `expect` promises:
- row, missing, reverse: exactly these products' approvers (missing: with a note that says what is missing)
- account: this account; process: how approving works
- ask: no approver yet, but these products to choose between; unknown: no approver at all
- other: another capability's question
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handlers.approvers import ApproverCapability
from tests.handlers.approvers.conftest import Conversation, approvals, products

QUESTIONS = [json.loads(line) for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()]
WEAK = 0.5
"""Below it, the capability leaves a message to others that want it."""


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["text"][:60])
def test_a_question_gets_its_right_answer(question: dict[str, Any], capability: ApproverCapability) -> None:
    talk = Conversation(capability)
    confidence = talk.confidence(question["text"])
    if question["expect"] == "other":
        assert confidence < WEAK
        return
    assert confidence >= WEAK
    answer = talk.ask(question["text"])
    wanted = set(question["products"])
    match question["expect"]:
        case "row" | "missing" | "reverse":
            assert answer.answered
            assert set(products(answer)) == wanted
            if question["expect"] == "missing":
                assert all(entry["note"] for entry in approvals(answer))
        case "account":
            assert answer.answered
            assert [entry["account"]["number"] for entry in approvals(answer)] == [question["account"]]
            assert set(products(answer)) == wanted
        case "ask":
            assert answer.asks
            assert not answer.answered
            assert approvals(answer) == []
            assert wanted <= {choice.label for choice in answer.choices}
        case "unknown":
            assert not answer.answered
            assert approvals(answer) == []
        case "process":
            assert answer.answered
            assert approvals(answer) == []
            assert len(answer.sources) == 2
    assert answer.sources or answer.asks
    assert len(answer.text) <= 1800


def test_every_product_is_asked_for_in_three_spellings(capability: ApproverCapability) -> None:
    listed = products(Conversation(capability).ask("vis hele godkenderlisten"))
    asked = [product for question in QUESTIONS for product in question["products"] if question["expect"] != "other"]
    assert len(QUESTIONS) >= 150
    assert all(asked.count(product) >= 3 for product in listed)
