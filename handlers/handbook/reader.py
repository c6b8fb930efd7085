"""Reads a folder of Markdown pages as Jekyll with just-the-docs does, and re-reads what has changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot import collector
from bot.contracts import UserError
from bot.pattern import Pattern
from handlers.handbook import history, markdown
from handlers.handbook.links import Site, automatic_id, page_url, repository_url
from handlers.handbook.markdown import Part
from handlers.handbook.model import Handbook, Listing, Page, Paragraph, Problem, Section, lines

LARGEST_PAGE = 1_000_000
"""Bytes; a larger Markdown file is no handbook page and is reported."""

_FRONT_MATTER = Pattern(r"\A---[ \t]*\n(.*?)(?:^|\n)---+[ \t]*(?:\n|\Z)", re.DOTALL)
_DRAFT_WORDS = Pattern(r"\b(?:draft|kladde|udkast)\b[^.\n]{0,60}", re.IGNORECASE)
_TODO = Pattern(r"\(\s*(?:T[Oo]-?D[Oo]|todo)\s*\)|\bTODO\b")  # a "to-do" in lower case is a task in Leantime
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C where PyYAML was built with it: every page has a head."""
_IGNORED_FOLDERS = {"node_modules", "vendor", "_site"}


class HandbookError(UserError):
    """The folder as a whole cannot be read."""


@dataclass(frozen=True)
class _File:
    """A page's file as last read; `problems` came up while reading it."""

    stamp: tuple[int, int, int]
    source: str
    front: Mapping[str, Any]
    rendered: bool
    problems: tuple[Problem, ...]


class HandbookReader:
    """Reads one handbook folder; `read` again parses only the pages that have changed since."""

    def __init__(self, folder: Path, site_url: str, repository: str | None = None, branch: str = "main") -> None:
        self.folder = folder
        self._site_url = site_url.rstrip("/")
        self._repository = repository
        self._branch = branch
        self._files: dict[str, _File] = {}
        self._pages: dict[str, Page] = {}
        self._site: Site | None = None
        self._revision: str | None = None
        self._changed: dict[str, date] = {}

    def read(self) -> Handbook:
        """The handbook as it is now.

        Raises HandbookError when the folder is missing, unreadable or holds no page.
        """
        if not self.folder.is_dir():
            raise HandbookError(f"Håndbogens mappe findes ikke: {self.folder}")
        config, config_problems = self._config()
        paths = self._paths()
        problems = list(config_problems)
        files: dict[str, _File] = {}
        for path in paths:
            file = self._file(path, problems)
            if file is not None:
                files[path] = file
        if not files:
            raise HandbookError(f"Der er ingen Markdown-sider i håndbogens mappe: {self.folder}")
        site = self._make_site(config, files)
        unchanged = self._pages if site == self._site else {}
        same = {path for path, file in files.items() if path in unchanged and file is self._files.get(path)}
        with collector.paused():
            pages = {path: unchanged[path] if path in same else _page(path, file, site) for path, file in files.items()}
        self._files, self._pages, self._site = files, pages, site
        problems += [problem for file in files.values() for problem in file.problems]
        title = str(config.get("title") or pages[next(iter(pages))].title)
        return Handbook(tuple(pages.values()), title, site.repository, tuple(problems), self._changes())

    def _changes(self) -> Mapping[str, date]:
        """The pages' last changes; git's log is asked for again only when another commit is checked out."""
        revision = history.revision(self.folder)
        if revision != self._revision:
            self._changed = history.last_changes(self.folder)
            self._revision = revision
        return self._changed

    def _paths(self) -> list[str]:
        """Every Markdown page in the folder; hidden and underscored folders are Jekyll's own."""
        found = []
        for file in sorted(self.folder.rglob("*.md")):
            path = file.relative_to(self.folder)
            if not any(part.startswith((".", "_")) or part in _IGNORED_FOLDERS for part in path.parts):
                found.append(path.as_posix())
        return found

    def _config(self) -> tuple[Mapping[str, Any], list[Problem]]:
        try:
            config = yaml.safe_load((self.folder / "_config.yml").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}, []
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            return {}, [Problem("_config.yml", 0, f"kan ikke læses ({type(error).__name__})")]
        return (config, []) if isinstance(config, dict) else ({}, [])

    def _file(self, path: str, problems: list[Problem]) -> _File | None:
        """The page's file, from memory when its size and time are the same."""
        file = self.folder / path
        try:
            stat = file.stat()
            stamp = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
            known = self._files.get(path)
            if known is not None and known.stamp == stamp:
                return known
            if not file.resolve().is_relative_to(self.folder.resolve()):
                problems.append(Problem(path, 0, "peger ud af håndbogens mappe og er sprunget over"))
                return None
            if stat.st_size > LARGEST_PAGE:
                problems.append(Problem(path, 0, f"fylder mere end {LARGEST_PAGE // 1000} kB og er sprunget over"))
                return None
            source = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            problems.append(Problem(path, 0, "er ikke UTF-8-tekst og er sprunget over"))
            return None
        except OSError as error:
            problems.append(Problem(path, 0, f"kan ikke læses og er sprunget over ({error.strerror})"))
            return None
        return _split(path, source.replace("\r\n", "\n"), stamp)

    def _make_site(self, config: Mapping[str, Any], files: Mapping[str, _File]) -> Site:
        links = config.get("aux_links")
        from_config = links.get("Repository") if isinstance(links, dict) else None
        repository = str(self._repository or from_config or "").rstrip("/")
        urls = {}
        for path, file in files.items():
            permalink = file.front.get("permalink")
            if file.rendered or not repository:
                urls[path] = page_url(path, str(permalink) if permalink else None, self._site_url)
            else:
                urls[path] = repository_url(path, repository, self._branch)
        others = frozenset(
            file.relative_to(self.folder).as_posix()
            for file in self.folder.rglob("*")
            if file.suffix != ".md" and file.is_file() and ".git" not in file.parts
        )
        rendered = frozenset(path for path, file in files.items() if file.rendered)
        return Site(self._site_url, repository, self._branch, urls, rendered, others)


