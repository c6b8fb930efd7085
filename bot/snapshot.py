"""What was made of handbook and data, kept from one start to the next, so that the next start is a quick one.

A snapshot is a short cut and nothing more: it may be deleted at any time, and one that does not fit is passed over.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import sys
import time
from pathlib import Path
from typing import Generic, TypeVar

from bot import collector
from bot.settings import data_folder

log = logging.getLogger(__name__)

_CODE = Path(__file__).parents[1]
_OTHERS_MAY_WRITE = 0o022
_DIGEST_BYTES = 32
_KEPT_SECONDS = 60 * 24 * 3600.0

Kept = TypeVar("Kept")


class Snapshot(Generic[Kept]):
    """A thing kept in a folder, for as long as code and data stay the same."""

    def __init__(self, folder: Path, kind: type[Kept], about: str) -> None:
        """`about`: what the thing was made from besides code and data; each has a file of its own."""
        self._kind = kind
        self._file = folder / f"{hashlib.sha256(about.encode()).hexdigest()[:16]}.snapshot"

    def load(self) -> Kept | None:
        """The thing as it was saved; None when there is none that fits.

        A snapshot is a pickle, which can do anything: it is read only when nobody but the bot's own user or root can
        have written it.
        """
        try:
            if not self._file.is_file():
                return None
            with self._file.open("rb") as file:
                about = os.fstat(file.fileno())
                if about.st_uid not in (os.getuid(), 0) or about.st_mode & _OTHERS_MAY_WRITE:
                    return None
                if file.read(_DIGEST_BYTES) != _made_of():
                    return None
                with collector.paused():
                    thing = pickle.load(file)  # noqa: S301 (see above)
        except Exception as error:  # a damaged pickle can raise anything
            log.info("snapshot passed over", extra={"reason": type(error).__name__})
            return None
        return thing if isinstance(thing, self._kind) else None

    def save(self, thing: Kept) -> None:
        """Keeps the thing; where the folder cannot be written, it is not kept, and the next start is a slow one."""
        beside = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._clear_out()
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(_made_of())
                pickle.dump(thing, file, pickle.HIGHEST_PROTOCOL)
            beside.replace(self._file)
        except OSError as error:
            log.info("snapshot not kept", extra={"reason": error.strerror})

    def _clear_out(self) -> None:
        """Deletes what has not been made anew for long: of handbooks that nobody asks any longer."""
        for file in self._file.parent.glob("*.snapshot"):
            if time.time() - file.stat().st_mtime > _KEPT_SECONDS:
                file.unlink(missing_ok=True)


def _made_of() -> bytes:
    """A digest of the Python version, and of the names, sizes and times of all files of code and data."""
    summary = hashlib.sha256(sys.version.encode())
    folders = (_CODE / "bot", _CODE / "handlers", data_folder())
    for file in sorted(file for folder in folders for file in folder.rglob("*") if file.suffix != ".pyc"):
        about = file.stat()
        summary.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return summary.digest()
