"""What default paths of the shared vault run through, against plain shortest paths."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import networkx as nx

import graphkit
from benchmarks.report import Figures, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench

VAULTS = ("shared",)
RUNS = 300
"""Here: how many pairs of concepts."""
_SEED = 4
_BEST_LINKED = 0.01
_MOST_HOPS = 3.7
_HIGHEST_SHARE = 10.0


def measure(bench: Bench) -> Iterator[Outcome]:
    """Counts; nothing here is timed. Once for pairs of notes, once for pairs of any concepts."""
    with graphkit.open(bench.vaults["shared"], index=bench.fresh_index()) as graph:
        whole = graph.to_networkx()
        notes = sorted(concept for concept, note in whole.nodes(data="note") if note)
        yield from _outcomes("notes", notes, graph, whole, bench.runs)
        yield from _outcomes("concepts", sorted(whole), graph, whole, bench.runs)


def _outcomes(
    kind: str, names: list[str], graph: graphkit.Graph, whole: nx.MultiDiGraph[str], number: int
) -> Iterator[Outcome]:
    plain: nx.Graph[str] = nx.Graph(whole)
    best = _best_linked(whole)
    pairs = [pair for pair in _pairs(names, number) if nx.has_path(plain, *pair)]
    shortest = [nx.shortest_path(plain, *pair) for pair in pairs]
    answers = [graph.paths(*pair).paths for pair in pairs]
    paths = [answer[0] for answer in answers if answer]

    through = [not best.isdisjoint(c.id for c in path.concepts[1:-1]) for path in paths]
    plain_through = [not best.isdisjoint(way[1:-1]) for way in shortest]
    rows = [(f"the same of {len(shortest)} plain shortest paths", _share(plain_through), "%")]
    what = f"{kind}: paths of {len(paths)} through the {len(best)} best-linked concepts"
    yield Outcome(what, "%", _share(through), _HIGHEST_SHARE, rows)

    what = f"{kind}: answered of {len(pairs)} pairs that plain search connects"
    yield Outcome(what, "%", _share([bool(answer) for answer in answers]), 100, at_least=True)

    hops = [path.hops for path in paths]
    mean = sum(hops) / len(hops)
    spread = [(f"{kind}: hops", Figures.of(hops), "")]
    yield Outcome(f"{kind}: mean hops", "", Figures(mean, mean, mean), _MOST_HOPS, spread)

    said = [all(any(link.sentence for link in s.links) for s in path.steps) for path in paths]
    what = f"{kind}: paths with a sentence at every step"
    yield Outcome(what, "%", _share(said), 100, at_least=True)


def _pairs(names: list[str], number: int) -> list[tuple[str, str]]:
    chosen = random.Random(_SEED)
    return [(one, other) for one, other in (chosen.sample(names, 2) for _ in range(number))]


def _best_linked(graph: nx.MultiDiGraph[str]) -> set[str]:
    """The hundredth of all concepts with the most links."""
    degrees = sorted(graph.degree, key=lambda pair: (-pair[1], pair[0]))
    return {concept for concept, _ in degrees[: max(1, round(len(degrees) * _BEST_LINKED))]}


def _share(found: list[bool]) -> Figures:
    share = 100 * sum(found) / len(found)
    return Figures(share, share, share)
