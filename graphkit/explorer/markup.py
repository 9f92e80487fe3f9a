"""A note's Markdown as HTML whose blocks and links say where they stand.

Written from the parser's own events; what comes out still holds the note's raw HTML, which only
``rendering`` makes safe. How deep it nests and how much of it is raw is bounded here, since what
cleans it takes time by the square of that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from graphkit.model import moment
from graphkit.vault.addresses import is_media
from graphkit.vault.commonmark import PIPE, parser, prepared
from graphkit.vault.placed import placed

if TYPE_CHECKING:
    from graphkit.explorer.destinations import Destinations

_DEEPEST: Final = 60
_MOST_RAW: Final = 2_000
"""Tags of raw HTML, after which it is shown as it is written."""
_SMALLEST_HEADING: Final = 6
_BLOCKS: Final = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "Table": "table",
    "TableRow": "tr",
    "TableHead": "tr",
}
_SPANS: Final = {"Emphasis": "em", "Strong": "strong", "Strikethrough": "del"}
_WRITTEN: Final = {
    "Code": "<code>{}</code>",
    "InlineMath": "<code>{}</code>",
    "DisplayMath": "<code>{}</code>",
    "FootnoteReference": "<sup>{}</sup>",
}
_ANCHOR: Final = re.compile(r"<a(?=\s)", re.IGNORECASE)
_ANCHORS: Final = re.compile(r"<(/?)a(?=[\s/>])", re.IGNORECASE)
_BARE: Final = {"SoftBreak": "\n", "HardBreak": "<br>\n"}


def marked_up(body: str, above: int, video: str | None, leads: Destinations) -> str:
    """A note's body as HTML that is not safe yet.

    Args:
        body: Markdown, without frontmatter.
        above: how many lines of the file stand above it.
        video: the id of the video that the note names.
        leads: where its links lead.
    """
    return _Writer(body, above, video, leads).html()


class _Writer:
    def __init__(self, body: str, above: int, video: str | None, leads: Destinations) -> None:
        self._text = prepared(body)
        self._lines = _line_starts(self._text.encode("utf-8"))
        self._above = above
        self._video = video
        self._leads = leads
        self._links, self._seconds = placed(body, video)
        self._pieces: list[str] = []
        self._ends: list[str] = []
        self._within_link = 0
        self._cell = "td"
        self._begun = False
        self._raw_tags = 0
        self._raw_link = False

    def html(self) -> str:
        """The HTML; to be called once."""
        pieces = self._pieces
        events: Any = parser().events_with_range(self._text)
        for event, span in events:
            if event.__class__ is str:
                rule = f'<hr data-line="{self._line(span["start"])}">\n'
                pieces.append(_BARE.get(event, rule))
                continue
            ((kind, value),) = event.items()
            if kind == "Text":
                pieces.append(self._words(value))
            elif kind == "Start":
                self._start(value, span["start"])
            elif kind == "End":
                self._end(value)
            elif kind in {"Html", "InlineHtml"}:
                pieces.append(self._raw(value, span["start"]))
            elif kind == "TaskListMarker":
                pieces.append("☑ " if value else "☐ ")
            elif kind in _WRITTEN:
                pieces.append(_WRITTEN[kind].format(escape(value.replace(PIPE, "|"))))
        return "".join(pieces)

    def _line(self, byte: int) -> int:
        """The line of the file, from 1, in which a byte stands."""
        return bisect_right(self._lines, byte) + self._above

    def _words(self, text: str) -> str:
        """Text as it is shown: of a link in a table, what stands behind its bar."""
        if PIPE in text:
            text = text.rpartition(PIPE)[2] if self._within_link else text.replace(PIPE, "|")
        if self._begun:  # [[target | alias]]
            text, self._begun = text.lstrip(), False
        return escape(text)

    def _start(self, value: Any, byte: int) -> None:  # noqa: ANN401 - the parser's own
        tag: str
        data: Any
        tag, data = (value, None) if value.__class__ is str else next(iter(value.items()))
        opened = end = ""
        if tag in {"Link", "Image"}:
            opened, end = self._link(tag, data["dest_url"], byte)
            if opened:
                opened = self._closed_raw() + opened
            self._within_link += 1
            self._begun = True
        elif len(self._ends) < _DEEPEST:
            opened, end = self._element(tag, data, byte)
        self._pieces.append(opened)
        self._ends.append(end)

    def _end(self, value: Any) -> None:  # noqa: ANN401 - the parser's own
        if value in ("Link", "Image"):
            self._within_link -= 1
            self._begun = False
        elif value.__class__ is not str or value not in _SPANS:
            self._pieces.append(self._closed_raw())
        self._pieces.append(self._ends.pop())

    def _element(self, tag: str, data: Any, byte: int) -> tuple[str, str]:  # noqa: ANN401
        """How an element begins and ends."""
        line = f' data-line="{self._line(byte)}"'
        if tag in _SPANS:
            return f"<{_SPANS[tag]}>", f"</{_SPANS[tag]}>"
        if tag in _BLOCKS:
            self._cell = "th" if tag == "TableHead" else "td"
            return f"<{_BLOCKS[tag]}{line}>", f"</{_BLOCKS[tag]}>\n"
        if tag == "TableCell":
            return f"<{self._cell}>", f"</{self._cell}>"
        if tag == "Heading":  # the page's own heading is the note's title
            name = f"h{min(int(data['level'][1]) + 1, _SMALLEST_HEADING)}"
            return f"<{name}{line}>", f"</{name}>\n"
        if tag == "List":
            name, start = ("ul", "") if data is None else ("ol", f' start="{data}"')
            return f"<{name}{line}{start}>", f"</{name}>\n"
        if tag == "CodeBlock":
            return f"<pre{line}><code>", "</code></pre>\n"
        if tag == "FootnoteDefinition":
            return f"<div{line}><sup>{escape(data)}</sup> ", "</div>\n"
        return "", ""

    def _link(self, tag: str, address: str, byte: int) -> tuple[str, str]:
        """How a link begins and ends; within another one only its words are shown."""
        link = self._links.get(byte)
        if self._within_link or (link is None and byte not in self._seconds):
            return "", ""
        if link is not None and link.address is None:
            line = link.line + self._above
            found = self._leads.of(link, line)
            if found is not None:
                return _walk(found.target, line, found.resolved_by is not None), "</a>"
        if (shown := self._moment(byte)) is not None:
            return shown, "</a>"
        if link is not None and link.address is not None:
            return f'<a target="_blank" href="{escape(link.address)}">', "</a>"
        kind = "attachment" if tag == "Image" or is_media(address) else "unresolved"
        return f'<span class="{kind}">', "</span>"

    def _moment(self, byte: int) -> str | None:
        """How the link to the moment begins that stands somewhere."""
        address = moment(self._video, self._seconds.get(byte))
        return address and f'<a class="moment" target="_blank" href="{escape(address)}">'

    def _raw(self, html: str, byte: int) -> str:
        """Raw HTML as it is passed on."""
        self._raw_tags += html.count("<")
        if self._raw_tags > _MOST_RAW:
            return escape(html)
        if (shown := self._moment(byte)) is None:
            shown = _ANCHOR.sub('<a target="_blank"', html)
        elif self._within_link:
            return ""
        anchors = _ANCHORS.findall(html)
        self._raw_link = anchors[-1] != "/" if anchors else self._raw_link
        return shown

    def _closed_raw(self) -> str:
        """The end of a raw link that was left open: it would go on through the whole note."""
        end = "</a>" if self._raw_link else ""
        self._raw_link = False
        return end


def _walk(target: str, line: int, resolved: bool) -> str:
    """How a link to another concept begins."""
    kind = "" if resolved else ' class="unresolved"'
    place = f"#concept={quote(target, safe='', errors='replace')}"
    return f'<a{kind} href="{place}" data-concept="{escape(target)}" data-line="{line}">'


def _line_starts(raw: bytes) -> list[int]:
    starts = [0]
    while (end := raw.find(b"\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return starts
