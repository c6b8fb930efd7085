"""Linear classifiers: what they are taught they tell apart, and a file keeps them as they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from handlers.danish.classifier import Classifier, ModelError, number, probabilities
from handlers.danish.learning import Lesson, learn

TEXTS = {"mad": ["rugbrød ost", "ost smør", "smør rugbrød"], "vejr": ["regn blæst", "blæst sol", "sol regn"]}


def described(text: str) -> dict[int, float]:
    return {number(word): 1.0 for word in text.split()}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    texts = [(name, text) for name, said in TEXTS.items() for text in said]
    signs = np.array([[1 if name == own else -1 for name in TEXTS] for own, _ in texts], np.float32)
    vocabulary, weights, biases = learn(Lesson([described(text) for _, text in texts], signs), cost=1.0, bias=1.0)
    return Classifier(vocabulary, tuple(TEXTS), weights, biases, sharpness=2.0, digest="d")


@pytest.mark.parametrize(("text", "name"), [("ost", "mad"), ("sol sol blæst", "vejr"), ("smør ukendt", "mad")])
def test_it_tells_its_classes_apart(classifier: Classifier, text: str, name: str) -> None:
    assert classifier.classes[int(classifier.scores(described(text)).argmax())] == name


def test_what_is_unknown_makes_it_less_sure(classifier: Classifier) -> None:
    known, partly = (classifier.scores(described(text)) for text in ("ost", "ost xyz"))
    assert known[0] - known[1] > partly[0] - partly[1] > 0


def test_a_word_by_itself_speaks_for_its_class_and_an_unknown_one_for_none(classifier: Classifier) -> None:
    mad, vejr = classifier.weight(number("ost"))
    assert mad > 0 > vejr
    assert classifier.weight(number("xyz")).tolist() == [0, 0]


def test_a_file_keeps_it_as_it_was(classifier: Classifier, tmp_path: Path) -> None:
    classifier.write(tmp_path / "model.npz")
    again = Classifier.read(tmp_path / "model.npz")
    assert (again.classes, again.digest, again.sharpness) == (classifier.classes, "d", 2.0)
    for text in ("ost", "regn blæst"):
        np.testing.assert_allclose(again.scores(described(text)), classifier.scores(described(text)), atol=0.01)


@pytest.mark.parametrize("content", [b"", b"noget helt andet", b"PK\x03\x04halv"])
def test_a_damaged_file_is_an_error_that_can_be_caught(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.npz").write_bytes(content)
    with pytest.raises(ModelError, match="make model"):
        Classifier.read(tmp_path / "model.npz")


def test_probabilities_sum_to_one_and_follow_the_scores() -> None:
    low, high = probabilities([0.1, 0.9], sharpness=3.0)
    assert low + high == pytest.approx(1.0)
    assert high > low
