"""What a link stands on: the sentence around it, the time said there, the relation it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.model import LINKS_TO
from graphkit.text import relation_name
from graphkit.vault.blocks import plain
from graphkit.vault.commonmark import CELL, TIME
from graphkit.vault.written import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.vault.blocks import Block, BlockLink, BlockTime

LONGEST_SENTENCE: Final = 4_000
"""Characters after which a sentence is cut."""

_SENTENCE_END = re.compile(
    r"[.!?](?<![.!?]{2})[.!?]*+[\"')\]»”’*_]*+"
    rf"(?:(?:\s*+[\[(]?{TIME}[\])]?)++\s*+|\s++(?=(?P<next>[^\sa-z])))"
)
_CELLS = re.compile(rf"(?:{CELL}\s*+)++")
_OPENERS: Final = frozenset("\"'“‘„«‹([{¡¿" + TIME)
_LAST_WORD = re.compile(r"(\S{1,12})\Z")
_LONGER_THAN_ABBREVIATIONS = 7
_ABBREVIATIONS: Final = frozenset(
    "al. approx. ca. cf. dr. e.g. eq. fig. figs. i.e. jr. mr. mrs. ms. no. p. pp. prof. sec. sr."
    " st. viz. vol. vs.".split()
)
_INITIAL = re.compile(r"[(\[\"'“‘]*(?:[^\W\d_]\.)+\Z")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\Z")
_UNITS = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?\Z")
_KEY = r"[^\W\d_](?:[\w/-]|[ ](?=[\w/-])){0,39}"
_KEY_LINE = re.compile(rf"\s*({_KEY})[ ]?:\s*\Z")
_KEY_FIELD = re.compile(rf"\s*({_KEY})[ ]?::")
_BRACKET_FIELD = re.compile(rf"[\[(]({_KEY})[ ]?::")
_MOST_WORDS_IN_KEY = 4
_DAY: Final = 24 * 3600


def seconds_in(clock: str) -> int | None:
    """Reads a time of a video.

    Args:
        clock: ``HH:MM:SS`` or ``MM:SS`` (brackets around it allowed), ``95``, ``95s`` or
            ``1h1m35s``.

    Returns:
        Whole seconds from the start; None when a clock's minutes or seconds reach 60, the whole
        reaches 24 hours, or it is no time at all.
    """
    text = clock.strip("[]() \t\n")
    if found := _CLOCK.match(text):
        hours, minutes, seconds = int(found[1] or 0), int(found[2]), int(found[3])
        good = hours < 24 and minutes < 60 and seconds < 60  # noqa: PLR2004 - a clock's bounds
        return hours * 3600 + minutes * 60 + seconds if good else None
    if text and (found := _UNITS.match(text)):
        total = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + int(found[3] or 0)
        return total if total < _DAY else None
    return None


def settle_times(times: Sequence[BlockTime]) -> tuple[list[int | None], list[Problem]]:
    """Decides, for all times of a note, which second each means.

    Where the shown text and ``data-t`` disagree the one that parses is taken; if both do, the one
    nearer to the median of the note's times on which both agree; if none does, there is no time.

    Args:
        times: the note's times in order; ``line`` is kept in what is reported.

    Returns:
        Whole seconds (or None) for each, and a problem of rule ``moment`` for each that disagrees
        or cannot be read.
    """
    settled: list[int | None] = []
    doubtful: list[tuple[int, int | None, int | None]] = []
    agreed: list[int] = []
    for place, time in enumerate(times):
        data = seconds_in(time.data) if time.data else None
        if data is not None and time.shown and time.shown.strip("[]() ") == time.data:
            agreed.append(data)
            settled.append(data)
            continue
        shown = seconds_in(time.shown) if time.shown else None
        settled.append(shown if data is None else data)
        if data is not None and data == shown:
            agreed.append(data)
        elif settled[-1] is None or (time.data and time.shown):
            doubtful.append((place, data, shown))
    if not doubtful:
        return settled, []
    agreed.sort()
    median = agreed[len(agreed) // 2] if agreed else None
    problems = []
    for place, data, shown in doubtful:
        if (
            data is not None
            and shown is not None
            and median is not None
            and abs(shown - median) < abs(data - median)
        ):
            settled[place] = shown
        problems.append(_disagreement(times[place], settled[place]))
    return settled, problems


def _disagreement(time: BlockTime, taken: int | None) -> Problem:
    shown = (time.shown or "").strip("[]() \t\n")
    if time.data and shown and shown != time.data:
        what = f"The time shown, {shown}, and the one in the markup, {time.data}, disagree"
    else:
        what = f"{shown or time.data or 'An empty time'} is not a time of a video"
    if taken is None:
        return Problem("moment", time.line, f"{what}; no moment is kept.", None)
    clock = f"{taken // 3600:02}:{taken // 60 % 60:02}:{taken % 60:02}"
    return Problem("moment", time.line, f"{what}; {clock} is taken.", clock)


class Evidence(NamedTuple):
    """What one link of a block stands on; ``time`` is a place in the block's times."""

    sentence: str
    relation: str
    time: int | None
    nearest: bool


