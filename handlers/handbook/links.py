"""Where pages are published, and where the links inside them lead."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_INDEX = ("index.md", "README.md")


@dataclass(frozen=True)
class Site:
    """The published handbook: its pages' addresses, and the other files that may be linked to."""

    base_url: str
    repository: str
    branch: str
    pages: dict[str, str]
    """Page path to the address of the page."""
    rendered: frozenset[str]
    files: frozenset[str]

    def resolve(self, page: str, href: str) -> str | None:
        """The absolute address of a link on a page; None for links that lead nowhere or are not safe to follow."""
        href = href.strip()
        parts = urlsplit(href)
        if parts.scheme:
            return href if parts.scheme in ("http", "https", "mailto") else None
        if parts.netloc or not href:
            return None
        if not parts.path:
            return f"{self.pages[page]}#{parts.fragment}" if parts.fragment else None
        root = "" if parts.path.startswith("/") else posixpath.dirname(page)
        path = posixpath.normpath(posixpath.join(root, unquote(parts.path).lstrip("/")))
        target = self._page(path)
        if target is not None:
            return self.pages[target] + (f"#{parts.fragment}" if parts.fragment else "")
        if path in self.files:
            return f"{self.base_url}/{quote(path)}"
        return None

    def _page(self, path: str) -> str | None:
        """The page that a relative path means: with .md, .html or no ending, or a folder's index page."""
        stem = re.sub(r"\.(?:md|html?)$", "", path)
        names = [path, f"{stem}.md", *(posixpath.normpath(posixpath.join(path, name)) for name in _INDEX)]
        return next((name for name in names if name in self.pages), None)


def page_url(path: str, permalink: str | None, base_url: str) -> str:
    """The address at which Jekyll publishes a page (Jekyll's default permalinks, or the page's own)."""
    if permalink:
        return f"{base_url}/{quote(permalink.lstrip('/'))}"
    folder, name = posixpath.split(path)
    if name == "index.md":
        return f"{base_url}/{quote(folder)}/" if folder else f"{base_url}/"
    return f"{base_url}/{quote(path.removesuffix('.md'))}.html"


def repository_url(path: str, repository: str, branch: str) -> str:
    """The address of a file in the handbook's repository (GitHub's form)."""
    return f"{repository}/blob/{branch}/{quote(path)}"


def automatic_id(heading: str) -> str:
    """The id that a heading without an anchor gets, as kramdown's GFM parser makes it (Jekyll's default)."""
    return re.sub(r"[ \t]", "-", re.sub(r"[^\w\- \t]", "", heading.lower()))
