"""Clusters: how good, how fast against NetworkX's Louvain, and how steady under edits.

The graph of the notes is the same for all, weights included. Reading it out of the index counts
on our side. ``--runs`` says how many pairs are timed; the counts are made once.
"""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing, contextmanager
from statistics import fmean
from typing import TYPE_CHECKING

import networkx as nx

from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import Figures, Outcome, ratio_of
from graphkit.questions.communities import SPLIT_FROM, from_nothing, refreshed
from graphkit.questions.leiden import leiden, modularity
from graphkit.questions.note_graph import NoteGraph, graph_after, graph_of, note_graph
from graphkit.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.processes import Bench
    from graphkit.questions.leiden import Adjacency
    from graphkit.questions.partition import Level, Partition

VAULTS = ("shared", "large")
RUNS = 5
_SEEDS = range(1, 6)
_STEPS = 5
_LEVELS: tuple[Level, ...] = ("upper", "lower")
_FROM = 5
"""Clusters of so many notes are counted."""
_LIKE = 0.8
Pair = tuple[str, str]


def measure(bench: Bench) -> Iterator[Outcome]:
    """Quality and steadiness on the shared vault, time on the large one."""
    with _opened(bench.vaults["shared"], bench.fresh_index()) as store:
        graph, pairs = note_graph(store), store.linked_notes()
    yield from _quality(graph)
    yield from _steadiness(graph, pairs)
    with _opened(bench.vaults["large"], bench.fresh_index()) as store:
        yield from _times(store, bench.runs)


@contextmanager
def _opened(vault: Path, index: Path) -> Iterator[EmbeddedStore]:
    """A vault's store, indexed."""
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        yield store


def _quality(graph: NoteGraph) -> Iterator[Outcome]:
    found = from_nothing(graph)
    counted = {
        level: sum(len(notes) >= _FROM for notes in found.members(level).values())
        for level in _LEVELS
    }
    rows = [(f"{level} clusters of {_FROM} or more", _once(n), "") for level, n in counted.items()]
    quality = modularity(graph.adjacency, _numbers(graph, found))
    others = _best_of_five(graph.adjacency)
    rows.append(("best of five runs from random orders", _once(1000 * others), ""))
    what = "modularity in thousandths, upper level"
    yield Outcome(what, "", _once(1000 * quality), 530, rows, at_least=True)

    own = [modularity(within, numbers) for within, numbers in _within(graph, found)]
    best = [_best_of_five(within) for within, _ in _within(graph, found)]
    rows = [
        (f"mean in thousandths, of {len(own)} upper clusters", _once(1000 * fmean(own)), ""),
        ("best of five runs from random orders", _once(1000 * fmean(best)), ""),
    ]
    what, ratio = "modularity, lower level", fmean(own) / fmean(best)
    yield Outcome(what, "×", _once(ratio), 0.98, rows, at_least=True)


def _within(graph: NoteGraph, found: Partition) -> Iterator[tuple[Adjacency, list[int]]]:
    """The own graph of each upper cluster that may be split, and the numbers of its parts."""
    places = {id_: place for place, id_ in enumerate(graph.ids)}
    numbers = {part: number for number, part in enumerate(found.parents)}
    for notes in found.members("upper").values():
        if len(notes) >= SPLIT_FROM:
            within = graph.within([places[id_] for id_ in notes])
            yield within, [numbers[found.lower[id_]] for id_ in notes]


def _best_of_five(adjacency: Adjacency) -> float:
    found = []
    for seed in _SEEDS:
        order = list(range(len(adjacency)))
        random.Random(seed).shuffle(order)
        places = {node: place for place, node in enumerate(order)}
        mixed = [
            {places[other]: weight for other, weight in adjacency[node].items()} for node in order
        ]
        found.append(modularity(mixed, leiden(mixed)))
    return max(found)


