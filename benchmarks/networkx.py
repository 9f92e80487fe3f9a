"""The large vault as a networkx graph, against building the same graph from tuples in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx

import graphkit
from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 5
BAR = 4.0


def measure(bench: Bench) -> Iterator[Outcome]:
    """Throws each graph away before the next is built."""
    with graphkit.open(bench.vaults["large"], index=bench.fresh_index()) as graph:
        whole = graph.to_networkx()
        nodes = [(node, dict(told)) for node, told in whole.nodes(data=True)]
        edges = [(one, other, dict(told)) for one, other, told in whole.edges(data=True)]
        if not nx.utils.graphs_equal(whole, _built(nodes, edges)):
            raise RuntimeError("the two graphs differ")
        del whole
        ours, theirs = in_pairs(
            bench.runs,
            lambda: seconds_of(graph.to_networkx),
            lambda: seconds_of(lambda: _built(nodes, edges)),
        )
    yield ratio_of("networkx graph", ("to_networkx()", ours), ("from tuples", theirs), BAR)


def _built(
    nodes: list[tuple[str, dict[str, Any]]], edges: list[tuple[str, str, dict[str, Any]]]
) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph
