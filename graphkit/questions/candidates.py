"""Which notes one note might be linked with, and what speaks for each: words and structure.

Everything is looked up around the one note, so that it costs about the same in a vault of any
size; and everything is counted alike on every store, so that each gives the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from math import log1p, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.likeness import (
    Said,
    counted,
    folded_words,
    product,
    said_by,
    singular,
    telling,
)
from graphkit.questions.wording import is_word
from graphkit.saying import heaviest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graphkit.model import Concept, Node, Text
    from graphkit.stores.base import GraphStore

_FEW: Final = 50
_FEWEST: Final = 3
_MANY: Final = 600
_TERMS: Final = 60
_MOST_PLACES: Final = 6_000
_BY_TEXT: Final = 60
_BY_LINKS: Final = 20
_ALIKE: Final = 50
_RANKED: Final = 40
_MOST_TERMS: Final = 8
_SHORT: Final = 2
_UNCOUNTED: Final = -1
"""Stands for the number of notes that say a word where that is too large to be counted."""


class Signals(NamedTuple):
    """What speaks for a link between two notes, each from 0 upward.

    Args:
        text: likeness of their words.
        alike: how far notes like the one are linked with the other.
        around: likeness of the other to the notes that the one is linked with.
        named: likeness of the one's words to the sentences in which the other is linked to.
        title: likeness of the one's words to the other's title.
        entitled: likeness of the other's words to the one's title.
        neighbours: resource allocation (Zhou, Lü and Zhang, 2009) over common neighbours.
        video: 1 for notes of one video.
        linked: how many concepts the other is linked with.
    """

    text: float = 0.0
    alike: float = 0.0
    around: float = 0.0
    named: float = 0.0
    title: float = 0.0
    entitled: float = 0.0
    neighbours: float = 0.0
    video: float = 0.0
    linked: float = 0.0

    @property
    def score(self) -> float:
        """All that speaks for a link in one number, from 0 upward.

        A sum of logarithms, each 0 where nothing speaks for it and growing slowly where much
        does, with the weights of ``benchmarks/hidden_links.py``.
        """
        return sum(
            weight * log1p(getattr(self, name) / scale) for name, (weight, scale) in WEIGHTS.items()
        )


WEIGHTS: Final[dict[str, tuple[float, float]]] = {
    "text": (0.38, 0.035),
    "alike": (0.79, 0.056),
    "around": (0.40, 0.24),
    "named": (0.40, 0.026),
    "title": (0.10, 0.024),
    "entitled": (0.31, 0.024),
    "neighbours": (0.08, 0.019),
    "video": (1.24, 1.0),
    "linked": (0.68, 1.0),
}
"""Of each signal its weight, fitted to hidden links of seeds 6 to 10, and its scale."""


class _Found(NamedTuple):
    """What has been found out around one note, before the costly part."""

    strong: Mapping[str, float]
    length: float
    likeness: Mapping[str, float]
    alike: Mapping[str, float]
    by_links: Mapping[str, float]
    close: list[str]


class Candidates:
    """Finds the notes that a note might be linked with, and remembers what it has read.

    Args:
        store: what is asked.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self.notes = store.number_of_notes()
        self._often = min(max(self.notes // 8, min(self.notes // 4, _FEW), _FEWEST), _MANY)
        self._said: dict[str, Said] = {}
        self.texts: dict[str, Text] = {}
        self._nodes: dict[str, Node] = {}
        self._near: dict[str, dict[str, int]] = {}
        self._frequencies: dict[str, int] = {}
        self._telling: dict[str, dict[str, float]] = {}
        self._index_notes: dict[str, bool] = {}
        self._sentences: dict[str, list[str]] = {}

    def around(self, id_: str, *, also: Collection[str] = ()) -> dict[str, Signals]:
        """What speaks for a link between a note and others that it is not linked with.

        Args:
            id_: the note's.
            also: notes that are looked at in any case.

        Returns:
            Signals by id, for the notes for which most speaks; index notes and notes that are
            linked with it in any way are never among them.
        """
        near = self._neighbours([id_])[id_]
        if self.text(id_) is None:
            return {}
        own = self._said[id_]
        strong = self._strong(id_)
        length = sqrt(product(strong, own.words)) or 1.0

        by_text = self._by_text(id_, strong)
        close = self._without_index(near)
        by_links = self._by_links(close)
        self._read([*by_text, *also])
        likeness = {
            other: product(strong, self._said[other].words) / self._said[other].length / length
            for other in by_text
        }
        alike = self._alike(likeness)

        wanted = {*also, *heaviest(likeness, _BY_TEXT), *heaviest(by_links, _BY_LINKS)}
        wanted |= set(heaviest({o: v for o, v in alike.items() if o not in near}, _BY_LINKS))
        wanted = set(self._without_index(wanted - {id_, *near}))
        self._read(wanted)
        for other in wanted:
            said = self._said[other]
            likeness[other] = product(strong, said.words) / said.length / length
        rough = {
            other: Signals(text=likeness[other], alike=alike.get(other, 0.0)).score
            for other in wanted
        }
        chosen = [*heaviest(rough, _RANKED), *(o for o in also if o in wanted)]
        found = _Found(strong, length, likeness, alike, by_links, close)
        return self._signals(id_, chosen, found)

    # what else is known of the notes

    def text(self, id_: str) -> Text | None:
        """What a note says; None where there is no note."""
        self._read([id_])
        return self.texts.get(id_)

    def node(self, id_: str) -> Node:
        """What is known of a concept."""
        self._know([id_])
        return self._nodes[id_]

    def is_index(self, id_: str) -> bool:
        """Whether a note is an index note."""
        near = self._neighbours([id_])[id_]  # asked for together, since they are needed next
        return id_ not in self._without_index([id_, *near])

    def linked(self, id_: str) -> list[str]:
        """The notes that a note is linked with, index notes left aside."""
        found = self._without_index(self._neighbours([id_])[id_])
        self._read(found)
        return found

    def common(self, one: str, other: str) -> list[Concept]:
        """What two notes are both linked with, index notes left aside, the least linked first."""
        near = self._neighbours([one, other])
        both = {id_: links for id_, links in near[one].items() if id_ in near[other]}
        index = {note.id for note in self._store.index_notes(list(both))}
        ordered = sorted(both.keys() - index, key=lambda id_: (both[id_], id_))
        concepts = self._store.concepts(ordered)
        return [concepts[id_] for id_ in ordered]

    def shared_terms(self, one: str, other: str) -> tuple[str, ...]:
        """The words that tell most of what two notes both say, the most telling first."""
        strong, words = self._strong(one), self._said[other].words
        shared = {w: weight * words[w] for w, weight in strong.items() if w in words}
        found: dict[str, str] = {}
        for word in heaviest(shared, len(shared)):
            if is_word(word) and (len(word) > _SHORT or not word.isascii()):
                found.setdefault(singular(word), word)
        return tuple(list(found.values())[:_MOST_TERMS])

    def best_passage(self, id_: str, terms: Collection[str]) -> int | None:
        """The number of the passage of a note that says most of some words; None without any."""
        strong = self._strong(id_)
        passages = self.texts[id_].body.split("\n")
        headings = set(self.texts[id_].headings)
        told = []
        for passage in passages:
            said = () if passage in headings else set(folded_words(passage))
            # summed in the order of the terms: in a set's the last digit would be chance
            told.append(sum(strong.get(word, 0.0) for word in terms if word in said))
        return max(range(len(told)), key=lambda n: (told[n], -n)) if max(told) > 0 else None

    # candidates

    def _strong(self, id_: str) -> dict[str, float]:
        if id_ not in self._telling:
            self._count(self._said[id_].words)
            self._telling[id_] = telling(self._said[id_].words, self._frequencies, self.notes)
        return self._telling[id_]

    def _by_text(self, id_: str, strong: Mapping[str, float]) -> list[str]:
        words: list[str] = []
        places = 0
        for word in list(strong)[:_TERMS]:
            places += self._frequencies[word]
            if words and places > _MOST_PLACES:
                break
            words.append(word)
        said = self._store.saying_most({word: strong[word] for word in words}, _BY_TEXT + 1)
        return [other for other in said if other != id_][:_BY_TEXT]

    def _by_links(self, close: Collection[str]) -> dict[str, float]:
        found: defaultdict[str, float] = defaultdict(float)
        for _, around in sorted(self._neighbours(close).items()):
            for other in around:
                found[other] += 1 / len(around)
        return found

    def _alike(self, likeness: Mapping[str, float]) -> dict[str, float]:
        found: defaultdict[str, float] = defaultdict(float)
        like = heaviest(likeness, _ALIKE)
        around = self._neighbours(like)
        for one in like:
            for other, links in around[one].items():
                found[other] += likeness[one] / sqrt(links or 1)
        return found

    def _signals(self, id_: str, chosen: list[str], found: _Found) -> dict[str, Signals]:
        strong, length, likeness, alike, by_links, close = found
        self._know([id_, *close])
        self._read_sentences(chosen)
        self._read(close)
        title = counted(folded_words(self.texts[id_].title))
        self._count(title.words)
        named = telling(title.words, self._frequencies, self.notes)
        named_length = sqrt(product(named, title.words)) or 1.0
        centre: defaultdict[str, float] = defaultdict(float)
        for z in close:
            said = self._said[z]
            for word, weight in said.words.items():
                if word in strong:
                    centre[word] += weight / said.length
        for word in centre:
            centre[word] *= strong[word] / self._said[id_].words[word]
        video = self._nodes[id_].video
        signals = {}
        for other in chosen:
            said, node = self._said[other], self._nodes[other]
            sentences = counted(
                word for s in self._sentences[other] for word in sorted(set(folded_words(s)))
            )
            other_title = counted(folded_words(self.texts[other].title))
            signals[other] = Signals(
                text=likeness[other],
                alike=alike.get(other, 0.0),
                around=product(centre, said.words) / said.length,
                named=product(strong, sentences.words) / sentences.length / length,
                title=product(strong, other_title.words) / other_title.length / length,
                entitled=product(named, said.words) / said.length / named_length,
                neighbours=by_links.get(other, 0.0),
                video=float(video is not None and node.video == video),
                linked=node.neighbours,
            )
        return signals

    # what is read once

    def _neighbours(self, ids: Collection[str]) -> dict[str, dict[str, int]]:
        unknown = [id_ for id_ in ids if id_ not in self._near]
        if unknown:
            self._near |= self._store.adjacent(unknown, "both", self._store.membership)
        return {id_: self._near[id_] for id_ in ids}

    def _read(self, ids: Iterable[str]) -> None:
        unknown = [id_ for id_ in dict.fromkeys(ids) if id_ not in self.texts]
        for text in self._store.texts(unknown):
            self.texts[text.id] = text
            self._said[text.id] = said_by(text)

    def _count(self, words: Iterable[str]) -> None:
        unknown = [word for word in words if word not in self._frequencies]
        if unknown:
            told = self._store.word_counts(unknown, self._often)
            self._frequencies |= {word: told.get(word, _UNCOUNTED) for word in unknown}

    def _know(self, ids: Iterable[str]) -> None:
        if unknown := [id_ for id_ in dict.fromkeys(ids) if id_ not in self._nodes]:
            self._nodes |= self._store.nodes(unknown)

    def _without_index(self, ids: Iterable[str]) -> list[str]:
        ids = list(ids)
        if unknown := [id_ for id_ in ids if id_ not in self._index_notes]:
            index = {note.id for note in self._store.index_notes(unknown)}
            self._know(unknown)
            self._index_notes |= {id_: id_ in index or not self._nodes[id_].note for id_ in unknown}
        return sorted(id_ for id_ in ids if not self._index_notes[id_])

    def _read_sentences(self, ids: Iterable[str]) -> None:
        unknown = [id_ for id_ in ids if id_ not in self._sentences]
        self._sentences |= {id_: [] for id_ in unknown}
        membership = set(self._store.membership)
        for link in self._store.links(unknown, "in"):
            if link.source != link.target and link.relation not in membership:
                self._sentences[link.target].append(link.sentence)
