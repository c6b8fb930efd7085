"""Fits the classes that the model was taught to the tags and tasks that the handbook has today."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.danish import stems
from handlers.danish.classifier import Classifier
from handlers.tags.knowledge import Tag, Task, TimeRegistration, key

THIN = "?"
"""The class of descriptions that say too little."""


@dataclass(frozen=True)
class Fit:
    """Where each class of the model belongs in the handbook, and what found no place."""

    tags: dict[int, str]
    """Column of a tag's class to the tag's name in the handbook."""
    tasks: dict[int, tuple[str, str]]
    """Column of a task's class to the handbook's tag and task; the task is empty for work without a standard task."""
    renamed: dict[str, str]
    """The model's name of a tag to the handbook's, where they differ."""
    gone: tuple[str, ...]
    """Tags that the model knows and the handbook does not have."""
    untaught: tuple[str, ...]
    """Tags of the handbook that the model knows nothing of: they work from their rules alone."""
    moved: tuple[str, ...]
    """Standard tasks that stand under another tag in the handbook."""


def fit(model: Classifier, knowledge: TimeRegistration) -> Fit:
    """A tag is found by its name, else by its standard tasks, else by the words of its name."""
    taught = [name for name in model.classes if " :: " not in name and name != THIN]
    tag_of: dict[str, str] = {}
    for find in (_same_name, _same_tasks, _like_name):
        for name in taught:
            free = [tag for tag in knowledge.tags if tag.name not in tag_of.values()]
            found = find(name, model, free, knowledge) if name not in tag_of else None
            if found:
                tag_of[name] = found
    task_by_key = {key(task.name): task for task in knowledge.tasks}
    tags: dict[int, str] = {}
    tasks: dict[int, tuple[str, str]] = {}
    moved: list[str] = []
    for column, name in enumerate(model.classes):
        tag, separator, task = name.partition(" :: ")
        known = task_by_key.get(key(task)) if task else None
        if not separator and tag in tag_of:
            tags[column] = tag_of[tag]
        elif separator and known is not None:
            tasks[column] = (known.tag, known.name)
            if tag in tag_of and tag_of[tag] != known.tag:
                moved.append(known.name)
        elif separator and tag in tag_of:
            tasks[column] = (tag_of[tag], "")
    return Fit(
        tags=tags,
        tasks=tasks,
        renamed={name: tag for name, tag in tag_of.items() if name != tag},
        gone=tuple(name for name in taught if name not in tag_of),
        untaught=tuple(tag.name for tag in knowledge.tags if tag.name not in tag_of.values()),
        moved=tuple(moved),
    )


def _same_name(name: str, _model: Classifier, tags: list[Tag], _knowledge: TimeRegistration) -> str | None:
    return next((tag.name for tag in tags if key(tag.name) == key(name)), None)


def _same_tasks(name: str, model: Classifier, tags: list[Tag], knowledge: TimeRegistration) -> str | None:
    """The tag that has most of the tasks that the model was taught under this name."""
    prefix = f"{name} :: "
    taught = {key(class_.removeprefix(prefix)) for class_ in model.classes if class_.startswith(prefix)} - {""}
    for tag in tags:
        kept = [task for task in knowledge.tasks_of(tag.name) if key(task.name) in taught]
        if taught and len(kept) * 2 > len(taught):
            return tag.name
    return None


def _like_name(name: str, _model: Classifier, tags: list[Tag], _knowledge: TimeRegistration) -> str | None:
    """The only tag whose name has words of this one and no others, or this one's and more."""
    own = set(stems(name))
    alike = [tag.name for tag in tags if set(stems(tag.name)) <= own or own <= set(stems(tag.name))]
    return alike[0] if len(alike) == 1 else None


def task_named(knowledge: TimeRegistration, tag: str, name: str) -> Task | None:
    """The standard task of that tag and name."""
    return next((task for task in knowledge.tasks_of(tag) if task.name == name), None)
