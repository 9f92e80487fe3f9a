"""Blocks of text with the links and times that stand in them, from Markdown's own events.

What is a link and what is code, math, HTML or a comment is decided by pulldown-cmark (through
pyromark), never by a pattern over text. This module knows nothing of sentences or of notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from graphkit.vault.blocks import Block, plain
from graphkit.vault.commonmark import CELL, parser, prepared
from graphkit.vault.inline import InlineReader

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_HEADING: Final = 400
"""Characters after which a heading is cut in the chain that stands above other blocks."""

_WORDS = frozenset({"Code", "InlineMath", "DisplayMath"})


class MarkdownReader(InlineReader):
    """Reads one Markdown text into blocks.

    Args:
        text: the Markdown, without frontmatter.
        video: the id of the video that the note names, to know links to it.

    After ``blocks()`` the tags of the text stand in ``tags``, folded, in the order of their
    first use, and the words of every heading in ``headings``.
    """

    def __init__(self, text: str, *, video: str | None = None) -> None:
        self._text = prepared(text)
        super().__init__(self._text.encode("utf-8"), video)
        self.headings: list[str] = []
        self._containers: list[bool] = []
        self._above: list[tuple[int, str]] = []
        self._chain: str | None = None
        self._in_item = False
        self._done: list[Block] = []

    def blocks(self) -> list[Block]:
        """The blocks in the order of the text; to be called once."""
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
            value = event[kind]
            if kind == "Text":
                if "#" in value or self._swallow >= 0 or not pieces:
                    self._on_text(value, span["start"])
                else:
                    pieces.append(value)
            elif kind == "End":
                end = ends.get(value if value.__class__ is str else next(iter(value)))
                if end is not None:
                    end(self, value, span)
            elif kind == "Start":
                start = starts.get(value if value.__class__ is str else next(iter(value)))
                if start is not None:
                    start(self, value, span)
            elif kind == "InlineHtml":
                self._on_html(value, span["start"])
            elif kind in _WORDS:
                self._add(value, span["start"])
        self._flush("paragraph")
        return self._done

    def _flush(self, kind: str) -> None:
        """Ends the open block, and keeps it if there is something in it to keep."""
        if self._open_time:
            self._close_time()
        pieces = self._pieces
        if pieces or self._links:
            line = self.line_at(self._start)
            text = "".join(pieces)
            self._done.append(Block(kind, text, self._chain, line, *self._taken()))
        pieces.clear()
        if self._open_links:
            self._open_links.clear()
        self._too_deep = 0

    def _flush_inner(self) -> None:
        """Ends the block that is open, if any: nearly always there is none."""
        if self._pieces or self._links or self._open_time:
            self._flush("item" if self._in_item else "paragraph")

    def _start_container(self, value: Any, _span: dict[str, int]) -> None:  # noqa: ANN401
        self._flush_inner()
        self._in_item = value == "Item"
        self._containers.append(self._in_item)

    def _end_container(self, _value: object, _span: dict[str, int]) -> None:
        self._flush_inner()
        if self._containers:
            self._containers.pop()
        self._in_item = bool(self._containers) and self._containers[-1]

    def _start_paragraph(self, _value: object, _span: dict[str, int]) -> None:
        if self._pieces and self._in_item:
            self._pieces.append(CELL)

    def _end_paragraph(self, _value: object, _span: dict[str, int]) -> None:
        if not self._in_item:
            self._flush("paragraph")

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
        "Link": InlineReader._start_link,  # noqa: SLF001 - its own base class
        "Image": InlineReader._start_link,  # noqa: SLF001
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
        "Link": InlineReader._end_link,  # noqa: SLF001
        "Image": InlineReader._end_link,  # noqa: SLF001
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
