"""Which notes of a vault, or of two parts of it, are worth asking for their gaps.

A first look at all texts at once, that only has to find where to look closer.
"""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Final

from graphkit.questions.likeness import said_by

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphkit.stores.base import GraphStore

_TERMS: Final = 12
_RAREST: Final = 40
_ASKED: Final = 40


def promising(
    store: GraphStore, between: tuple[Collection[str], Collection[str]] | None = None
) -> list[str]:
    """The notes that are most like another one that they are not linked with.

    Args:
        store: what is asked.
        between: ids of two sets of notes: one in the one, the other in the other.

    Returns:
        At most 40 ids, the most promising first, ties by id.
    """
    ids = None if between is None else sorted({*between[0], *between[1]})
    sides = {id_: side for side, some in enumerate(between or ()) for id_ in some}
    linked = set(store.linked_notes())
    lengths: dict[str, float] = {}
    words: dict[str, dict[str, float]] = {}
    saying: defaultdict[str, list[str]] = defaultdict(list)
    for text in store.texts(ids):
        said = said_by(text)
        words[text.id], lengths[text.id] = said.words, said.length
        for word in said.words:
            saying[word].append(text.id)
    index = {note.id for note in store.index_notes(list(words))}
    notes = len(words)
    best: dict[str, float] = {}
    for id_, own in words.items():
        if id_ in index:
            continue
        rare = {
            word: weight * log(notes / len(saying[word])) ** 2
            for word, weight in own.items()
            if 1 < len(saying[word]) <= _RAREST
        }
        shared: defaultdict[str, float] = defaultdict(float)
        for word in sorted(rare, key=lambda word: (-rare[word], word))[:_TERMS]:
            for other in saying[word]:
                shared[other] += rare[word] * words[other][word]
        scores = [
            score / lengths[id_] / lengths[other]
            for other, score in shared.items()
            if other != id_
            and other not in index
            and (id_, other) not in linked
            and (other, id_) not in linked
            and (between is None or sides[other] != sides[id_])
        ]
        if scores:
            best[id_] = max(scores)
    return sorted(best, key=lambda id_: (-best[id_], id_))[:_ASKED]
