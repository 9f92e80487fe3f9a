"""A note's text as blocks, with the links and times that stand in them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote

from graphkit.vault.commonmark import CELL, TIME

_TIMES_SHOWN = re.compile(
    rf" ?(?:\[\d[\d:]*+\])?\( ?\[?{TIME}\]?(?: ?(?:[,;–-] ?)?\[?{TIME}\]?)*+ ?\)"
    rf"| ?\[{TIME}\]| ?{TIME}"
)
_OPENINGS = ("(" + TIME, "( " + TIME, "([" + TIME, "( [" + TIME)
_ODD_SPACES = re.compile(r"[^\S ]\s*+| \s++")
_LONG: Final = 1_000_000


class BlockLink(NamedTuple):
    """A link in a block: ``start`` and ``end`` are places in the block's text."""

    start: int
    end: int
    form: str
    embed: bool
    target: str
    alias: str | None
    line: int


class BlockTime(NamedTuple):
    """A time in a block: what the markup says, what is shown, and where in the text it stood."""

    at: int
    data: str | None
    shown: str | None
    line: int


class Block(NamedTuple):
    """One paragraph, list item, heading, table row or piece of code.

    Args:
        kind: ``paragraph``, ``item``, ``heading``, ``row`` or ``code``.
        text: its visible words, with a newline for each line break and ``TIME`` and ``CELL``.
        heading: the chain of headings above it.
        line: where it starts, counted from 1 in the Markdown text.
    """

    kind: str
    text: str
    heading: str | None
    line: int
    links: list[BlockLink]
    times: list[BlockTime]


def target_and_anchor(link: BlockLink) -> tuple[str, str | None]:
    """What a link points to, without its anchor, and the anchor.

    Args:
        link: a link as the reader found it.

    Returns:
        The trimmed target (percent-decoded in a Markdown link; empty for a place within the
        note) and the anchor, None without one.
    """
    text, _, anchor = link.target.partition("#")
    if link.form == "markdown":
        text, anchor = unquote(text, errors="replace"), unquote(anchor, errors="replace")
    return text.strip(), anchor.strip() or None


def plain(text: str) -> str:
    """A piece of a block's text as one line of plain words, without times and cell marks."""
    if CELL in text:
        text = text.replace(CELL, " ")
    timed = TIME in text
    # What can be printed holds no white space but spaces; most texts need no more than a look.
    if "  " in text or not (text.replace(TIME, "") if timed else text).isprintable():
        # The list of a very long text's words would be larger than the text ten times over.
        text = " ".join(text.split()) if len(text) < _LONG else _ODD_SPACES.sub(" ", text)
    if timed:
        text = _without_times(text)
    return text.strip()


def _without_times(text: str) -> str:
    if "(" in text:
        if "](" not in text:
            text = text.replace(f" ({TIME})", "").replace(f"({TIME})", "")
        if any(opening in text for opening in _OPENINGS):
            return _TIMES_SHOWN.sub("", text)
    if "[" in text:
        text = text.replace(f" [{TIME}]", "").replace(f"[{TIME}]", "")
    return text.replace(" " + TIME, "").replace(TIME, "")