def evidence_of(block: Block) -> list[Evidence]:
    """The evidence of each link of a block, in the order of its links.

    Args:
        block: a block as the Markdown reader gives it.

    Returns:
        One ``Evidence`` a link.
    """
    text = block.text
    ends = sentence_ends(text, block.links[-1].end) if block.links else []
    fields = _fields(block)
    beginnings = [field.start for field in fields]
    places = [time.at for time in block.times]
    sentences: dict[tuple[int, int], str] = {}  # thousands of links may share one
    found = []
    for link in block.links:
        number = bisect_right(ends, link.start)
        start = ends[number - 1] if number else 0
        end = ends[number] if number < len(ends) else len(text)
        time, nearest = _time_of(link, block, places, end) if places else (None, False)
        relation = LINKS_TO
        if fields and (last := bisect_right(beginnings, link.start)):
            field = fields[last - 1]
            if link.start < field.end:
                relation = field.relation
                if field.whole_line:
                    start, end = field.start, field.end
        sentence = sentences.get((start, end))
        if sentence is None:
            sentence = sentences[start, end] = plain(text[start:end])[:LONGEST_SENTENCE]
        found.append(Evidence(sentence, relation, time, nearest))
    return found


def _time_of(
    link: BlockLink, block: Block, places: list[int], sentence_end: int
) -> tuple[int | None, bool]:
    after = bisect_left(places, max(link.start, link.end))
    own = bisect_left(places, link.start)
    if own < len(places) and places[own] < link.end:  # the alias is itself the time
        return own, False
    limit = len(block.text) if block.kind == "item" else sentence_end
    if after < len(places) and places[after] < limit:
        return after, False
    nearby = [place for place in (after - 1, after) if 0 <= place < len(places)]
    return min(nearby, key=lambda place: abs(places[place] - link.start)), True


def sentence_ends(text: str, last: int) -> list[int]:
    """Places at which a next sentence begins, in order, up to the first behind ``last``."""
    ends = []
    for found in _SENTENCE_END.finditer(text):
        following = found["next"]
        if following:
            if not (
                following.isupper()
                or following.istitle()
                or following.isdigit()
                or following in _OPENERS
            ):
                continue
            start = found.start()
            if text[start] == "." and _is_abbreviation(text, start + 1):
                continue
        ends.append(found.end())
        if ends[-1] > last:
            break
    if CELL in text:
        ends = sorted({*ends, *(found.end() for found in _CELLS.finditer(text))})
    return ends


def _is_abbreviation(text: str, end: int) -> bool:
    start = end - 1 - _LONGER_THAN_ABBREVIATIONS
    if start >= 0 and text[start : end - 1].isalpha():  # by far the commonest end
        return False
    found = _LAST_WORD.search(text, max(0, end - 12), end)
    if found is None:
        return False
    word = found[1].lstrip("([\"'“‘")
    return word.lower() in _ABBREVIATIONS or _INITIAL.match(word) is not None


class _Field(NamedTuple):
    start: int
    end: int
    relation: str
    whole_line: bool


def _fields(block: Block) -> list[_Field]:
    """The stretches of a block that name a relation for the links in them."""
    text = block.text
    if ":" not in text:
        return []
    spelt = "::" in text
    if not spelt and block.kind not in {"paragraph", "heading"}:
        return []
    fields, done = list[_Field](), -1
    for number, link in enumerate(block.links):
        if link.start < done:
            continue
        start = text.rfind("\n", 0, link.start) + 1
        end = text.find("\n", link.end)
        end = len(text) if end < 0 else end
        done = end
        before = text[start : link.start]
        if spelt and (found := _KEY_FIELD.match(before)):
            fields.append(_Field(start, end, relation_name(found[1]), whole_line=True))
        elif spelt and text.find("::", start, end) >= 0:
            fields += _bracketed(text, start, end)
        elif (
            block.kind in {"paragraph", "heading"}
            and before.rstrip().endswith(":")
            and (found := _KEY_LINE.match(before))
            and len(found[1].split()) <= _MOST_WORDS_IN_KEY
            and _only_links(text, start + found.end(), end, block.links, number)
        ):
            fields.append(_Field(start, end, relation_name(found[1]), whole_line=True))
    return fields


def _bracketed(text: str, start: int, end: int) -> Iterable[_Field]:
    while found := _BRACKET_FIELD.search(text, start, end):
        depth, place = 1, found.end()
        while place < end and depth:
            depth += (text[place] in "[(") - (text[place] in "])")
            place += 1
        yield _Field(found.start(), place, relation_name(found[1]), whole_line=False)
        start = place


def _only_links(text: str, start: int, end: int, links: Sequence[BlockLink], first: int) -> bool:
    """Whether nothing but links stands here; ``first`` is the number of the first of them."""
    rest = []
    for number in range(first, len(links)):
        link = links[number]
        if link.start >= end:
            break
        if start <= link.start and link.end <= end:
            rest.append(text[start : link.start])
            start = link.end
    rest.append(text[start:end])
    return not "".join(rest).strip(f" \t\r\n,;[]{TIME}")
