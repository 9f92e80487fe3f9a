"""Where a note says another's name without linking to it.

Names are title, aliases and file name, in any case, with or without diacritics, in singular or
plural; where names overlap, the longest is meant. Words that link already say nothing here.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.likeness import folded_words, plain_words, singular
from graphkit.saying import WORD, folded_word
from graphkit.text import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from graphkit.model import Link, Text

LONGEST: Final = 5
"""Words of the longest name that is looked for."""
_SHORT: Final = 3
_FEW: Final = 20
_BETWEEN: Final = re.compile(r"[\s_\-–'’/&.+]{1,2}")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"“‘(\[])")
_WITHOUT_SPACES: Final = "\u2e80"
"""From here on are the scripts that set no space between words."""
_TAKEN: Final = "\x00"


class Mention(NamedTuple):
    """A place where a note says another's name.

    Args:
        other: id of the note whose name it is.
        passage: number of the passage, from 0.
        start: place of the name in the passage, from 0.
        written: the name as it is written there.
        sentence: the sentence around it.
    """

    other: str
    passage: int
    start: int
    written: str
    sentence: str


class Passages:
    """A note's passages with the words of its links taken out.

    Args:
        text: what the note says.
        links: the links that start there.
    """

    def __init__(self, text: Text, links: Iterable[Link]) -> None:
        self.whole = text.body.split("\n") if text.body else []
        self.lines: list[int] = [place[0] for place in json.loads(text.places)]
        self.open = list(self.whole)
        self._headings = {heading for heading in text.headings if heading}
        for link in links:
            shown = link.alias or (link.text if link.kind != "property" else "")
            if shown:
                self._take(link.line, shown)

    def _take(self, line: int, shown: str) -> None:
        for number in self.at(line):
            passage = self.open[number]
            found = passage.find(shown)
            if found >= 0:
                gap = _TAKEN * len(shown)
                self.open[number] = passage[:found] + gap + passage[found + len(shown) :]
                return

    def at(self, line: int) -> Iterator[int]:
        """The numbers of the passages that may stand on a line, the likeliest first."""
        before = [number for number, first in enumerate(self.lines) if first <= line]
        if before:
            last = self.lines[before[-1]]
            yield from (number for number in before if self.lines[number] == last)

    def until(self, number: int) -> int | None:
        """The last line on which a passage may stand; None for the note's end."""
        own = self.lines[number]
        return next((max(own, line - 1) for line in self.lines[number:] if line > own), None)

    def prose(self) -> Iterator[tuple[int, str]]:
        """The passages that are no headings, with their numbers."""
        for number, passage in enumerate(self.open):
            if self.whole[number] not in self._headings:
                yield number, passage


def key_of(name: str) -> str:
    """What two spellings of a name have in common: folded words, the last one in the singular."""
    words = folded_words(name.replace("_", " "))
    return " ".join([*words[:-1], singular(words[-1])]) if words else ""


def names_of(text: Text) -> dict[str, str]:
    """The names by which a note is mentioned: each key with the name as the note has it.

    Numbers and single letters are no names to look for.
    """
    file = text.id.rpartition("/")[2].replace("_", " ")
    names: dict[str, str] = {}
    for name in (text.title, *text.aliases, file):
        key = key_of(name)
        if len(key) > 1 and not key.replace(" ", "").isdigit():
            names.setdefault(key, name)
    return names


def wordings(passages: Iterable[str]) -> set[str]:
    """The slugs of everything in some passages that may be a note's name."""
    found = set()
    for passage in passages:
        for start, end in _runs(passage):
            told = slug(passage[start:end])
            found.add(told)
            plain = singular(told)
            found.update((plain, plain + "s"))
            if end - start > 1 and told[0] >= _WITHOUT_SPACES and " " not in told:
                for first in range(len(told)):
                    found.update(told[first : first + size] for size in range(2, 9))
    return found


def _runs(passage: str) -> Iterator[tuple[int, int]]:
    """Runs of words that may be a name, the longest first."""
    spans = [found.span() for found in WORD.finditer(passage)]
    joined = [_joins(passage[one[1] : two[0]]) for one, two in pairwise(spans)]
    for first, (start, _) in enumerate(spans):
        last = first
        while last < len(joined) and joined[last] and last + 1 - first < LONGEST:
            last += 1
        for end in range(last, first - 1, -1):
            yield start, spans[end][1]