def read_page(folder: Path, path: str) -> str:
    """The text of a page's file as it is now, with its line ends. Raises OSError when it is not there or not text."""
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise FileNotFoundError(path)
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise OSError(str(error)) from None


def _split(path: str, source: str, stamp: tuple[int, int, int]) -> _File:
    """Front matter and body; the front matter's lines stay as blank ones, so that line numbers hold."""
    match = _FRONT_MATTER.match(source)
    if not match:
        return _File(stamp, source, {}, rendered=False, problems=())
    body = "\n" * match.group().count("\n") + source[match.end() :]
    problems: tuple[Problem, ...] = ()
    try:
        front = yaml.load(match[1], _YAML)  # noqa: S506 (a safe one)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 2
        problems = (Problem(path, line, "sidens hoved (front matter) er ikke gyldig YAML"),)
        front = {}
    front = front if isinstance(front, dict) else {}
    return _File(stamp, body, front, rendered=front.get("published") is not False, problems=problems)


def _page(path: str, file: _File, site: Site) -> Page:
    parts = markdown.parse(file.source, lambda href: site.resolve(path, href))
    front = file.front
    first_heading = next((part.heading for part in parts if part.heading), "")
    title = str(front.get("title") or first_heading or Path(path).stem)
    if not parts[0].blocks and len(parts) > 1:
        parts = parts[1:]
    elif not parts[0].heading:
        parts[0] = replace(parts[0], heading=title)
    draft = _draft(parts)
    url = site.pages[path]
    return Page(
        path=path,
        title=title,
        parent=_text(front.get("parent")),
        grand_parent=_text(front.get("grand_parent")),
        nav_order=_number(front.get("nav_order")),
        nav_exclude=front.get("nav_exclude") is True,
        rendered=file.rendered,
        url=url,
        draft=draft,
        sections=tuple(_sections(path, title, url, file.rendered, parts, draft)),
    )


def _sections(path: str, title: str, url: str, rendered: bool, parts: list[Part], draft: str | None) -> list[Section]:
    sections: list[Section] = []
    above: list[tuple[int, str]] = []
    taken: Counter[str] = Counter()
    for number, part in enumerate(parts):
        while above and above[-1][0] >= part.level:
            above.pop()
        automatic = automatic_id(part.heading)
        fragment = part.anchor if part.anchor and rendered else automatic
        implied = part.level == 0  # the page's title stands for a heading that is not there
        if not implied and (not part.anchor or not rendered):
            taken[automatic] += 1
            fragment += f"-{taken[automatic] - 1}" if taken[automatic] > 1 else ""
        if number == 0 and part.level <= 1 and not part.anchor:
            fragment = ""  # the top of the page
        text = "\n".join([part.heading, *lines(tuple(part.blocks))])
        linked = fragment
        if rendered and part.raw and not part.anchor:  # the nearest heading above that has an id
            linked = sections[-1].url.partition("#")[2] if sections else ""
        todo = _TODO.search(text) if "(" in text or "TODO" in text else None
        sections.append(
            Section(
                page=path,
                page_title=title,
                heading=part.heading,
                level=part.level,
                trail=tuple(heading for _, heading in above),
                anchor=part.anchor,
                fragment=fragment,
                url=f"{url}#{linked}" if linked else url,
                line=part.line,
                blocks=tuple(part.blocks),
                draft=draft or (todo.group() if todo else None),
            )
        )
        above.append((part.level, part.heading))
    return sections


def _draft(parts: list[Part]) -> str | None:
    """The words that mark the page as a draft: only a short remark in its first lines counts."""
    for part in parts[:2]:
        for block in part.blocks[:2]:
            if isinstance(block, Listing):
                continue
            remark = block.text.plain if isinstance(block, Paragraph) else " ".join(lines((block,)))
            match = _DRAFT_WORDS.search(remark)
            if match and len(remark) < 120:
                return match.group().strip()
    return None


def _text(value: object) -> str | None:
    return str(value) if value not in (None, "") else None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
