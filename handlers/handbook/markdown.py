"""Reads a page's Markdown, as kramdown takes it, into sections and blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from bot.markup import clean, escape, link
from bot.pattern import Pattern
from handlers.handbook import mermaid
from handlers.handbook.model import Block, Code, Item, Listing, Paragraph, Quote, Row, Table, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

Resolve = Callable[[str], str | None]
"""From a link as written on the page to an absolute address; None for a link that leads nowhere."""

_FENCE = Pattern(r"\s{0,3}(```+|~~~+)")
_ATTRIBUTE_LINE = Pattern(r"\s*\{:[^{}]*\}\s*$")
_ATTRIBUTES = Pattern(r"\{:[^{}]*\}")
_ANCHOR = Pattern(r"\s*\{#([^\s{}]+)[^{}]*\}\s*$")
_BADGE = Pattern(r'<span[^>]*class="[^"]*\blabel\b[^"]*"[^>]*>$')
_HTML_HEADING = Pattern(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
_HTML_LIST = Pattern(r"<(ul|ol)\b[^>]*>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_HTML_ITEM = Pattern(r"<li\b[^>]*>", re.IGNORECASE)
_HTML_PARAGRAPH = Pattern(r"</?(?:p|div|section|article)\b[^>]*>", re.IGNORECASE)
_HTML_ID = Pattern(r'\bid="([^"]+)"')
_TAG = Pattern(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_INLINE_MARKUP = Pattern(r"[\\`*_<&\[]")
"""Each of the parser's rules for inline markup needs one of these, but that for two spaces before a line end."""
_TOC = {"toc", "{:toc}"}


@dataclass
class Part:
    """A heading and the blocks under it, as they stand on the page; the first part of a page may have no heading."""

    heading: str
    level: int
    anchor: str | None
    line: int
    blocks: list[Block] = field(default_factory=list)
    raw: bool = False
    """Whether the heading is written in HTML: Jekyll then gives it no id of its own."""


def parse(source: str, resolve: Resolve) -> list[Part]:
    """The parts of a page, in order. `source` is without front matter but with its lines kept, for line numbers."""
    parts = [Part("", 0, None, 1)]
    tokens = _markdown().parse(_without_attributes(source))
    for start, end in _spans(tokens):
        token = tokens[start]
        if token.type == "heading_open":
            parts.append(_heading(tokens[start + 1], int(token.tag[1]), resolve, _line(token)))
        elif token.type == "html_block":
            for piece in _html(token.content, _line(token)):
                if isinstance(piece, Part):
                    parts.append(piece)
                else:
                    parts[-1].blocks.append(piece)
        else:
            block = _block(tokens[start:end], resolve)
            if block is not None:
                parts[-1].blocks.append(block)
    return parts


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only a page that has changed is parsed

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.at("inline", _parse_inline)
    return parser.disable("text_join")  # `_inline` joins all text itself


def _parse_inline(state: StateCore) -> None:
    """As the parser's own rule, but what is text and nothing else, as most is, is left as it stands."""
    for token in state.tokens:
        if token.type == "inline" and (_INLINE_MARKUP.search(token.content) or "  \n" in token.content):
            token.children = state.md.inline.parse(token.content, state.md, state.env, [])


def _without_attributes(source: str) -> str:
    """The source without kramdown's attribute lists ({: .note}), which Markdown would take for text."""
    if "{:" not in source:
        return source
    lines = source.split("\n")
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            lines[number] = "" if _ATTRIBUTE_LINE.match(line) else _ATTRIBUTES.sub("", line)
    return "\n".join(lines)