def _steadiness(graph: NoteGraph, all_pairs: list[Pair]) -> Iterator[Outcome]:
    """One link in a hundred taken away and as many put in, at random, five times in a row."""
    aside = set(graph.set_aside)
    pairs = [pair for pair in all_pairs if aside.isdisjoint(pair)]
    notes = [id_ for id_ in graph.ids if id_ not in aside]
    first = from_nothing(graph)
    steps: Counter[tuple[Level, bool]] = Counter()
    whole: Counter[tuple[Level, bool]] = Counter()
    behind: dict[Level, list[float]] = {level: [] for level in _LEVELS}
    for seed in _SEEDS:
        chance, now, found, changed = random.Random(seed), pairs, first, graph
        for _ in range(_STEPS):
            now = edited(now, notes, chance)
            changed = graph_of(graph.ids, now, graph.set_aside)
            before, found = found, refreshed(changed, found)
            for level in _LEVELS:
                steps.update((level, kept) for kept in _kept(before, found, level))
        for level in _LEVELS:
            whole.update((level, kept) for kept in _kept(first, found, level))
            fresh = from_nothing(changed)
            gained = _quality_of(changed, fresh, level) - _quality_of(changed, found, level)
            behind[level].append(gained)
    rows = [(f"the same, {level} alone", _share(steps, (level,)), "%") for level in _LEVELS]
    what = f"clusters that keep id and members (Jaccard ≥ {_LIKE}) from step to step"
    yield Outcome(what, "%", _share(steps, _LEVELS), 95, rows, at_least=True)
    rows = [("the same, upper", _share(whole, ("upper",)), "%")]
    what = "lower clusters that keep id and members from start to fifth"
    yield Outcome(what, "%", _share(whole, ("lower",)), 75, rows, at_least=True)
    for level in _LEVELS:
        what = f"modularity that a fresh run would gain, {level} level"
        rows = [
            (f"{what}, seed {seed}", _once(gain), "") for seed, gain in enumerate(behind[level], 1)
        ]
        yield Outcome(f"{what}, at most", "", _once(max(behind[level])), 0.01, rows)


def edited(pairs: list[Pair], notes: list[str], chance: random.Random) -> list[Pair]:
    """One pair in a hundred taken away, and as many others put in."""
    number = max(1, len(pairs) // 100)
    kept = set(pairs) - set(chance.sample(pairs, number))
    while len(kept) < len(pairs):
        one, other = chance.sample(notes, 2)
        kept.add((one, other))
    return sorted(kept)


def _kept(before: Partition, after: Partition, level: Level) -> Iterator[bool]:
    now = after.members(level)
    for id_, notes in before.members(level).items():
        if len(notes) >= _FROM:
            mine, theirs = set(notes), set(now.get(id_, ()))
            yield len(mine & theirs) >= _LIKE * len(mine | theirs)


def _quality_of(graph: NoteGraph, found: Partition, level: Level) -> float:
    """The modularity of the upper level; of the lower one, the mean of the upper clusters'."""
    if level == "upper":
        return modularity(graph.adjacency, _numbers(graph, found))
    return fmean(modularity(within, numbers) for within, numbers in _within(graph, found))


def _numbers(graph: NoteGraph, found: Partition) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(found.upper.get(id_, f" {id_}"), len(numbers)) for id_ in graph.ids]


def _share(counted: Counter[tuple[Level, bool]], levels: Sequence[Level]) -> Figures:
    kept = sum(counted[level, True] for level in levels)
    return _once(100 * kept / (kept + sum(counted[level, False] for level in levels)))


def _once(value: float) -> Figures:
    return Figures(value, value, value)


def _times(store: EmbeddedStore, runs: int) -> Iterator[Outcome]:
    graph = note_graph(store)
    edges = [
        (one, other, weight)
        for one, near in enumerate(graph.adjacency)
        for other, weight in near.items()
        if one < other
    ]

    def louvain() -> float:
        # Made anew each time, so that ours does not run beside a million objects of another's.
        other: nx.Graph[int] = nx.Graph()
        other.add_nodes_from(range(len(graph.ids)))
        other.add_weighted_edges_from(edges)
        return seconds_of(lambda: nx.community.louvain_communities(other, seed=1))

    def one_level() -> float:
        return seconds_of(lambda: leiden(note_graph(store).adjacency))

    def both() -> float:
        return seconds_of(lambda: from_nothing(note_graph(store)))

    theirs = "louvain_communities"
    ours, others = in_pairs(runs, one_level, louvain)
    what = "one level from nothing"
    yield ratio_of(what, (f"read, {what}", ours), (theirs, others), 0.15)
    ours, others = in_pairs(runs, both, louvain)
    what = "both levels from nothing"
    yield ratio_of(what, (f"read, {what}", ours), (theirs, others), 0.35)

    # The note with the middle number of links loses one of every two, or gets them back.
    number = sorted(range(len(graph.ids)), key=lambda place: len(graph.adjacency[place]))
    note = graph.ids[number[len(number) // 2]]
    pairs = store.linked_notes()
    left = [pair for place, pair in enumerate(pairs) if note not in pair or place % 2]
    otherwise = graph_of(graph.ids, left, graph.set_aside)
    before = from_nothing(otherwise)

    def refresh() -> float:
        return seconds_of(lambda: refreshed(graph_after(store, otherwise, [note]), before))

    ours, others = in_pairs(runs, refresh, both)
    what = "refresh after one note"
    yield ratio_of(what, (f"read, {what}", ours), ("both levels from nothing", others), 0.1)
