"""Small handbooks that the tests write themselves."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from bot.settings import data_folder
from handlers.danish import Danish
from handlers.handbook import Catalogue, Handbook, HandbookCapability, HandbookReader
from handlers.handbook.confirmed import Confirmed
from handlers.handbook.section_model import SectionModel

SITE = "https://haandbog.example"
CONFIG = "title: Prøvehåndbog\naux_links:\n  Repository: https://github.com/eksempel/haandbog\n"


def write(folder: Path, pages: dict[str, str]) -> Path:
    """Writes pages and a configuration into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def read(folder: Path, pages: dict[str, str]) -> Handbook:
    """The handbook of those pages."""
    return HandbookReader(write(folder, pages), SITE).read()


def catalogue(folder: Path, pages: dict[str, str], *confirmed: Confirmed) -> Catalogue:
    """Those pages ready for searching."""
    return Catalogue(Danish.read(data_folder()), read(folder, pages), SectionModel(), confirmed)


def answering(handbook: Handbook) -> HandbookCapability:
    """What answers from a handbook."""
    data = data_folder()
    return HandbookCapability(Catalogue.read(handbook, data, Danish.read(data)), data)
