"""Where the ways from one part of a graph to another cross."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.questions.crossing import crossing, kinless_hubs


def adjacency_of(size: int, links: set[tuple[int, int]]) -> list[dict[int, int]]:
    near: list[dict[int, int]] = [{} for _ in range(size)]
    for one, other in sorted(links):
        if one != other:
            near[one][other] = near[other][one] = 1
    return near


@given(
    st.integers(2, 9).flatmap(
        lambda size: st.tuples(
            st.just(size),
            st.integers(1, size - 1),
            st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))),
        )
    )
)
def test_it_is_the_betweenness_of_the_links_across(
    drawn: tuple[int, int, set[tuple[int, int]]],
) -> None:
    """It agrees with networkx, from either part, and adds up to the number of links across."""
    size, split, links = drawn
    near = adjacency_of(size, links)
    worth = crossing(near, split, range(split))
    assert crossing(near, split, range(split, size)) == pytest.approx(worth)
    graph = nx.Graph([(node, other) for node in range(size) for other in near[node]])
    across = [link for link in graph.edges if (link[0] < split) != (link[1] < split)]
    assert sum(worth.get(node, 0) for node in range(split)) == pytest.approx(len(across))
    assert sum(worth.get(node, 0) for node in range(split, size)) == pytest.approx(len(across))
    told = nx.edge_betweenness_centrality_subset(
        graph, [n for n in graph if n < split], [n for n in graph if n >= split]
    )
    whole = sum(told[link] for link in across)
    wanted: defaultdict[int, float] = defaultdict(float)
    for link in across:
        for end in link:
            wanted[end] += told[link] * len(across) / whole
    assert worth == pytest.approx(wanted)


def test_links_that_are_on_more_ways_are_worth_more() -> None:
    """Two lines of three nodes, linked at one end and in the middle: the middle takes more."""
    near = adjacency_of(6, {(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (1, 4)})
    worth = crossing(near, 3, range(3))
    # of the nine ways, 0-3 and half of each of 0-4, 0-5, 1-3 and 2-3 cross at 0: three in all
    assert worth == pytest.approx({0: 2 * 3 / 9, 3: 2 * 3 / 9, 1: 2 * 6 / 9, 4: 2 * 6 / 9})


def star_in_a_ring(elsewhere: int) -> tuple[list[dict[int, int]], list[str]]:
    """Twelve nodes in a ring, and a hub linked with all of them and two of each other part."""
    links = {(node, node % 12 + 1) for node in range(1, 13)} | {(0, node) for node in range(1, 13)}
    parts = ["own"] * 13
    for part in range(elsewhere):
        for _ in range(2):
            links.add((0, len(parts)))
            parts.append(f"other {part}")
    return adjacency_of(len(parts), links), parts


def test_kinless_hubs_are_linked_with_all_parts() -> None:
    """A hub has none in particular from a participation of 0.75 on: here with ten other parts."""
    # 12 of its neighbours are in its own part: 1 - (12 ** 2 + 10 * 2 ** 2) / 32 ** 2 = 0.82
    assert kinless_hubs(*star_in_a_ring(10)) == {0}
    # 1 - (12 ** 2 + 4 * 2 ** 2) / 20 ** 2 = 0.6
    assert kinless_hubs(*star_in_a_ring(4)) == frozenset()


def test_notes_of_no_cluster_or_all_alike_are_no_hubs() -> None:
    """Nodes without neighbours, and parts whose nodes are all alike, have no hubs."""
    assert kinless_hubs([{}, {}], [None, "a"]) == frozenset()
    ring = adjacency_of(4, {(0, 1), (1, 2), (2, 3), (3, 0)})
    assert kinless_hubs(ring, ["a", "b", "c", "d"]) == frozenset()
