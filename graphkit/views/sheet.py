"""A sheet for people: styled pieces, wrapped to a width, painted on a terminal and plain elsewhere.

Knows nothing of concepts. Importing a library for this costs more than most questions.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import category, east_asian_width

from graphkit.views.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_WIDEST: Final = 100
_NARROWEST: Final = 20
_CODES: Final = {
    "bold": "1",
    "dim": "2",
    "italic": "3",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
}
_ASCII: Final = str.maketrans({"→": "->", "←": "<-", "·": "|", "…": "...", "›": ">"})
_WORD: Final = re.compile(r"\S+")


class Piece(NamedTuple):
    """Some text in one style (``bold``, ``dim``, ``cyan`` …), perhaps a link to an address."""

    text: str
    style: str = ""
    link: str = ""


class Sheet:
    """Where lines are written.

    Args:
        out: the stream; painted when it is a terminal, unless ``NO_COLOR`` is set or the terminal
            is ``dumb``.
    """

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        columns = shutil.get_terminal_size((_WIDEST, 24)).columns
        self._width = max(_NARROWEST, min(columns, _WIDEST))
        self._fine = (getattr(out, "encoding", None) or "").lower().startswith("utf")
        self._painted = out.isatty() and not os.environ.get("NO_COLOR") and _understands_paint()

    @property
    def width(self) -> int:
        """How many columns a line has."""
        return self._width

    def line(self, *pieces: str | Piece, indent: int = 0, wrap: bool = True) -> None:
        """Writes a line, or as many as it takes; none has spaces at its end.

        Args:
            pieces: what stands on it, one behind the other; empty ones do not matter.
            indent: spaces before each line.
            wrap: false for a line that stays whole however long it is.
        """
        spans = [self._span(piece) for piece in pieces]
        text = "".join(span.text for span in spans)
        width = self._width - indent if wrap else len(text) * 2
        for start, end in _lines(text, width):
            painted = "".join(self._paint(piece) for piece in _between(spans, start, end))
            self._out.write(" " * indent * bool(painted) + painted + "\n")

    def _span(self, piece: str | Piece) -> Piece:
        text, style, link = Piece(piece) if isinstance(piece, str) else piece
        if not self._fine:
            text = text.translate(_ASCII)
        return Piece(visible(text), style, visible(link))

    def _paint(self, piece: Piece) -> str:
        text = piece.text
        if not self._painted or not text:
            return text
        if piece.style:
            text = f"\x1b[{_CODES[piece.style]}m{text}\x1b[0m"
        if piece.link:
            text = f"\x1b]8;;{piece.link}\x1b\\{text}\x1b]8;;\x1b\\"
        return text


def _understands_paint() -> bool:
    if sys.platform == "win32":
        return "WT_SESSION" in os.environ
    return os.environ.get("TERM", "dumb") != "dumb"


def _between(spans: list[Piece], start: int, end: int) -> Iterator[Piece]:
    """The pieces of a stretch of the whole text."""
    at = 0
    for span in spans:
        text = span.text[max(0, start - at) : max(0, end - at)]
        if text:
            yield span._replace(text=text)
        at += len(span.text)


def _lines(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line of a text starts and ends; a word goes over the edge only if it must."""
    start = end = 0
    for word in _words(text, width):
        if end and cells(text[start : word[1]]) > width:
            yield start, end
            start = word[0]
        end = word[1]
    yield start, end


def _words(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each word is. One wider than a line is cut, unless it is an address."""
    for found in _WORD.finditer(text):
        start, end = found.span()
        if "://" not in found[0]:
            while cells(text[start : min(end, start + width + 1)]) > width:
                cut = start + 1
                while cells(text[start : cut + 1]) <= width:
                    cut += 1
                yield start, cut
                start = cut
        yield start, end


def cells(text: str) -> int:
    """How many columns of a terminal a text takes.

    Args:
        text: any text without control characters.
    """
    if text.isascii():
        return len(text)
    return sum(
        0
        if category(character) in {"Mn", "Me", "Cf"}
        else 1 + (east_asian_width(character) in "WF")
        for character in text
    )
