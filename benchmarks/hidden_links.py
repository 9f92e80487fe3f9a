"""Which of a note's hidden links its gaps bring back, against text alone and Adamic-Adar.

A tenth of the pairs of linked notes is hidden, index notes' left aside, and with them the passages
that hold their links. For each hidden pair both ends are asked; the other end is ranked among all
notes that the one is not linked with, and ties count half.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from math import log
from statistics import mean
from typing import TYPE_CHECKING, cast

import graphkit
from benchmarks.report import Figures, Outcome
from graphkit.model import Concept
from graphkit.questions.candidates import Candidates
from graphkit.questions.likeness import said_by
from graphkit.saying import heaviest, summed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from benchmarks.processes import Bench
    from graphkit.model import Link, Node, Text
    from graphkit.stores.base import GraphStore

VAULTS = ("shared",)
RUNS = 5
"""Here: how many seeds, from 1. The weights were chosen on 6 to 10."""
_SHARE = 0.1
_WANTED = 10
_LOWEST = 0.38
_TIMES_TEXT = 1.05
_TIMES_STRUCTURE = 1.6

Scores = dict[str, float]


def measure(bench: Bench) -> Iterator[Outcome]:
    """Counts; nothing here is timed."""
    with graphkit.open(bench.vaults["shared"], index=bench.fresh_index()) as graph:
        found = [_hits(Hidden(graph._store, seed)) for seed in range(1, bench.runs + 1)]  # noqa: SLF001
    both, text, structure = (list(shares) for shares in zip(*found, strict=True))
    rows = [
        ("text alone (TF-IDF cosine)", Figures.of(text), ""),
        ("Adamic-Adar", Figures.of(structure), ""),
        ("gaps, each seed", Figures.of(both), ""),
    ]
    yield Outcome("hits@10, mean", "", _once(mean(both)), _LOWEST, rows, at_least=True)
    for what, other, bar in (
        ("text alone", text, _TIMES_TEXT),
        ("Adamic-Adar", structure, _TIMES_STRUCTURE),
    ):
        ratio = _once(mean(both) / mean(other))
        yield Outcome(f"hits@10 against {what}", "×", ratio, bar, at_least=True)


def _once(value: float) -> Figures:
    return Figures(value, value, value)


def _hits(store: Hidden) -> tuple[float, float, float]:
    """The share of hidden ends among the first ten: of gaps, text alone and Adamic-Adar."""
    candidates, text, structure = (
        Candidates(cast("GraphStore", store)),
        _Text(store),
        _AdamicAdar(store),
    )
    hits: list[tuple[bool, bool, bool]] = []
    for pair in store.hidden:
        for one, other in (pair, pair[::-1]):
            gaps = {id_: signals.score for id_, signals in candidates.around(one).items()}
            scored = (gaps, text.around(one), structure.around(one))
            rest = store.others(one)
            hits.append(tuple(_rank(scores, other, rest) <= _WANTED for scores in scored))  # type: ignore[arg-type]
    gained, by_text, by_structure = (mean(column) for column in zip(*hits, strict=True))
    return gained, by_text, by_structure


def _rank(scores: Mapping[str, float], wanted: str, rest: Collection[str]) -> float:
    """The rank of one among the rest, from 1; those of the same score stand before it by half."""
    score = scores.get(wanted, 0.0)
    told = [scores.get(other, 0.0) for other in rest if other != wanted]
    return 1 + sum(one > score for one in told) + sum(one == score for one in told) / 2


class Hidden:
    """A store whose vault lacks some of its links: what ``Candidates`` asks, and no more.

    Args:
        store: the whole.
        seed: which links are hidden.
    """

    def __init__(self, store: GraphStore, seed: int) -> None:
        self.membership = store.membership
        self._nodes = {node.id: node for node in store.all_nodes()}
        notes = [id_ for id_, node in self._nodes.items() if node.note]
        self._index = {note.id: note for note in store.index_notes(notes)}
        linked = {(min(pair), max(pair)) for pair in store.linked_notes()}
        pairs = sorted(pair for pair in linked if self._index.keys().isdisjoint(pair))
        chosen = random.Random(seed).sample(pairs, round(len(pairs) * _SHARE))
        self.hidden = sorted(chosen)
        hidden = set(chosen)
        links = [link for link in store.all_links() if link.source != link.target]
        gone: dict[str, set[int]] = defaultdict(set)
        for link in links:
            if (min(link.source, link.target), max(link.source, link.target)) in hidden:
                gone[link.source].add(link.line)
        self._texts: dict[str, Text] = {}
        dropped: dict[str, tuple[list[int], set[int]]] = {}
        for text in store.texts():
            lines = [place[0] for place in json.loads(text.places)]
            passages = {bisect_right(lines, line) - 1 for line in gone[text.id]}
            dropped[text.id] = lines, passages
            body = [p for n, p in enumerate(text.body.split("\n")) if n not in passages]
            self._texts[text.id] = replace(text, body="\n".join(body))
        self._near: dict[str, set[str]] = defaultdict(set)
        self._in: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            if (min(link.source, link.target), max(link.source, link.target)) in hidden:
                continue
            if link.relation not in self.membership:
                self._near[link.source].add(link.target)
                self._near[link.target].add(link.source)
            lines, passages = dropped[link.source]
            if bisect_right(lines, link.line) - 1 not in passages:
                self._in[link.target].append(link)
        self._saying: dict[str, list[str]] = defaultdict(list)
        for id_, text in sorted(self._texts.items()):
            for word in said_by(text).words:
                self._saying[word].append(id_)

    def others(self, id_: str) -> list[str]:
        """The notes that a note is not linked with, index notes left aside."""
        near = self._near[id_]
        return [o for o in self.notes if o != id_ and o not in near]

    @property
    def notes(self) -> list[str]:
        """The notes that count."""
        return [id_ for id_ in self._texts if id_ not in self._index]

    def near(self, id_: str) -> list[str]:
        """The notes that a note is linked with, index notes left aside."""
        return sorted(o for o in self._near[id_] if o in self._texts and o not in self._index)

    # what Candidates asks

    def number_of_notes(self) -> int:
        """How many notes there are."""
        return len(self._texts)

    def texts(self, ids: Collection[str]) -> Iterator[Text]:
        """What some notes say, but for the passages of hidden links."""
        return (self._texts[id_] for id_ in sorted(ids) if id_ in self._texts)

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """What is known of some concepts."""
        return {i: replace(self._nodes[i], neighbours=len(self._near[i])) for i in ids}

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """Some concepts."""
        return {i: Concept(i, self._nodes[i].title, self._nodes[i].note) for i in ids}

    def index_notes(self, ids: Collection[str]) -> list[Concept]:
        """The index notes among some notes."""
        return [self._index[id_] for id_ in sorted(ids) if id_ in self._index]

    def adjacent(
        self, ids: Collection[str], direction: str, without: Collection[str]
    ) -> dict[str, dict[str, int]]:
        """The concepts next to each of some concepts."""
        del direction, without
        return {i: {o: len(self._near[o]) for o in sorted(self._near[i])} for i in ids}

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links to some concepts that are not hidden and stand in no hidden passage."""
        del direction
        return [link for id_ in sorted(ids) for link in self._in[id_]]

    def word_counts(self, words: Collection[str], at_most: int) -> dict[str, int]:
        """How many notes say each word."""
        told = {word: len(self._saying[word]) for word in words if word in self._saying}
        return {word: count for word, count in told.items() if count <= at_most}

    def saying_most(self, weights: Mapping[str, float], limit: int) -> list[str]:
        """Which notes say the most of some words."""
        return heaviest(summed({word: self._saying[word] for word in weights}, weights), limit)


