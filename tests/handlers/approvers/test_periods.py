"""Times past, as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.approvers import periods

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("i 2025", "2025-01-01", "2025-12-31"),
        ("i 2026", "2026-01-01", "2026-11-23"),
        ("i marts 2025", "2025-03-01", "2025-03-31"),
        ("i december", "2025-12-01", "2025-12-31"),
        ("den 3. december 2025", "2025-12-03", "2025-12-03"),
        ("siden marts", "2026-03-01", "2026-11-23"),
        ("siden december", "2025-12-01", "2026-11-23"),
        ("siden 2025-10-09", "2025-10-09", "2026-11-23"),
        ("siden nytår", "2026-01-01", "2026-11-23"),
        ("sidste år", "2025-01-01", "2025-12-31"),
        ("siden sidste år", "2025-01-01", "2026-11-23"),
        ("de sidste to uger", "2026-11-09", "2026-11-23"),
        ("den seneste måned", "2026-10-24", "2026-11-23"),
        ("før februar 2026", "2000-01-01", "2026-01-31"),
    ],
)
def test_a_period_is_understood(text: str, start: str, end: str) -> None:
    found = periods.find(f"hvem godkendte for OS2iot {text}?", TODAY)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


@pytest.mark.parametrize("text", ["", "tidligere", "den 31. februar 2026", "i 2031"])
def test_no_period_is_found_where_none_is_named(text: str) -> None:
    assert periods.find(f"hvem godkendte for OS2iot {text}?", TODAY) is None
