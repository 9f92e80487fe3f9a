"""Where in a note a link can be written: its lines, with all else blanked.

Properties, headings, code, math, HTML, comments and the words of links are blanked; what is left
stands in its own line and column.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from graphkit.vault.commonmark import parser, prepared
from graphkit.vault.properties import body_start

_CLOSED: Final = frozenset({"Link", "Image", "Heading", "CodeBlock", "HtmlBlock"})


class Prose(NamedTuple):
    """The prose of a note.

    Args:
        lines: one text a line of the file, each character of prose in its own column.
        rows: the lines, from 1, that belong to tables, where a pipe ends a cell.
    """

    lines: list[str]
    rows: frozenset[int]


def prose_of(data: bytes) -> Prose:
    """The lines of a note in which everything is blanked that is no plain prose.

    Args:
        data: the file's bytes.
    """
    text = data.decode("utf-8-sig", errors="replace").replace("\x00", "\ufffd")
    start = body_start(text)
    raw = prepared(text[start:]).encode("utf-8")
    above = text.count("\n", 0, start)
    rows: set[int] = set()
    kept: list[tuple[int, int]] = []
    closed = 0
    events: Any = parser().events_with_range(raw.decode("utf-8"), merge_text=False)
    for event, span in events:
        if event.__class__ is str:
            continue
        ((kind, value),) = event.items()
        if kind in {"Start", "End"}:
            tag = value if value.__class__ is str else next(iter(value))
            if tag == "Table" and kind == "Start":
                first = above + 1 + raw.count(b"\n", 0, span["start"])
                rows.update(range(first, first + 1 + raw.count(b"\n", span["start"], span["end"])))
            if tag in _CLOSED:
                closed += 1 if kind == "Start" else -1
        elif kind == "Text" and not closed:
            kept.append((span["start"], span["end"]))
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        pieces += [_blank(raw[last:start]), raw[start:end].decode("utf-8", "replace")]
        last = end
    pieces.append(_blank(raw[last:]))
    lines = [""] * above + "".join(pieces).split("\n")
    return Prose(lines, frozenset(rows))


def _blank(raw: bytes) -> str:
    return "".join(c if c == "\n" else " " for c in raw.decode("utf-8", "replace"))
