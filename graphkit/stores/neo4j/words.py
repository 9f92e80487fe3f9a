"""Names and texts as the full-text indexes hold them, and what is asked of those indexes.

Each index is filled with words that are cut and folded here, and not by an analyser of the server:
so a word is the same word on every store.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from graphkit.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_SLUG: Final = 1_000
"""Characters; a term of more than 32,766 bytes stops the server's database for good."""
_MOST_PAIRS: Final = 250
_SPECIAL = re.compile(r'([+\-!(){}\[\]^"~*?:\\/&|\s])')


class _Pairs(dict[str, str]):
    """A word for each pair of characters; filled as they are met."""

    def __missing__(self, pair: str) -> str:
        told = f"{ord(pair[0]):x}x{ord(pair[1]):x}"
        if pair.isascii():
            self[pair] = told
        return told


_PAIRS: Final = _Pairs()


class _Cut(dict[int, str]):
    """What becomes of each character of a text that is cut into words; filled as they are met."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        told = character if character.isalnum() else "" if combining(character) else " "
        self[number] = told
        return told


_CUT: Final = _Cut()
_CUT_ASCII: Final = bytes(
    ord(chr(number).lower()) if chr(number).isalnum() else ord(" ") for number in range(128)
).ljust(256)


def slugs_of(names: Iterable[str]) -> list[str]:
    """The slugs of names, as they are indexed: each once, in order, and cut where very long."""
    return sorted({cut_slug(name) for name in names})


def cut_slug(text: str) -> str:
    """A text's slug, as it is indexed."""
    return slug(text)[:_LONGEST_SLUG]


def spellings_of(slugs: Iterable[str]) -> str:
    """The pairs of neighbouring characters in some slugs, as words: what near-spellings share."""
    return " ".join(sorted({pair for told in slugs for pair in _pairs(told)}))


def _pairs(told: str) -> set[str]:
    framed = f" {told} "
    return {_PAIRS[pair] for pair in map(str.__add__, framed, framed[1:])}


def words_of(text: str) -> str:
    """A text's words: folded, without diacritics, one space between two."""
    if text.isascii():
        return _plain_words(text)
    # A line at a time, since most lines of a text are plain, and those are several times faster.
    lines = text.split("\n")
    told = [_plain_words(line) if line.isascii() else _all_words(line) for line in lines]
    return " ".join(filter(None, told))


def _plain_words(text: str) -> str:
    return " ".join(text.encode().translate(_CUT_ASCII).decode().split())


def _all_words(text: str) -> str:
    folded = normalize("NFKD", text.casefold()).casefold()
    return " ".join(folded.translate(_CUT).split())


def exactly(texts: Iterable[str]) -> str:
    """A query for names whose slug is that of one of some texts; empty where there is none."""
    return " OR ".join(sorted({_quoted(told) for text in texts if (told := cut_slug(text))}))


def beginning(text: str) -> str:
    """A query for names whose slug begins like that of a text."""
    return f"{_quoted(cut_slug(text))}*"


def nearly(text: str) -> str:
    """A query for names that share pairs of characters with a text."""
    return " OR ".join(sorted(_pairs(cut_slug(text)))[:_MOST_PAIRS])


def _quoted(told: str) -> str:
    return _SPECIAL.sub(r"\\\1", told)
