"""Blocks of text with the links and times that stand in them, from Markdown's own events.

What is a link and what is code, math, HTML or a comment is decided by pulldown-cmark (through
pyromark), never by a pattern over text. This module knows nothing of sentences or of notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final

from graphkit.text import fold
from graphkit.vault.addresses import is_external, is_media, moment_in_address, video_in
from graphkit.vault.blocks import Block, BlockLink, BlockTime, plain
from graphkit.vault.commonmark import CELL, PIPE, TIME, parser, prepared

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_HEADING: Final = 400
"""Characters after which a heading is cut in the chain that stands above other blocks."""

_NOT_IN_TARGET = re.compile(r"[\[\]\r\n]")
_BALANCED = r"\((?:[^\s()]|{})*+\)"
_DESTINATION = re.compile(
    _BALANCED.format(_BALANCED.format(_BALANCED.format(r"\(\)"))).encode("ascii")
)
_DEEPEST_LINKS = 16
_WORDS = frozenset({"Code", "InlineMath", "DisplayMath"})

_DATA_T = re.compile(r"\bdata-t\s*+=\s*+[\"']?([^\"'>\s]*)", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*+/?>", re.IGNORECASE)
_TIME_ONLY = re.compile(r"\s*+[\[(]*+\s*+(?:\d{1,3}:)?\d{1,3}:\d{2}\s*+[\])]*+\s*+\Z")
_TAG = re.compile(r"(?<![\w/#&])#([\w/-]+)")


class MarkdownReader:
    """Reads one Markdown text into blocks.

    Args:
        text: the Markdown, without frontmatter.
        video: the id of the video that the note names, to know links to it.
        everything: true to give back every block; else those with links or times, and the
            paragraphs and items up to the first one that can be a summary.

    After ``blocks()`` the tags of the text stand in ``tags``, folded, in the order of their
    first use, and the words of every heading in ``headings``.
    """

    def __init__(self, text: str, *, video: str | None = None, everything: bool = False) -> None:
        self.tags: dict[str, None] = {}
        self.headings: list[str] = []
        self._text = prepared(text)
        self._raw = b""
        self._video = video
        self._everything = everything
        self._pieces: list[str] = []
        self._measured = self._measured_width = 0
        self._start = 0
        self._links: list[BlockLink] = []
        self._times: list[BlockTime] = []
        self._open_links: list[tuple[dict[str, Any], int, int, int]] = []
        self._too_deep = 0
        self._open_time: tuple[str, int, int, int] | None = None
        self._swallow = -1
        self._destination_end = 0
        self._coding = False
        self._containers: list[str] = []
        self._above: list[tuple[int, str]] = []
        self._chain: str | None = None
        self._line, self._line_byte = 1, 0
        self._summarised = False
        self._done: list[Block] = []

    def blocks(self) -> list[Block]:
        """The blocks in the order of the text; to be called once."""
        self._raw = self._text.encode("utf-8")
        merged = "\\#" not in self._text  # an escaped # is told from a tag by where its text starts
        pieces, starts, ends = self._pieces, self._STARTS, self._ENDS
        events: Any = parser().events_with_range(self._text, merge_text=merged)
        for event, span in events:
            if event.__class__ is str:
                if event != "Rule":
                    self._add("\n", span["start"])
                continue
            for kind in event:  # noqa: B007 - its only key
                break
            if kind == "Text":
                piece = event["Text"]
                if "#" in piece or span["start"] == self._swallow:
                    self._on_text(piece, span["start"])
                elif pieces:
                    pieces.append(piece)
                else:
                    self._add(piece, span["start"])
            elif kind == "End":
                value = event["End"]
                end = ends.get(value if value.__class__ is str else next(iter(value)))
                if end is not None:
                    end(self, value, span)
            elif kind == "Start":
                value = event["Start"]
                start = starts.get(value if value.__class__ is str else next(iter(value)))
                if start is not None:
                    start(self, value, span)
            elif kind == "InlineHtml":
                self._on_html(event["InlineHtml"], span["start"])
            elif kind in _WORDS:
                self._add(event[kind], span["start"])
        self._flush("paragraph")
        return self._done

    def line_at(self, byte: int) -> int:
        """The line, counted from 1, in which this byte of the Markdown stands."""
        last = self._line_byte
        if byte >= last:
            self._line += self._raw.count(b"\n", last, byte)
        else:
            self._line -= self._raw.count(b"\n", byte, last)
        self._line_byte = byte
        return self._line

    # inline

    def _add(self, piece: str, byte: int) -> None:
        if not self._pieces:
            self._start = byte
        self._pieces.append(piece)

    def _width(self) -> int:
        """The length of the block's text so far."""
        pieces = self._pieces
        if self._measured < len(pieces):
            self._measured_width += sum(map(len, pieces[self._measured :]))
            self._measured = len(pieces)
        return self._measured_width

    def _on_text(self, piece: str, byte: int) -> None:
        if byte == self._swallow:
            piece = piece[1:]
            self._swallow = -1
        if "#" in piece and not self._coding and not self._open_links:
            self._find_tags(piece, byte)
        self._add(piece, byte)

    def _find_tags(self, piece: str, byte: int) -> None:
        for found in _TAG.finditer(piece):
            if found.start() == 0 and (self._raw[byte - 1 : byte] == b"\\" or self._joined()):
                continue
            tag = found[1].strip("/")
            if tag and not tag.replace("/", "").isdigit():
                self.tags.setdefault(fold(tag))

    def _joined(self) -> bool:
        last = self._pieces[-1] if self._pieces else ""
        return bool(last) and (last[-1].isalnum() or last[-1] in "_/#&")

    def _on_html(self, html: str, byte: int) -> None:
        if self._open_time and html[:3].lower() == "</a":
            self._close_time()
        elif (
            "data-t" in html
            and html[:2] in {"<a", "<A"}
            and html[2].isspace()
            and (found := _DATA_T.search(html))
        ):
            self._close_time()
            self._open_time = (found[1], len(self._pieces), self._width(), byte)
        elif _BREAK.match(html):
            self._add("\n", byte)

    def _close_time(self) -> None:
        if self._open_time is None:
            return
        data, piece, at, byte = self._open_time
        self._open_time = None
        shown = "".join(self._pieces[piece:])
        across = self._open_links and self._open_links[-1][1] > piece  # begins in, ends outside
        if not across and (_TIME_ONLY.match(shown) or not shown.strip("[]() ")):
            self._cut(piece, at)
        else:  # words between the tags stay words
            at, shown = self._width(), ""
        self._time(at, data, shown or None, byte)

    def _time(self, at: int, data: str | None, shown: str | None, byte: int) -> None:
        self._add(TIME, byte)
        self._times.append(BlockTime(at, data, shown, self.line_at(byte)))

    def _cut(self, piece: int, width: int) -> None:
        """Takes back the words from here on, and what stood in them."""
        del self._pieces[piece:]
        self._measured, self._measured_width = piece, width
        while self._times and self._times[-1].at >= width:
            self._times.pop()
        if self._open_time and self._open_time[1] > piece:
            self._open_time = (self._open_time[0], piece, width, self._open_time[3])

    def _start_link(self, value: dict[str, Any], span: dict[str, int]) -> None:
        if len(self._open_links) < _DEEPEST_LINKS:
            self._open_links.append((value, len(self._pieces), self._width(), span["start"]))
        else:  # an image's words may hold images: each level reads its words again
            self._too_deep += 1

    def _end_link(self, _value: object, span: dict[str, int]) -> None:
        if self._too_deep or not self._open_links:
            self._too_deep = max(0, self._too_deep - 1)
            return
        opened, piece, start, byte = self._open_links.pop()
        if not self._pieces:  # an image may be all that there is
            self._start = byte
        embed = "Image" in opened
        data = opened["Image" if embed else "Link"]
        words = "".join(self._pieces[piece:])
        target: str = data["dest_url"]
        alias: str | None = words
        told = None
        if data["link_type"].__class__ is dict:
            form = "wiki"
            wiki = self._wiki(data, words, span["end"])
            if wiki is None:
                return
            target, alias = wiki
            self._find_destination(span["end"])
            if alias is not None and TIME in alias:
                alias = alias.replace(TIME, self._times[-1].shown or "" if self._times else "")
            elif alias is not None and alias.strip() != words:  # a pipe, a last bracket, spaces
                words = alias.strip()
                self._cut(piece, start)
                self._add(words, byte)
        else:
            form = "markdown"
            told = moment_in_address(target, self._video)
            if data["link_type"] == "Email":
                target = "mailto:" + target
        if alias and ":" in alias and _TIME_ONLY.match(words) and not self._elsewhere(target):
            self._cut(piece, start)
            self._time(start, told, words, byte)
        elif told:
            self._time(start + len(words), told, None, byte)
        elif embed and (is_media(target) or is_external(target)):
            self._cut(piece, start)
        if form == "markdown" and byte < self._destination_end:
            return
        if alias:
            alias = " ".join(alias.replace(TIME, "").split())
        line = self.line_at(byte)
        self._links.append(
            BlockLink(start, self._width(), form, embed, target, alias or None, line)
        )

    def _elsewhere(self, target: str) -> bool:
        """Whether an address is that of another video than the note's."""
        return (video_in(target) or self._video) != self._video

    def _find_destination(self, end: int) -> None:
        """Marks the parentheses right behind a wiki-link: no further link is looked for there.

        To CommonMark ``[[x]](y)`` is one link with a destination, so what stands in it belongs
        to the wiki-link.
        """
        if self._raw[end : end + 1] != b"(" or end < self._destination_end:
            return
        if found := _DESTINATION.match(self._raw, end):
            self._destination_end = found.end()

    def _wiki(self, data: dict[str, Any], shown: str, end: int) -> tuple[str, str | None] | None:
        """Target and alias of a wiki-link; None when brackets or a newline are in the target."""
        target, alias = data["dest_url"], None
        if data["link_type"]["WikiLink"]["has_pothole"]:
            alias = shown
            target = target.removesuffix("\\")
        elif PIPE in target:
            target, _, alias = target.partition(PIPE)
            alias = alias.replace(PIPE, "|")
        if _NOT_IN_TARGET.search(target):
            return None
        if alias and alias.count("[") > alias.count("]") and self._raw[end : end + 1] == b"]":
            alias += "]"
            self._swallow = end
        return target, alias

    # blocks

    def _flush(self, kind: str) -> None:
        if self._open_time:
            self._close_time()
        if self._pieces or self._links:
            links, self._links = self._links, []
            times, self._times = self._times, []
            wanted = self._everything or links or times
            if wanted or not (self._summarised or kind in {"code", "heading"}):
                text = "".join(self._pieces)
                line = self.line_at(self._start)
                self._done.append(Block(kind, text, self._chain, line, links, times))
                if kind == "paragraph" and not text.rstrip().endswith(":") and not links:
                    self._summarised = True
            self._pieces.clear()
            self._measured = self._measured_width = 0
        self._open_links.clear()
        self._too_deep = 0

    def _flush_inner(self) -> None:
        """Ends the block that is open, if any: nearly always there is none."""
        if self._pieces or self._links or self._open_time:
            self._flush(self._inner())

    def _inner(self) -> str:
        return "item" if self._containers and self._containers[-1] == "item" else "paragraph"

    def _start_paragraph(self, _value: object, span: dict[str, int]) -> None:
        if self._inner() == "item" and self._pieces:
            self._add(CELL, span["start"])

    def _end_paragraph(self, _value: object, _span: dict[str, int]) -> None:
        if self._inner() != "item":
            self._flush("paragraph")

    def _start_container(self, value: Any, _span: dict[str, int]) -> None:  # noqa: ANN401
        self._flush_inner()
        self._containers.append("item" if value == "Item" else "other")

    def _end_container(self, _value: object, _span: dict[str, int]) -> None:
        self._flush_inner()
        if self._containers:
            self._containers.pop()

    def _start_block(self, _value: object, _span: dict[str, int]) -> None:
        self._flush_inner()

    def _end_heading(self, value: dict[str, str], _span: dict[str, int]) -> None:
        level, above = int(value["Heading"][1]), self._above
        while above and above[-1][0] >= level:
            above.pop()
        self._chain = above[-1][1] if above else None
        text = plain("".join(self._pieces))
        self._flush("heading")
        if text:
            self.headings.append(text)
            text = text[:LONGEST_HEADING]
            self._chain = f"{self._chain} > {text}" if self._chain else text
            above.append((level, self._chain))

    def _start_code(self, _value: object, _span: dict[str, int]) -> None:
        self._flush_inner()
        self._coding = True

    def _end_code(self, _value: object, _span: dict[str, int]) -> None:
        self._coding = False
        self._flush("code")

    def _end_cell(self, _value: object, span: dict[str, int]) -> None:
        self._add(CELL, span["end"])

    def _end_row(self, _value: object, _span: dict[str, int]) -> None:
        self._flush("row")

    # which handler belongs to which tag

    _STARTS: ClassVar[dict[str, Callable[[Any, Any, dict[str, int]], None]]] = {
        "Link": _start_link,
        "Image": _start_link,
        "Paragraph": _start_paragraph,
        "Item": _start_container,
        "BlockQuote": _start_container,
        "FootnoteDefinition": _start_container,
        "List": _start_block,
        "Heading": _start_block,
        "Table": _start_block,
        "HtmlBlock": _start_block,
        "CodeBlock": _start_code,
    }
    _ENDS: ClassVar[dict[str, Callable[[Any, Any, dict[str, int]], None]]] = {
        "Link": _end_link,
        "Image": _end_link,
        "Paragraph": _end_paragraph,
        "Item": _end_container,
        "BlockQuote": _end_container,
        "FootnoteDefinition": _end_container,
        "Heading": _end_heading,
        "CodeBlock": _end_code,
        "TableCell": _end_cell,
        "TableHead": _end_row,
        "TableRow": _end_row,
    }
