"""The map: how good, how fast against NetworkX's spring_layout, and how steady under edits.

All are given the same graph, weights included, and the clusters as they are found; the areas are
laid out and the notes are put into them on our side. ``--runs`` says how many pairs are timed; the
counts are made once.
"""

from __future__ import annotations

import json
import random
from contextlib import closing
from heapq import nsmallest
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple, Self

import networkx as nx

from benchmarks.clusters import edited
from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import Figures, Outcome, ratio_of
from graphkit.questions.communities import from_nothing, refreshed
from graphkit.questions.hexagons import square
from graphkit.questions.layout import places_from_nothing, places_refreshed
from graphkit.questions.note_graph import graph_of, note_graph
from graphkit.questions.places import Places
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from benchmarks.processes import Bench
    from graphkit.questions.hexagons import Point
    from graphkit.questions.note_graph import NoteGraph
    from graphkit.questions.partition import Partition

VAULTS = ("shared", "large")
RUNS = 3
_ROUNDS = 50
_NEAR = 10
_SEEDS = range(1, 6)


class _Vault(NamedTuple):
    """What a map is made of."""

    graph: NoteGraph
    partition: Partition
    mentions: dict[str, list[str]]
    pairs: list[tuple[str, str]]

    @classmethod
    def read(cls, folder: Path, index: Path) -> Self:
        with closing(EmbeddedStore(folder, index=index)) as store:
            store.refresh()
            graph = note_graph(store)
            return cls(graph, from_nothing(graph), store.unresolved_sources(), store.linked_notes())

    def edited(self, pairs: list[tuple[str, str]]) -> Self:
        """The same with other links, and with clusters that have followed them."""
        graph = graph_of(self.graph.ids, pairs, self.graph.set_aside)
        return self._replace(graph=graph, partition=refreshed(graph, self.partition), pairs=pairs)

    def places(self) -> Places:
        return places_from_nothing(self.graph, self.partition, self.mentions)

    def refreshed(self, kept: Places) -> Places:
        return places_refreshed(kept, self.graph, self.partition, self.mentions)


def measure(bench: Bench) -> Iterator[Outcome]:
    """All on the shared vault; the cost of a note and of a refresh on the large one, too."""
    shared = _Vault.read(bench.vaults["shared"], bench.fresh_index())
    yield _quality(shared)
    yield _steadiness(shared)
    spring = _weighted(shared.graph)

    def ours() -> float:
        return seconds_of(shared.places)

    def theirs() -> float:
        return seconds_of(lambda: nx.spring_layout(spring, iterations=_ROUNDS, seed=1))

    one, other = in_pairs(bench.runs, ours, theirs)
    name = f"spring_layout, {_ROUNDS} rounds"
    yield ratio_of("the map, shared vault", ("the map", one), (name, other), 0.2)
    large = _Vault.read(bench.vaults["large"], bench.fresh_index())

    def a_note(vault: _Vault) -> float:
        return 1000 * seconds_of(vault.places) / len(vault.graph.ids)

    one, other = in_pairs(bench.runs, lambda: a_note(large), lambda: a_note(shared))
    names = [("large vault", one), ("shared vault", other)]
    yield ratio_of("the cost of a note", names[0], names[1], 3, unit="ms")
    for name, vault in (("shared vault", shared), ("large vault", large)):
        yield _refresh(name, vault, bench.runs)


def _weighted(graph: NoteGraph) -> nx.Graph[int]:
    """The graph as NetworkX has it."""
    found: nx.Graph[int] = nx.Graph()
    found.add_nodes_from(range(len(graph.ids)))
    for one, near in enumerate(graph.adjacency):
        found.add_weighted_edges_from((one, other, weight) for other, weight in near.items())
    return found


def _quality(vault: _Vault) -> Outcome:
    ids = vault.graph.ids
    mapped = vault.places().points
    spring = nx.spring_layout(_weighted(vault.graph), iterations=_ROUNDS, seed=1)
    chance = random.Random(1)
    found = {
        "the map": {place: mapped[id_] for place, id_ in enumerate(ids)},
        f"spring_layout, {_ROUNDS} rounds": {
            place: (float(x), float(y)) for place, (x, y) in spring.items()
        },
        "a random one": {place: (chance.random(), chance.random()) for place in range(len(ids))},
    }
    kept = {name: _preserved(vault.graph, points) for name, points in found.items()}
    rows = [(name, Figures.of([100 * share]), "%") for name, share in kept.items()]
    ours, theirs, _ = kept.values()
    what = "neighbourhood preservation"
    return Outcome(what, "×", Figures.of([ours / theirs]), 1, rows, at_least=True)


def _preserved(graph: NoteGraph, points: Mapping[int, Point]) -> float:
    """The share of a note's ten nearest that are linked with it or share a link; linked notes only.

    Index notes do not count as what is shared: the graph does not have their links.
    """
    linked = [place for place, near in enumerate(graph.adjacency) if near]
    shares = []
    for place in linked:
        here, mine = points[place], graph.adjacency[place].keys()
        far = [(square(points[other], here), other) for other in linked if other != place]
        nearest = [other for _, other in nsmallest(_NEAR, far)]
        shares.append(
            fmean(other in mine or not mine.isdisjoint(graph.adjacency[other]) for other in nearest)
        )
    return fmean(shares)


def _steadiness(vault: _Vault) -> Outcome:
    """One link in a hundred taken away and as many put in: who moves that has no reason to."""
    kept = vault.places()
    aside = set(vault.graph.set_aside)
    pairs = [pair for pair in vault.pairs if aside.isdisjoint(pair)]
    notes = sorted({id_ for pair in pairs for id_ in pair})
    moved, all_moved, unchanged = 0, [], []
    for seed in _SEEDS:
        after = vault.edited(edited(pairs, notes, random.Random(seed)))
        now = after.refreshed(kept).points
        elsewhere = {id_ for id_, point in now.items() if point != kept.points.get(id_)}
        same = {
            id_
            for place, id_ in enumerate(vault.graph.ids)
            if vault.graph.adjacency[place] == after.graph.adjacency[place]
            and _clusters(vault, id_) == _clusters(after, id_)
        }
        moved += len(elsewhere & same)
        all_moved.append(len(elsewhere))
        unchanged.append(len(same))
    rows = [
        ("notes with the same links and clusters", Figures.of(unchanged), ""),
        ("concepts that moved, each of five edits", Figures.of(all_moved), ""),
    ]
    what = "unchanged notes that moved when 1 % of the links were edited"
    return Outcome(what, "", Figures.of([moved]), 0, rows)


def _clusters(vault: _Vault, id_: str) -> tuple[str | None, str | None]:
    return vault.partition.upper.get(id_), vault.partition.lower.get(id_)


def _refresh(name: str, vault: _Vault, runs: int) -> Outcome:
    """After the note with the middle number of links has lost one of every two."""
    order = sorted(range(len(vault.graph.ids)), key=lambda place: len(vault.graph.adjacency[place]))
    note = vault.graph.ids[order[len(order) // 2]]
    left = [pair for place, pair in enumerate(vault.pairs) if note not in pair or place % 2]
    after = vault.edited(left)
    told = json.dumps(vault.places().to_dict())

    def refresh() -> float:
        kept = Places.from_dict(json.loads(told))  # as a new process has them
        return seconds_of(lambda: after.refreshed(kept))

    one, other = in_pairs(runs, refresh, lambda: seconds_of(after.places))
    what = f"refresh after one note, {name}"
    return ratio_of(what, (what, one), ("from nothing", other), 0.05)
