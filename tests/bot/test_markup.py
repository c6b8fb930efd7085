"""Foreign text, however hostile, does nothing in a message but show itself."""

from __future__ import annotations

import re
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import markup
from bot.connection import writing
from bot.contracts import Choice
from bot.pattern import Pattern

FRAGMENTS = (
    "@**all**", "@**King Hamlet|10**", "@_**all**", "@*gruppe*", "@", "*", "**", "_", "#**sekretariat>emne**", "```",
    "````", "~~~", "```spoiler x", "```quote", "$$", "`", "|", "| a | b |", "|---|---|", "a | b", "---|---", "\n",
    "\n\n", "> ", "# ", "    kode", "\t", "[her](https://ond.eksempel)", "[", "](", "]", "(", ")", "![x](y)",
    "javascript:alert(1)", "/poll ja?\nnej", "/me ", "<time:2026-11-21T10:00>", "!avatar(x)", "\u200b", "\u202e",
    "\u2066", "\x00", "\r\n", "\u2028", "é", "\u0301", "ord", " ", "æøå", "\U000e0041", "[a]: https://ond.eksempel",
)  # fmt: skip
hostile = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=25).map("".join)

MENTION = re.compile(r"@_?\*\*?[^*\n]+\*")
ALOUD = re.compile(r"@\*")
UNSEEN = re.compile(r"[\u200c-\u200f\u2028-\u202e\u2060-\u206f\x00-\x08\x0b-\x1f]")


def shown(text: str) -> str:
    """The text without the zero-width spaces that take meaning away."""
    return text.replace("\u200b", "")


@given(hostile)
@example("@@**all**")
@example("\n| a |\n|---|\n")
def test_escaped_text_mentions_nobody_and_opens_nothing(text: str) -> None:
    safe = markup.escape(text)
    assert not MENTION.search(safe)
    assert "#**" not in safe
    assert "```" not in safe
    assert "~~~" not in safe
    assert "$$" not in safe
    assert not re.search(r"!\[[^\[\]\n]*\]\(", safe)
    assert "<time:" not in safe
    assert not any("|" in line and not line.strip(" \t>|:-") for line in safe.splitlines())
    assert not safe.startswith("/")
    assert not UNSEEN.search(safe)
    assert not re.search(r"^[ \t]*(?:[>#]|    |\t)", safe, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "honest"),
    [
        ("[siden](https://eksempel.dk/a)", True),
        ("[eksempel.dk](https://www.eksempel.dk/a)", True),
        ("[siden på eksempel.dk](https://om.eksempel.dk/a)", True),
        ("[post@eksempel.dk](mailto:post@eksempel.dk)", True),
        ("[post@eksempel.dk](mailto:post@ond.eksempel)", False),
        ("[docs/regler.md](https://eksempel.dk/a)", True),
        ("[eksempel.dk](https://ond.eksempel/a)", False),
        ("[eksempel.dk](https://eksempel.dk@ond.eksempel/a)", False),
        ("[https://eksempel.dk](https://ond.eksempel)", False),
        ("[se www.eksempel.dk her](//ond.eksempel)", False),
        ("[her](javascript:alert)", False),
        ("![billede](https://ond.eksempel/x.png)", False),
        ("[a](b](c)", False),
    ],
)
def test_a_link_that_lies_is_shown_with_its_address(text: str, honest: bool) -> None:
    assert ("](" in markup.escape(text)) == honest


@given(hostile)
def test_escaped_text_still_reads_the_same(text: str) -> None:
    def letters(one: str) -> str:
        return "".join(shown(unicodedata.normalize("NFC", one)).split())

    assert letters(markup.escape(text)) == letters(markup.clean(text))


@given(hostile)
def test_literal_text_is_one_code_span_on_one_line(text: str) -> None:
    safe = markup.literal(text)
    assert safe == "" or re.fullmatch(r"`[^`\n]*`", safe)


@given(st.lists(st.lists(hostile, max_size=4), max_size=4))
def test_a_table_keeps_its_columns_whatever_is_in_it(rows: list[list[str]]) -> None:
    lines = markup.table(("a", "b", "c"), rows).splitlines()
    assert len(lines) == 2 + len(rows)
    assert {line.count("|") for line in lines} == {4}


@given(hostile, hostile)
def test_a_link_cannot_be_broken_out_of_and_leads_to_the_web_only(label: str, url: str) -> None:
    made = markup.link(label, url)
    if re.search(r"\]\(", made):
        match = re.fullmatch(r"\[([^\[\]\n`]*)\]\(([^\s()<>]*)\)", made)
        assert match
        assert not re.match(r"(?:javascript|data|vbscript):", match.group(2), re.IGNORECASE)


@given(hostile, hostile)
def test_the_title_of_a_spoiler_stays_in_its_line(title: str, body: str) -> None:
    lines = markup.spoiler(title, markup.escape(body)).splitlines()
    assert re.fullmatch(r"```spoiler [^`~\n]*", lines[0])
    assert lines[-1] == "```"
    assert "```" not in "\n".join(lines[1:-1])


@given(hostile, st.integers(1, 10**6))
def test_a_mention_holds_one_name_and_one_id(name: str, user_id: int) -> None:
    assert re.fullmatch(rf"@_\*\*[^*|\n]*\|{user_id}\*\*", markup.silent_mention(name, user_id))


@given(hostile, st.lists(hostile, max_size=3), st.lists(hostile, max_size=2))
def test_no_message_notifies_anybody_or_is_too_long(text: str, labels: list[str], links: list[str]) -> None:
    choices = [Choice(label, "svar") for label in labels]
    content = writing.content(text * 200, choices, [markup.link(one, "https://eksempel.dk") for one in links])
    assert not ALOUD.search(content)
    assert len(content) <= markup.MESSAGE_LIMIT
    assert "\x00" not in content
    assert not re.match(r"/(?:poll|todo)\b", content)


@given(st.integers(1, 40), st.sampled_from(("```", "````", "~~~", "```spoiler Mere")))
def test_a_text_that_is_cut_in_a_block_closes_it(lines: int, fence: str) -> None:
    text = "indledning\n" + f"{fence}\n" + "linje\n" * lines + "slut" * 1000
    short = markup.shorten(text, 200 + lines)
    assert len(short) <= 200 + lines
    assert short.endswith("*(forkortet)*")
    mark = fence.removesuffix("spoiler Mere")
    assert [line for line in short.splitlines() if line.startswith(mark)] == [fence, mark]


def test_what_fits_is_left_alone() -> None:
    assert markup.shorten("kort") == "kort"
    assert writing.content("Se [siden](https://eksempel.dk).") == "Se [siden](https://eksempel.dk)."


@given(hostile)
def test_text_that_looks_harmless_is_escaped_as_all_other_text_is(text: str) -> None:
    with patch.object(markup, "_PERHAPS_MEANINGFUL", Pattern("")):
        thorough = markup.escape(text)
    assert markup.escape(text) == thorough
