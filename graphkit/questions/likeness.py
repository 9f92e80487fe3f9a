"""How alike two notes are by their words: texts as weighted words. Knows nothing of links.

The weights are TF-IDF's (Salton and Buckley, 1988): a word counts 1 + ln of how often a note says
it, title and aliases counted twice more and headings once more, times ln of how few notes say it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import hypot, log
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import is_normalized, normalize

from graphkit.saying import WORD, folded_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.model import Text

_TITLE: Final = 2
_SHORT: Final = 3
_MARKS: Final = "’—“”–…‘"
"""What English prose has beyond ASCII; none is part of a word."""
_APART: Final = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})


class Said(NamedTuple):
    """What a note says, counted.

    Args:
        words: each word with 1 + ln of how often it is said.
        length: of that as a vector.
    """

    words: dict[str, float]
    length: float


def folded_words(text: str) -> list[str]:
    """The words of a text as full text has them, in order: folded, without diacritics."""
    plain = plain_words(text)
    if plain is not None:  # several times as fast as looking for each word
        return plain.split()
    if not is_normalized("NFC", text):
        text = normalize("NFC", text)
    return [w if w.isascii() else folded_word(w) for w in WORD.findall(text.casefold())]


def plain_words(text: str) -> str | None:
    """The folded words of a text with spaces between; None where one of them is not ASCII."""
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
    return text.lower().translate(_APART) if text.isascii() else None


def singular(word: str) -> str:
    """A folded English word without the ending of a plural; it need not be a word itself."""
    if len(word) > _SHORT and word.isascii():
        if word.endswith("ies") and len(word) > _SHORT + 1:
            return word[:-3] + "y"
        if word.endswith(("sses", "xes", "ches", "shes")):
            return word[:-2]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


def counted(words: Iterable[str]) -> Said:
    """Words with their weights within one text."""
    times = words if isinstance(words, Counter) else Counter(words)
    weights = {word: 1.0 if count == 1 else _weight(count) for word, count in times.items()}
    return Said(weights, length_of(weights.values()))


@cache
def _weight(count: int) -> float:
    return 1 + log(count)


def said_by(text: Text) -> Said:
    """What a note says; its headings stand in its body too."""
    times = Counter(folded_words(text.body))
    times.update(folded_words(" ".join(text.headings)))
    for word in folded_words(" ".join((text.title, *text.aliases))):
        times[word] += _TITLE
    return counted(times)


def length_of(weights: Iterable[float]) -> float:
    """The length of a vector; 1 for one without any weight, so that it can be divided by."""
    return hypot(*weights) or 1.0


def product(weights: Mapping[str, float], words: Mapping[str, float]) -> float:
    """The inner product of two vectors of words."""
    if len(words) < len(weights):
        weights, words = words, weights
    return sum(weight * words[word] for word, weight in weights.items() if word in words)


def telling(
    words: Mapping[str, float], frequencies: Mapping[str, int], notes: int
) -> dict[str, float]:
    """The words of a note that tell it from others, each with the square of its IDF as weight.

    Args:
        words: of the note, with their weights.
        frequencies: how many notes say each word; words that are not in it do not count.
        notes: how many notes there are.

    Returns:
        The words by their TF-IDF, the strongest first, ties by code point. The inner product of
        these weights with another note's words is that of the two notes' TF-IDF vectors.
    """
    rarity = {
        word: log(notes / frequencies[word])
        for word in words
        if 0 < frequencies.get(word, 0) < notes
    }
    ordered = sorted(rarity, key=lambda word: (-words[word] * rarity[word], word))
    return {word: words[word] * rarity[word] ** 2 for word in ordered}