def _spans(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Start and end of each outermost block among the tokens."""
    start = depth = 0
    for position, token in enumerate(tokens):
        if depth == 0:
            start = position
        depth += token.nesting
        if depth == 0:
            yield start, position + 1


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _heading(inline: Token, level: int, resolve: Resolve, line: int) -> Part:
    text = _inline(inline, resolve).plain
    anchor = _ANCHOR.search(text)
    return Part(_ANCHOR.sub("", text).strip(), level, anchor[1] if anchor else None, line)


def _html(content: str, line: int) -> Iterator[Part | Block]:
    """Headings and text in a block of HTML."""
    position = 0
    for match in _HTML_HEADING.finditer(content):
        yield from _html_text(content[position : match.start()])
        anchor = _HTML_ID.search(match[2])
        heading = clean(" ".join(unescape(_TAG.sub("", match[3])).split()))
        at = line + content[: match.start()].count("\n")
        yield Part(heading, int(match[1]), anchor[1] if anchor else None, at, raw=True)
        position = match.end()
    yield from _html_text(content[position:])


def _html_text(content: str) -> Iterator[Block]:
    """Paragraphs and lists in a block of HTML."""
    position = 0
    for match in _HTML_LIST.finditer(content):
        yield from _html_paragraphs(content[position : match.start()])
        items = (_html_words(item) for item in _HTML_ITEM.split(match[2]))
        kept = tuple(Item(text) for text in items if text)
        if kept:
            yield Listing(kept, 1 if match[1].lower() == "ol" else None)
        position = match.end()
    yield from _html_paragraphs(content[position:])


def _html_paragraphs(content: str) -> Iterator[Block]:
    texts = (_html_words(part) for part in _HTML_PARAGRAPH.split(content))
    yield from (Paragraph(text) for text in texts if text)


def _html_words(content: str) -> Text:
    plain = clean(" ".join(unescape(_TAG.sub(" ", content)).split()))
    return Text(plain, escape(plain))


def _blocks(tokens: Sequence[Token], resolve: Resolve) -> tuple[Block, ...]:
    found = (_block(tokens[start:end], resolve) for start, end in _spans(tokens))
    return tuple(block for block in found if block is not None)


def _block(tokens: Sequence[Token], resolve: Resolve) -> Block | None:
    """One block from its tokens; None for what says nothing (rules, tables of contents, links to the top)."""
    first = tokens[0]
    match first.type:
        case "paragraph_open":
            text = _inline(tokens[1], resolve)
            return Paragraph(text) if text and not _leads_to_top(tokens[1]) else None
        case "bullet_list_open" | "ordered_list_open":
            return _listing(tokens, resolve)
        case "table_open":
            return _table(tokens, resolve)
        case "blockquote_open":
            inner = _blocks(tokens[1:-1], resolve)
            return Quote(inner) if inner else None
        case "fence" | "code_block":
            language = first.info.strip()
            return mermaid.parse(first.content) if language == "mermaid" else Code(language, first.content.rstrip("\n"))
        case "heading_open":  # a heading inside a quote or a list is emphasis, not structure
            text = _inline(tokens[1], resolve)
            return Paragraph(Text(text.plain, f"**{text.markdown}**")) if text else None
        case "html_block":
            return next((piece for piece in _html(first.content, 0) if not isinstance(piece, Part)), None)
    return None


def _listing(tokens: Sequence[Token], resolve: Resolve) -> Listing | None:
    items = []
    inside = tokens[1:-1]
    for start, end in _spans(inside):
        blocks = _blocks(inside[start + 1 : end - 1], resolve)
        lead = blocks[0].text if blocks and isinstance(blocks[0], Paragraph) else Text("", "")
        rest = blocks[1:] if lead else blocks
        if lead or rest:
            items.append(Item(lead, rest))
    if not items or (len(items) == 1 and items[0].text.plain.casefold() in _TOC):
        return None
    start_number = tokens[0].attrGet("start")
    ordered = tokens[0].type == "ordered_list_open"
    return Listing(tuple(items), int(start_number or 1) if ordered else None)


def _table(tokens: Sequence[Token], resolve: Resolve) -> Table | None:
    rows: list[Row] = []
    for start, end in _spans_of(tokens, "tr_open"):
        cells = tuple(_inline(token, resolve) for token in tokens[start:end] if token.type == "inline")
        rows.append(Row(cells, _line(tokens[start])))
    return Table(rows[0].cells, tuple(rows[1:])) if rows else None


def _spans_of(tokens: Sequence[Token], kind: str) -> Iterator[tuple[int, int]]:
    closing = kind.replace("_open", "_close")
    start = 0
    for position, token in enumerate(tokens):
        if token.type == kind:
            start = position
        elif token.type == closing:
            yield start, position


def _leads_to_top(inline: Token) -> bool:
    links = [child for child in inline.children or [] if child.type == "link_open"]
    return len(links) == 1 and links[0].attrGet("href") == "#top" and (inline.children or [])[0] is links[0]


def _inline(inline: Token, resolve: Resolve) -> Text:
    """The text of a paragraph, heading or cell. Label badges are left out, dead links keep their words only."""
    if not inline.children:
        words = clean(" ".join(inline.content.split()))
        return Text(words, escape(words))
    plain: list[str] = []
    marked: list[str] = []
    links: list[tuple[str | None, int, int]] = []
    badge = False
    for token in inline.children or []:
        if badge:
            badge = not (token.type == "html_inline" and token.content == "</span>")
            continue
        match token.type:
            case "text" | "text_special":
                plain.append(token.content)
                marked.append(token.content)
            case "softbreak":
                plain.append(" ")
                marked.append(" ")
            case "hardbreak":
                plain.append(" ")
                marked.append("\n")
            case "code_inline":
                plain.append(token.content)
                marked.append(f"`{token.content}`")
            case "strong_open" | "strong_close":
                marked.append("**")
            case "em_open" | "em_close":
                marked.append("*")
            case "link_open":
                links.append((resolve(str(token.attrGet("href") or "")), len(marked), len(plain)))
            case "link_close" if links:
                url, start, plain_start = links.pop()
                label = "".join(marked[start:])
                marked[start:] = [_link(label, "".join(plain[plain_start:]), url)]
            case "image":
                url = resolve(str(token.attrGet("src") or ""))
                plain.append(token.content)
                marked.append(_link(token.content, token.content, url))
            case "html_inline" if _BADGE.match(token.content):
                badge = True
            case "html_inline" if token.content.lower().startswith("<br"):
                plain.append(" ")
                marked.append("\n")
    words = clean(" ".join("".join(plain).split()))
    return Text(words, escape("\n".join(" ".join(line.split()) for line in "".join(marked).split("\n")).strip()))


def _link(label: str, plain: str, url: str | None) -> str:
    if url is None or not plain.strip():
        return label
    if url.removeprefix("mailto:") == plain.strip():
        return plain  # Zulip makes addresses clickable itself
    return link(label, url)
