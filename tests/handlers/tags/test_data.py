"""The data that the model learns from holds together, and the model is made of it."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.settings import data_folder
from handlers.danish import words
from handlers.danish.classifier import Classifier
from handlers.handbook import Handbook
from handlers.tags.decisions import Decisions
from handlers.tags.examples import Example, Thin, contradictions, doubles, read_examples, read_thin
from handlers.tags.knowledge import TimeRegistration, key
from handlers.tags.training import describer, digest

TAGS = data_folder() / "tags"


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return read_examples(TAGS / "examples")


@pytest.fixture(scope="module")
def thin() -> list[Thin]:
    return read_thin(TAGS / "thin.txt")


@pytest.fixture(scope="module")
def knowledge(embedded: Handbook) -> TimeRegistration:
    return TimeRegistration.of(embedded)


def test_there_are_thousands_of_descriptions(examples: list[Example]) -> None:
    assert len(examples) >= 6000


def test_no_description_stands_twice(examples: list[Example]) -> None:
    assert [(first.place, second.place) for first, second in doubles(examples)] == []


def test_no_description_has_two_tags(examples: list[Example]) -> None:
    assert [(first.place, second.place) for first, second in contradictions(examples)] == []


def test_a_thin_description_is_no_example_as_well(examples: list[Example], thin: list[Thin]) -> None:
    known = {tuple(words(item.text)) for item in thin}
    assert [item.place for item in examples if tuple(words(item.text)) in known] == []


def test_every_tag_and_task_is_one_of_the_handbook(examples: list[Example], knowledge: TimeRegistration) -> None:
    known = {(task.tag, task.name) for task in knowledge.tasks} | {(tag.name, "") for tag in knowledge.tags}
    assert {(item.tag, item.task) for item in examples} - known == set()


def test_every_standard_task_of_the_handbook_has_examples(examples: list[Example], knowledge: TimeRegistration) -> None:
    counted = Counter((item.tag, item.task) for item in examples)
    assert [task.name for task in knowledge.tasks if counted[task.tag, task.name] < 30] == []


def test_no_tag_drowns_another(examples: list[Example]) -> None:
    counted = Counter(item.tag for item in examples)
    assert max(counted.values()) <= 4 * min(counted.values())


def test_what_a_thin_description_may_mean_are_tags_of_the_handbook(
    thin: list[Thin], knowledge: TimeRegistration
) -> None:
    assert [item.place for item in thin if len(item.tags) < 2] == []
    assert {tag for item in thin for tag in item.tags} - {tag.name for tag in knowledge.tags} == set()


def test_every_tag_has_an_answer_to_choose(knowledge: TimeRegistration) -> None:
    decisions = Decisions.read(TAGS / "decisions.toml")
    names = {key(tag.name) for tag in knowledge.tags}
    assert set(decisions.purposes) == names
    assert {name for pair in decisions.questions for name in pair} <= names
    assert set(map(key, decisions.personal)) <= names


def test_the_model_is_made_of_this_data(examples: list[Example], thin: list[Thin]) -> None:
    """If this fails, run `make model`."""
    model = Classifier.read(TAGS / "model.npz")
    assert model.digest == digest(examples, thin, describer(data_folder()))