class _Text:
    """Likeness by text alone: the cosine of two notes' TF-IDF vectors."""

    def __init__(self, store: Hidden) -> None:
        said = {text.id: said_by(text).words for text in store.texts(store.notes)}
        saying: dict[str, list[str]] = defaultdict(list)
        for id_, words in said.items():
            for word in words:
                saying[word].append(id_)
        self._weights: dict[str, dict[str, float]] = {}
        self._saying: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, words in said.items():
            told = {w: tf * log(len(said) / len(saying[w])) for w, tf in words.items()}
            length = sum(weight * weight for weight in told.values()) ** 0.5 or 1.0
            self._weights[id_] = {word: weight / length for word, weight in told.items()}
            for word, weight in self._weights[id_].items():
                self._saying[word].append((id_, weight))

    def around(self, id_: str) -> Scores:
        """The cosine with every note."""
        found: Scores = defaultdict(float)
        for word, weight in self._weights[id_].items():
            for other, its in self._saying[word] if weight else ():
                found[other] += weight * its
        return found


class _AdamicAdar:
    """Likeness by structure alone (Adamic and Adar, 2003)."""

    def __init__(self, store: Hidden) -> None:
        self._near = {id_: store.near(id_) for id_ in store.notes}

    def around(self, id_: str) -> Scores:
        """For every note the sum of 1 / ln of the degrees of common neighbours."""
        found: Scores = defaultdict(float)
        for middle in self._near[id_]:
            if len(self._near[middle]) > 1:
                for other in self._near[middle]:
                    found[other] += 1 / log(len(self._near[middle]))
        return found
