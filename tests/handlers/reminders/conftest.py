"""A tiny handbook for reminders to point into."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.handbook import Handbook, HandbookReader


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    folder: Path = tmp_path_factory.mktemp("handbook")
    (folder / "docs").mkdir()
    (folder / "docs" / "processes_and_rutines.md").write_text(
        "---\ntitle: Rutiner\n---\n\n## Budget {#budgetstyring}\n\n- Kig på tallene\n- Ring til banken\n\n"
        "## Regninger {#faktura}\n\nBetal dem.\n"
    )
    (folder / "docs" / "konti.md").write_text(
        "---\ntitle: Kontoplaner\n---\n\n## Foreningen\n\n| Kontonummer | Kontonavn |\n|---|---|\n"
        "| XG-9212045210 | Foreningen OS2 |\n| XG-9212045210-00001 | Møder |\n\n## Produkter\n\n"
        "| Produkt | Kontonummer |\n|---|---|\n| OS2bil | XG-9212045220 |\n| OS2bog | XG-9212045230 |\n"
        "| OS2rollekatalog | XG-9212045240 |\n"
    )
    return HandbookReader(folder, "https://handbook.example", None).read()
