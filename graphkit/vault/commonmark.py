"""The Markdown parser as graphkit uses it, and what a text needs before it is given to it.

pulldown-cmark (through pyromark) knows wiki-links, tables, code, math and HTML. It does not know
hidden comments, and a bare pipe in a wiki-link ends a table's cell: both are seen to before.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyromark

TIME = "\x00"
"""Stands in a block's text where a time stood."""
CELL = "\x02"
"""Stands in a block's text between table cells and between paragraphs of one list item."""
PIPE = "\x1f"
_NO_SPACE = b"\x1e"  # space to Python, not to Markdown
_BLANK = bytes(byte if byte == ord("\n") else ord(" ") for byte in range(256))
_MORE_IN_LINE = re.compile(rb"[^\S\n]*+\S")
_RESERVED = str.maketrans({TIME: "\ufffd", CELL: " ", PIPE: " "})
_IN_ROW = frozenset(" \t:-")
_DELIMITER_ROW = re.compile(r"\n[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t:|-]*+)?\r?(?=\n|\Z)")
_PIPED_LINK = re.compile(r"\[\[[^\[\]|\n\\]*+\|(?:[^\[\]\n\\]|\[[^\[\]\n|\\]*+\])*+\]\]")


@cache
def parser() -> pyromark.Markdown:
    """The parser with the extensions that notes use."""
    import pyromark  # noqa: PLC0415 - only who parses pays for it

    options = pyromark.Options
    return pyromark.Markdown(
        options=options.ENABLE_TABLES
        | options.ENABLE_FOOTNOTES
        | options.ENABLE_STRIKETHROUGH
        | options.ENABLE_TASKLISTS
        | options.ENABLE_MATH
        | options.ENABLE_WIKILINKS
    )


def prepared(text: str) -> str:
    """The text with hidden comments blanked and pipes of links in tables set aside.

    Every replacement keeps the length in bytes, so that places stay what they are.
    """
    if TIME in text or CELL in text or PIPE in text:
        text = text.translate(_RESERVED)
    if "%%" in text:
        text = _without_comments(text)
    if _may_hold_table(text) and _DELIMITER_ROW.search(text):
        text = _pipes_set_aside(text)
    return text


def _may_hold_table(text: str) -> bool:
    """Whether a pipe stands where one of a table's delimiter row could: by none but its marks."""
    at = text.find("|")
    while at >= 0:
        if text[at - 1 : at] in _IN_ROW or text[at + 1 : at + 2] in _IN_ROW:
            return True
        at = text.find("|", at + 1)
    return False


def _without_comments(text: str) -> str:
    """Blanks what stands between paired ``%%`` outside code."""
    raw = text.encode("utf-8")
    marks: list[int] = []
    coding = False
    for event, span in parser().events_with_range(text):
        if isinstance(event, str):
            continue
        if "Text" in event and not coding:
            piece = raw[span["start"] : span["end"]]
            marks += [span["start"] + found.start() for found in re.finditer(rb"%%", piece)]
        elif "Start" in event and "CodeBlock" in event["Start"]:
            coding = True
        elif event.get("End") == "CodeBlock":
            coding = False
    pieces, last = [], 0
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        blank = raw[start : end + 2].translate(_BLANK)
        if _MORE_IN_LINE.match(raw, end + 2):  # four spaces before it would make it code
            line = blank.rfind(b"\n") + 1
            blank = blank[:line] + _NO_SPACE + blank[line + 1 :]
        pieces += [raw[last:start], blank]
        last = end + 2
    return b"".join([*pieces, raw[last:]]).decode("utf-8")


def _pipes_set_aside(text: str) -> str:
    """Replaces the bare pipe of each wiki-link in a table, which would end the cell."""
    lines = text.split("\n")
    in_table = [False] * len(lines)
    for place, line in enumerate(lines):
        if place and "-" in line and _DELIMITER_ROW.match("\n" + line):
            in_table[place - 1] = True
            row = place + 1
            while row < len(lines) and lines[row].strip() and not in_table[row]:
                in_table[row] = True
                row += 1
    for place, wanted in enumerate(in_table):
        if wanted and "[[" in lines[place]:
            lines[place] = _PIPED_LINK.sub(lambda f: f[0].replace("|", PIPE), lines[place])
    return "\n".join(lines)