def _keyed_runs(passage: str, begins: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Runs of words with their keys, of those only that begin like a name; the longest first."""
    spans = [found.span() for found in WORD.finditer(passage)]
    words = [folded_word(passage[start:end]) for start, end in spans]
    for first, word in enumerate(words):
        if word not in begins and singular(word) not in begins:
            continue
        last = first
        while last + 1 < len(words) and last + 1 - first < LONGEST:
            if not _joins(passage[spans[last][1] : spans[last + 1][0]]):
                break
            last += 1
        for end in range(last, first - 1, -1):
            key = " ".join([*words[first:end], singular(words[end])])
            yield spans[first][0], spans[end][1], key


def _joins(between: str) -> bool:
    return bool(_BETWEEN.fullmatch(between)) and not (
        between[0] in ".+/&" and between[-1:].isspace()
    )


def mentions_in(passages: Passages, named: Mapping[str, Mapping[str, str]]) -> list[Mention]:
    """The places where a note says names of others, by place.

    Args:
        passages: of the note that says them.
        named: for each key the ids of the notes of that name, with the name as they have it.

    Returns:
        Mentions that do not overlap: the longest name is meant. A name of three letters or fewer
        has to be written in its own case.
    """
    unspaced = sorted(
        (key for key in named if key[0] >= _WITHOUT_SPACES and " " not in key),
        key=lambda key: (-len(key), key),
    )
    begins = {key.partition(" ")[0] for key in named}
    stems = [key.removesuffix("y") for key in named]  # which the plurals have too
    found: list[Mention] = []
    for number, passage in passages.prose():
        if len(stems) <= _FEW and not _may_say(passage, stems):
            continue
        behind = 0
        for start, end, key in _keyed_runs(passage, begins):
            notes = named.get(key)
            if start < behind or not notes:
                continue
            written = passage[start:end]
            here = [id_ for id_, name in notes.items() if _may_be(written, name)]
            sentence = _sentence(passages.whole[number], start) if here else ""
            found += [Mention(id_, number, start, written, sentence) for id_ in sorted(here)]
            behind = end if here else behind
        for key in unspaced:
            start = passage.find(key)
            while start >= 0:
                end = start + len(key)
                taken = any(
                    m.passage == number and m.start < end and start < m.start + len(m.written)
                    for m in found
                )
                if not taken:
                    sentence = _sentence(passages.whole[number], start)
                    found += [Mention(id_, number, start, key, sentence) for id_ in named[key]]
                start = passage.find(key, end)
    return sorted(found, key=lambda m: (m.passage, m.start, m.other))


def _may_say(passage: str, stems: Iterable[str]) -> bool:
    """A first look that costs little: whether any stem of a name stands in a passage."""
    plain = plain_words(passage)
    if plain is None:
        return True
    said = " ".join(plain.split())
    return any(stem in said for stem in stems)


def _may_be(written: str, name: str) -> bool:
    return len(name) > _SHORT or written == name or written[:-1] == name


def _sentence(passage: str, start: int) -> str:
    """The sentence of a passage in which a place stands."""
    first = 0
    for end in _SENTENCE_END.finditer(passage):
        if end.start() > start:
            return passage[first : end.start()]
        first = end.end()
    return passage[first:]


def placed(
    lines: Sequence[str], written: str, first: int, last: int | None
) -> tuple[int, int] | None:
    """Where words stand in a note's file.

    Args:
        lines: of the note's file, blanked where no link can be written.
        written: the words, on one line.
        first: the first line to look on, from 1.
        last: the last one; None for the file's end.

    Returns:
        Line and column, both from 1; None where they stand nowhere as prose.
    """
    told = r"\s+".join(re.escape(word) for word in written.split())
    edge = "" if written[0] >= _WITHOUT_SPACES else r"(?<![^\W_])"
    behind = "" if written[-1] >= _WITHOUT_SPACES else r"(?![^\W_])"
    pattern = re.compile(f"{edge}{told}{behind}")
    for line in range(max(first, 1), min(last or len(lines), len(lines)) + 1):
        if found := pattern.search(lines[line - 1]):
            return line, found.start() + 1
    return None


def most_saying(notes: int) -> int:
    """How many notes may say a name of one word before it is an ordinary word of the vault."""
    return max(5, min(notes // 2, 100), notes // 8)
