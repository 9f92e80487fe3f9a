"""What stands in one block: its words, links and times, from the parser's inline events.

Places are kept as numbers of pieces while a block is open and become places in its text when it
ends. What is a block is ``markdown``'s business.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, Final

from graphkit.text import fold
from graphkit.vault.addresses import is_external, is_media, moment_in_address, video_in
from graphkit.vault.blocks import BlockLink, BlockTime
from graphkit.vault.commonmark import PIPE, TIME

_BALANCED = r"\((?:[^\s()]|{})*+\)"
_DESTINATION = re.compile(
    _BALANCED.format(_BALANCED.format(_BALANCED.format(r"\(\)"))).encode("ascii")
)
_DEEPEST_LINKS: Final = 16

_DATA_T = re.compile(r"data-t(?<![\w-]data-t)\s*+=\s*+[\"']?([^\"'>\s]*)")
_LINK_TAG: Final = frozenset({"<a", "<A"})
_BREAK = re.compile(r"<br\s*+/?>", re.IGNORECASE)
_TIME_ONLY = re.compile(r"\s*+[\[(]*+\s*+(?:\d{1,3}:)?\d{1,3}:\d{2}\s*+[\])]*+\s*+\Z")
_TAG = re.compile(r"(?<![\w/#&])#([\w/-]+)")


_Link = tuple[int, int, str, bool, str, str | None, int]
"""First piece, piece behind the last, form, embed, target, alias, byte."""
_Time = tuple[int, str | None, str | None, int]
"""The piece that stands for it, what the markup says, what is shown, byte."""


class InlineReader:
    """The block that is open, and what was found in it so far.

    Args:
        raw: the text that is parsed, in UTF-8: events name places in it.
        video: the id of the video that the note names, to know links to it.
    """

    def __init__(self, raw: bytes, video: str | None) -> None:
        self.tags: dict[str, None] = {}
        self._raw = raw
        self._video = video
        self._pieces: list[str] = []
        self._start = 0
        self._links: list[_Link] = []
        self._times: list[_Time] = []
        self._open_links: list[tuple[dict[str, Any], int, int]] = []
        self._too_deep = 0
        self._open_time: tuple[str, int, int] | None = None
        self._swallow = -1
        self._destination_end = 0
        self._coding = False
        self._line, self._line_start, self._line_end = 1, 0, raw.find(b"\n")

    def line_at(self, byte: int) -> int:
        """The line, counted from 1, in which this byte of the Markdown stands."""
        start, end = self._line_start, self._line_end
        if start <= byte and (byte <= end or end < 0):
            return self._line
        if byte >= start:
            self._line += self._raw.count(b"\n", start, byte)
        else:
            self._line -= self._raw.count(b"\n", byte, start)
        self._line_start = self._raw.rfind(b"\n", 0, byte) + 1
        self._line_end = self._raw.find(b"\n", byte)
        return self._line

    def _taken(self) -> tuple[list[BlockLink], list[BlockTime]]:
        """The open block's links and times, with their places in its text."""
        if not self._links and not self._times:
            return [], []
        at = [0, *accumulate(map(len, self._pieces))]
        line_at = self.line_at
        times = [BlockTime(at[p], data, shown, line_at(b)) for p, data, shown, b in self._times]
        links = [
            BlockLink(at[start], at[end], form, embed, target, alias, line_at(byte))
            for start, end, form, embed, target, alias, byte in self._links
        ]
        self._links.clear()
        self._times.clear()
        return links, times

    # words

    def _add(self, piece: str, byte: int) -> None:
        if not self._pieces:
            self._start = byte
        self._pieces.append(piece)

    def _on_text(self, piece: str, byte: int) -> None:
        """Takes in a text with something to look for: a tag, or a last bracket."""
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

    # times

    def _on_html(self, html: str, byte: int) -> None:
        if html == "</a>" or html[:3].lower() == "</a":
            if self._open_time:
                self._close_time()
        elif html[:2] in _LINK_TAG and html[2].isspace() and (found := _DATA_T.search(html)):
            if self._open_time:
                self._close_time()
            self._open_time = (found[1], len(self._pieces), byte)
        elif _BREAK.match(html):
            self._add("\n", byte)

    def _close_time(self) -> None:
        if self._open_time is None:
            return
        data, piece, byte = self._open_time
        self._open_time = None
        pieces = self._pieces
        shown = pieces[piece] if len(pieces) == piece + 1 else "".join(pieces[piece:])
        across = self._open_links and self._open_links[-1][1] > piece  # begins in, ends outside
        if not across and (_TIME_ONLY.match(shown) or not shown.strip("[]() ")):
            self._cut(piece)
        else:  # words between the tags stay words
            shown = ""
        self._time(data, shown or None, byte)

    def _time(self, data: str | None, shown: str | None, byte: int) -> None:
        pieces = self._pieces
        if not pieces:
            self._start = byte
        self._times.append((len(pieces), data, shown, byte))
        pieces.append(TIME)

    def _cut(self, piece: int) -> None:
        """Takes back the words from here on, and what stood in them."""
        del self._pieces[piece:]
        while self._times and self._times[-1][0] >= piece:
            self._times.pop()
        if self._links and self._links[-1][1] > piece:
            self._links[:] = [
                (min(link[0], piece), min(link[1], piece), *link[2:]) for link in self._links
            ]
        if self._open_time and self._open_time[1] > piece:
            self._open_time = (self._open_time[0], piece, self._open_time[2])

    # links

    def _start_link(self, value: dict[str, Any], span: dict[str, int]) -> None:
        if len(self._open_links) < _DEEPEST_LINKS:
            self._open_links.append((value, len(self._pieces), span["start"]))
        else:  # an image's words may hold images: each level reads its words again
            self._too_deep += 1

    def _end_link(self, _value: object, span: dict[str, int]) -> None:
        if self._too_deep or not self._open_links:
            self._too_deep = max(0, self._too_deep - 1)
            return
        opened, start, byte = self._open_links.pop()
        pieces = self._pieces
        if not pieces:  # an image may be all that there is
            self._start = byte
        embed = "Image" in opened
        data = opened["Image" if embed else "Link"]
        words = pieces[start] if len(pieces) == start + 1 else "".join(pieces[start:])
        target: str = data["dest_url"]
        alias: str | None = words
        told = None
        if data["link_type"].__class__ is dict:
            form = "wiki"
            end = span["end"]
            wiki = self._wiki(data, words, end)
            if wiki is None:
                return
            target, alias = wiki
            if self._raw[end : end + 1] == b"(":
                self._find_destination(end)
            if alias is not None and TIME in alias:
                alias = alias.replace(TIME, self._times[-1][2] or "" if self._times else "")
            elif alias is not None and alias.strip() != words:  # a pipe, a last bracket, spaces
                words = alias.strip()
                self._cut(start)
                self._add(words, byte)
        else:
            form = "markdown"
            told = moment_in_address(target, self._video)
            if data["link_type"] == "Email":
                target = "mailto:" + target
        if alias and ":" in alias and _TIME_ONLY.match(words) and not self._elsewhere(target):
            self._cut(start)
            self._time(told, words, byte)
        elif told:
            self._time(told, None, byte)
        elif embed and (is_media(target) or is_external(target)):
            self._cut(start)
        if byte < self._destination_end and form == "markdown":
            return
        if alias:
            alias = " ".join(alias.replace(TIME, "").split()) or None
        self._links.append((start, len(pieces), form, embed, target, alias or None, byte))

    def _elsewhere(self, target: str) -> bool:
        """Whether an address is that of another video than the note's."""
        return (video_in(target) or self._video) != self._video

    def _find_destination(self, end: int) -> None:
        """Marks the parentheses right behind a wiki-link: no further link is looked for there.

        To CommonMark ``[[x]](y)`` is one link with a destination, so what stands in it belongs
        to the wiki-link.
        """
        if end >= self._destination_end and (found := _DESTINATION.match(self._raw, end)):
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
        if "[" in target or "]" in target or "\n" in target or "\r" in target:
            return None
        if alias and alias.count("[") > alias.count("]") and self._raw[end : end + 1] == b"]":
            alias += "]"
            self._swallow = end
        return target, alias
