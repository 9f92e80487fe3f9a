"""The cluster around a word or some concepts: the notes near those that say it.

Seeds are the notes that say the words: each as much as it says them, in its title, its headings
and its own text. From there a walk along the links finds what is near (``sweep``), so that notes
on the subject that use other words are found too, and notes that mention it in passing are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import NothingSaidError, UsageError
from graphkit.questions.bridges import bridges_around
from graphkit.questions.cluster_card import BRIDGES, Head, card_of
from graphkit.questions.clustering import clustering
from graphkit.questions.likeness import folded_words
from graphkit.questions.phrases import forms_of, notes_saying, patterns_of, weight_of
from graphkit.questions.sweep import cut, nearness
from graphkit.saying import folded_word, phrases_of
from graphkit.text import Spellings
from graphkit.topics import Seed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.model import Concept
    from graphkit.questions.clustering import Clustering
    from graphkit.saying import Phrase
    from graphkit.stores.base import GraphStore
    from graphkit.topics import ClusterCard

_WORDS_OFFERED: Final = 5
_COMMON: Final = 0.5
"""The share of all notes from which on a word is said everywhere."""
_COUNTED: Final = 3_000
"""Where more notes say a word, it is not counted how often each of them does."""


class _Notes(NamedTuple):
    """What is around something.

    Args:
        scores: of its notes, by id, the nearest first.
        hits: how many notes say the words, or are meant by the concepts.
        phrases: the words; none where concepts were given.
    """

    scores: dict[str, float]
    hits: int
    phrases: list[Phrase]


def around(
    store: GraphStore,
    query: str | None = None,
    *,
    seeds: Sequence[Concept] = (),
    size: int | None = None,
    name: str | None = None,
) -> ClusterCard:
    """The cluster around a word, or around some concepts.

    Args:
        store: where to ask.
        query: words that notes must all say, ``"a phrase"``, ``begin*``, ``-not``; singular and
            plural are the same. With ``seeds`` it is only what the cluster is called.
        seeds: concepts to begin with instead; of one without a note, the notes that link to it.
        size: the number of notes, at the most; found from the links without it.
        name: what a person called it; by its words or concepts without it.

    Returns:
        Its notes, the nearest first, each with what ties it in.

    Raises:
        NothingSaidError: no note says the words.
        UsageError: there is no word to look for, a size below 1, or only index notes to begin with.
    """
    found = clustering(store)
    scores, hits, phrases = _notes(store, found, query, seeds, size)
    by_hand = name is not None
    if name is None:
        name = query if query is not None else ", ".join(concept.title for concept in seeds)
    seed = Seed(query, hits, tuple(seeds), _remark(query, seeds, hits, len(found.graph.ids)))
    return card_of(
        store,
        found,
        Head(None, name, "hand" if by_hand else "query", seed=seed),
        scores,
        phrases,
        given=frozenset(concept.id for concept in seeds),
        bridges=bridges_around(store, found, name, list(scores), limit=BRIDGES),
    )


def notes_around(store: GraphStore, query: str, *, size: int | None = None) -> list[str]:
    """The ids of the notes around some words, the nearest first; see ``around``."""
    return list(_notes(store, clustering(store), query, (), size).scores)


def _notes(
    store: GraphStore,
    found: Clustering,
    query: str | None,
    seeds: Sequence[Concept],
    size: int | None,
) -> _Notes:
    if size is not None and size < 1:
        raise UsageError(f"The size is {size}; it has to be at least 1.")
    if query is None and not seeds:
        raise UsageError("There is nothing to look around.", "Give a word, or concepts.")
    graph = found.graph
    phrases: list[Phrase] = []
    if seeds:
        weights = _given(store, seeds)
    else:
        phrases = phrases_of(query or "")
        weights = _said(store, query or "", phrases)
        if not weights:
            raise NothingSaidError(query or "", _near_words(store, phrases))
    aside, places = set(graph.set_aside), graph.places
    begin = {places[id_]: weight for id_, weight in weights.items() if id_ in places}
    begin = {place: weight for place, weight in begin.items() if graph.ids[place] not in aside}
    if not begin:
        raise UsageError(
            "Only index notes say it, and they are linked with everything.",
            "Name another word, or other concepts.",
        )
    scores = nearness(graph.adjacency, begin)
    order = list(scores)[: size or cut(graph.adjacency, list(scores))]
    best = scores[order[0]]
    near = {graph.ids[place]: scores[place] / best for place in order}
    return _Notes(near, len(weights), phrases)


def _remark(query: str | None, seeds: Sequence[Concept], hits: int, notes: int) -> str | None:
    if seeds or hits <= _COMMON * notes or notes <= 1:
        return None
    return f"{hits} of {notes} notes say {query!r}, so links decide more than the word."


def _said(store: GraphStore, query: str, phrases: Sequence[Phrase]) -> dict[str, float]:
    """The notes that say some words, each with its weight."""
    saying = notes_saying(store, query, phrases)
    patterns = patterns_of(phrases)
    counted = len(saying) <= _COUNTED
    weights = {text.id: weight_of(text, patterns, counted=counted) for text in store.texts(saying)}
    return {id_: weight for id_, weight in weights.items() if weight}


def _given(store: GraphStore, seeds: Sequence[Concept]) -> dict[str, float]:
    """The notes that some concepts stand for, each with its weight."""
    weights = {concept.id: 1.0 for concept in seeds if concept.note}
    for concept in seeds:
        if not concept.note:
            sources = sorted({link.source for link in store.links([concept.id], "in")})
            for source in sources:
                weights[source] = weights.get(source, 0.0) + 1.0 / len(sources)
    return weights


def _near_words(store: GraphStore, phrases: Sequence[Phrase]) -> list[str]:
    """Words of titles and headings that look like those that were asked for."""
    wanted = [word for phrase in phrases if not phrase.unwanted for word in phrase.words]
    known: set[str] = set()
    for text in store.texts():
        for line in (text.title, *text.aliases, *text.headings):
            known.update(folded_words(line))
    spellings = Spellings(known)
    missing = [word for word in wanted if forms_of(word).isdisjoint(known)] or wanted
    near = [spellings.nearest(folded_word(word), _WORDS_OFFERED) for word in missing]
    return [word for found in near for word, _ in found][:_WORDS_OFFERED]
