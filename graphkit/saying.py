"""What is searched for, which notes say most of it, and where. Knows nothing of stores."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar
from unicodedata import combining, normalize

from graphkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Id = TypeVar("Id", str, int)
_TOKEN = re.compile(r'-?"[^"]*"|\S+')
WORD: Final = re.compile(r"[^\W_]+")
"""What a word is."""
_LONGEST_SNIPPET: Final = 240
AS_BEFORE: Final = 0
"""Stands for the heading of the passage before."""


class Phrase(NamedTuple):
    """Words that are looked for next to each other, as they were typed.

    Args:
        words: one at least.
        begins: whether the last one is only the beginning of a word.
        unwanted: whether no note is wanted that says it.
    """

    words: tuple[str, ...]
    begins: bool
    unwanted: bool


def phrases_of(query: str) -> list[Phrase]:
    """What a person looks for.

    Args:
        query: words that must all occur, ``"a phrase"``, ``begin*``, ``-not``.

    Raises:
        UsageError: there is no word in it to look for.
    """
    found = []
    for token in _TOKEN.findall(query):
        unwanted = token.startswith("-") and len(token) > 1
        bare = token.lstrip("-") if unwanted else token
        if words := tuple(WORD.findall(bare)):
            found.append(Phrase(words, bare.endswith("*"), unwanted))
    if all(phrase.unwanted for phrase in found):
        raise UsageError(
            f"There is no word to look for in {query!r}.", 'Give words, "a phrase" or begin*.'
        )
    return found


def words_wanted(phrases: Iterable[Phrase]) -> list[str]:
    """The words to look for in a note's passages, folded; ``*`` ends the beginning of a word."""
    words = []
    for phrase in phrases:
        if not phrase.unwanted:
            words += [folded_word(word) for word in phrase.words]
            words[-1] += "*" * phrase.begins
    return words


def folded_word(word: str) -> str:
    """A word as the full text has it: folded, without diacritics."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in normalize("NFKD", word.casefold()) if not combining(c))


def summed(saying: Mapping[str, Iterable[Id]], weights: Mapping[str, float]) -> dict[Id, float]:
    """For each note the sum of the weights of the words that it says.

    Args:
        saying: for each word the notes that say it, by id or number.
        weights: of the words.
    """
    sums: defaultdict[Id, float] = defaultdict(float)
    for word, notes in saying.items():
        weight = weights[word]
        for note in notes:
            sums[note] += weight
    return sums


def heaviest(weights: Mapping[str, float], limit: int) -> list[str]:
    """The ids that weigh most, ties by id.

    Args:
        weights: by id.
        limit: the most ids to give back.
    """
    return sorted(weights, key=lambda id_: (-weights[id_], id_))[:limit]


def place_of(places: str, number: int) -> tuple[int, str | None, int | None]:
    """Where a passage stands.

    Args:
        places: JSON: for each passage its line, the chain of headings above it (``AS_BEFORE``
            where it is that of the passage before) and its first second of the video.
        number: the passage's, from 0.

    Returns:
        Line, heading and second.
    """
    told = json.loads(places)
    line, heading, second = told[number]
    while heading == AS_BEFORE:
        number -= 1
        heading = told[number][1]
    return line, heading, second


def best_place(passages: list[str], words: list[str]) -> tuple[int, str] | None:
    """The passage with the most of the words, and the piece of it around the first of them."""
    whole = {word for word in words if not word.endswith("*")}
    begun = tuple({word[:-1] for word in words if word.endswith("*")})
    wanted = len(whole) + len(begun)
    best, most, first = None, 0, 0
    for place, passage in enumerate(passages):
        said: dict[str, int] = {}
        for found in WORD.finditer(passage):
            word = folded_word(found[0])
            if word in whole:
                said.setdefault(word, found.start())
            for start in begun:
                if word.startswith(start):
                    said.setdefault(start + "*", found.start())
        if len(said) > most:
            best, most, first = place, len(said), min(said.values())
            if most == wanted:
                break
    return None if best is None else (best, _cut(passages[best], first))


def _cut(passage: str, first: int) -> str:
    """A passage, or the piece of it around a place where it is long."""
    if len(passage) <= _LONGEST_SNIPPET:
        return passage
    start = max(0, first - _LONGEST_SNIPPET // 3)
    start = passage.rfind(" ", 0, start) + 1 if start else 0
    end = start + _LONGEST_SNIPPET
    end = passage.rfind(" ", first, end) if end < len(passage) else len(passage)
    end = end if end > first else start + _LONGEST_SNIPPET
    cut = passage[start:end].strip()
    return ("… " if start else "") + cut + (" …" if end < len(passage) else "")
