"""Where in a note a link can be written: its lines, with all else blanked.

Properties, headings, code, math, HTML, comments and the words of links are blanked; what is left
stands in its own line and column.
"""

from __future__ import annotations

from typing import Any, Final

from graphkit.vault.commonmark import parser, prepared
from graphkit.vault.parse import decode
from graphkit.vault.properties import body_start

_CLOSED: Final = frozenset({"Link", "Image", "Heading", "CodeBlock", "HtmlBlock"})


def prose_lines(data: bytes) -> list[str]:
    """The lines of a note in which everything is blanked that is no plain prose.

    Args:
        data: the file's bytes.

    Returns:
        One text a line of the file, each character of prose in its own column.
    """
    text = decode(data)[0]
    start = body_start(text)
    raw = prepared(text[start:]).encode("utf-8")
    kept: list[tuple[int, int]] = []
    closed = 0
    events: Any = parser().events_with_range(raw.decode("utf-8"), merge_text=False)
    for event, span in events:
        if event.__class__ is str:
            continue
        ((kind, value),) = event.items()
        if kind in {"Start", "End"}:
            tag = value if value.__class__ is str else next(iter(value))
            if tag in _CLOSED:
                closed += 1 if kind == "Start" else -1
        elif kind == "Text" and not closed:
            kept.append((span["start"], span["end"]))
    above = text.count("\n", 0, start)
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        pieces += [_blank(raw[last:start]), raw[start:end].decode("utf-8", "replace")]
        last = end
    pieces.append(_blank(raw[last:]))
    return [""] * above + "".join(pieces).split("\n")


def _blank(raw: bytes) -> str:
    return "".join(c if c == "\n" else " " for c in raw.decode("utf-8", "replace"))
