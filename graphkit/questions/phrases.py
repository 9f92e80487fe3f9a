"""Whether and how much a note says some words: in singular or plural, next to each other."""

from __future__ import annotations

import re
from math import log
from typing import TYPE_CHECKING, Final

from graphkit.questions.likeness import folded_words, singular
from graphkit.saying import folded_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkit.model import Text
    from graphkit.saying import Phrase
    from graphkit.stores.base import GraphStore

_FILE_NAME: Final = re.compile(r"[^\s_|\[\]]+(?:_[^\s_|\[\]]+)+")
_TITLE: Final = 8.0
_HEADING: Final = 3.0


def forms_of(word: str) -> set[str]:
    """A word, folded, in singular and plural."""
    folded = folded_word(word)
    if not folded.isascii() or not folded.isalpha():
        return {folded}
    one = singular(folded)
    several = one[:-1] + "ies" if one.endswith("y") else one + "s"
    sibilant = one.endswith(("s", "x", "ch", "sh"))
    return {folded, one, one + "es" if sibilant else several}


def notes_saying(store: GraphStore, query: str, phrases: Sequence[Phrase]) -> list[str]:
    """The ids of the notes that say all the words, in order."""
    if any(phrase.begins or phrase.unwanted for phrase in phrases):
        found = store.search(query, max(1, store.number_of_notes()))
        return sorted(hit.id for hit in found.hits)
    asked = [
        {
            " ".join([*map(folded_word, phrase.words[:-1]), form])
            for form in forms_of(phrase.words[-1])
        }
        for phrase in phrases
    ]
    said = store.notes_saying(sorted(set().union(*asked)))
    of_each = [{id_ for form in forms for id_ in said.get(form, ())} for forms in asked]
    return sorted(set.intersection(*of_each))


def patterns_of(phrases: Iterable[Phrase]) -> list[re.Pattern[str]]:
    """What finds each wanted phrase in folded words that have a space before and behind."""
    found = []
    for phrase in phrases:
        if phrase.unwanted:
            continue
        *first, last = phrase.words
        end = (
            f"{re.escape(folded_word(last))}[^ ]*"
            if phrase.begins
            else "|".join(sorted(map(re.escape, forms_of(last))))
        )
        before = "".join(f"{re.escape(folded_word(word))} " for word in first)
        found.append(re.compile(f" {before}(?:{end})(?= )"))
    return found


def as_words(text: str) -> str:
    """A text as its folded words, a space before and behind each."""
    return f" {' '.join(folded_words(text))} "


def prose_as_words(text: str) -> str:
    """A note's own text as its folded words.

    File names such as ``muscle_and_bone`` are left out: they are targets of links, and who links
    to a note need not be about it.
    """
    return as_words(_FILE_NAME.sub(" ", text) if "_" in text else text)


def weight_of(text: Text, patterns: Sequence[re.Pattern[str]], *, counted: bool = True) -> float:
    """How much a note says some words: 8 in its title, 3 in a heading, 1 + ln of how often.

    Where none of these says them all, but all together do, it is 1; 0 where only links do.

    Args:
        text: what a note says that is known to say the words somewhere.
        patterns: what finds each of the words, see ``patterns_of``; one at least.
        counted: whether its own text is read; else that counts 1.
    """

    def say(told: str) -> bool:
        return all(pattern.search(told) for pattern in patterns)

    headings = set(text.headings)
    names = [as_words(name) for name in (text.title, *text.aliases)]
    above = [as_words(heading) for heading in headings]
    weight = _TITLE * any(map(say, names)) + _HEADING * any(map(say, above))
    if not counted:
        return weight + 1
    own = prose_as_words("\n".join(p for p in text.body.split("\n") if p not in headings))
    times = min(sum(1 for _ in pattern.finditer(own)) for pattern in patterns)
    weight += 1 + log(times) if times else 0.0
    return weight or float(say(" / ".join((*names, *sorted(above), own))))
