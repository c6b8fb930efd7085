"""The bot's tags on the embedded handbook, and small handbooks of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import data_folder
from handlers.danish import Danish
from handlers.handbook import Handbook, HandbookReader
from handlers.tags import TagModel, TimeTags

Write = Callable[[str], Handbook]


def read(folder: Path) -> Handbook:
    return HandbookReader(folder, "https://handbook.example").read()


@pytest.fixture(scope="session")
def danish() -> Danish:
    return Danish.read(data_folder())


@pytest.fixture(scope="session")
def embedded() -> Handbook:
    return read(data_folder() / "handbook")


@pytest.fixture(scope="session")
def tag_model(danish: Danish) -> TagModel:
    return TagModel.read(data_folder(), danish)


@pytest.fixture(scope="session")
def time_tags(embedded: Handbook, tag_model: TagModel) -> TimeTags:
    return TimeTags(embedded, tag_model)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Makes a handbook of one page."""

    def page(text: str) -> Handbook:
        (tmp_path / "side.md").write_text(text, encoding="utf-8")
        return read(tmp_path)

    return page
