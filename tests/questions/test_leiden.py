"""Communities by the algorithm of Leiden: known graphs, and what holds for every graph."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.questions.leiden import (
    Adjacency,
    leiden,
    local_moves,
    modularity,
    passes,
    split_disconnected,
)

GRAPHS = st.integers(0, 24).flatmap(
    lambda nodes: st.tuples(
        st.just(nodes),
        st.dictionaries(
            st.tuples(st.integers(0, max(nodes - 1, 0)), st.integers(0, max(nodes - 1, 0))).filter(
                lambda pair: pair[0] < pair[1] < nodes
            ),
            st.integers(1, 4),
            max_size=60,
        ),
    )
)
RESOLUTIONS = st.sampled_from([0.3, 1, 2.5])


def _adjacency(told: tuple[int, dict[tuple[int, int], int]]) -> Adjacency:
    nodes, edges = told
    near: list[dict[int, int]] = [{} for _ in range(nodes)]
    for (one, other), weight in sorted(edges.items()):
        near[one][other] = near[other][one] = weight
    return near


def _of(graph: nx.Graph[int]) -> Adjacency:
    return [dict.fromkeys(sorted(graph[node]), 1) for node in sorted(graph)]


def _graph(adjacency: Adjacency) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(adjacency)))
    for node, near in enumerate(adjacency):
        graph.add_weighted_edges_from((node, other, weight) for other, weight in near.items())
    return graph


def _sets(membership: list[int]) -> list[set[int]]:
    found: dict[int, set[int]] = {}
    for node, here in enumerate(membership):
        found.setdefault(here, set()).add(node)
    return list(found.values())


def _all_connected(adjacency: Adjacency, membership: list[int]) -> bool:
    graph = _graph(adjacency)
    return all(nx.is_connected(graph.subgraph(community)) for community in _sets(membership))


def test_the_karate_club_has_the_best_partition_that_is_known() -> None:
    """Zachary's karate club reaches a modularity of 0.4198, with four communities."""
    club = _of(nx.Graph(nx.karate_club_graph()))
    found = leiden(club)
    assert modularity(club, found) == pytest.approx(0.4198, abs=5e-5)
    assert len(_sets(found)) == 4


def test_a_ring_of_cliques_is_taken_apart_into_its_cliques() -> None:
    """Six cliques of six, each linked with the next, are six communities."""
    found = leiden(_of(nx.ring_of_cliques(6, 6)))
    assert found == [node // 6 for node in range(36)]


@pytest.mark.parametrize("seed", range(5))
def test_planted_parts_are_found(seed: int) -> None:
    """Ten parts of 30, linked within ten times as often as between, are found, in any order."""
    planted = nx.planted_partition_graph(10, 30, 0.5, 0.02, seed=seed)
    order = list(range(300))
    random.Random(seed).shuffle(order)  # noqa: S311 - chance is seeded and keeps no secret
    mixed = nx.relabel_nodes(planted, dict(enumerate(order)))
    parts = {frozenset(order[node] for node in range(30 * p, 30 * p + 30)) for p in range(10)}
    assert {frozenset(part) for part in _sets(leiden(_of(mixed)))} == parts


@settings(deadline=None)
@given(GRAPHS, RESOLUTIONS)
def test_every_community_is_connected(
    told: tuple[int, dict[tuple[int, int], int]], resolution: float
) -> None:
    """Whatever the graph: each community hangs together, and a node without links is alone."""
    near = _adjacency(told)
    found = leiden(near, resolution)
    assert len(found) == len(near)
    assert _all_connected(near, found)
    assert sorted(set(found)) == list(range(len(set(found))))


@settings(deadline=None)
@given(GRAPHS, RESOLUTIONS)
def test_the_modularity_never_falls_between_passes(
    told: tuple[int, dict[tuple[int, int], int]], resolution: float
) -> None:
    """Each pass is at least as good as the one before, the last at least as all alone."""
    near = _adjacency(told)
    alone = modularity(near, range(len(near)), resolution)
    worth = [alone, *(modularity(near, found, resolution) for found in passes(near, resolution))]
    assert all(after >= before - 1e-12 for before, after in pairwise(worth))


@settings(deadline=None)
@given(GRAPHS, RESOLUTIONS)
def test_modularity_is_what_networkx_says(
    told: tuple[int, dict[tuple[int, int], int]], resolution: float
) -> None:
    """Weights and the resolution count as they do there."""
    near = _adjacency(told)
    found = leiden(near, resolution)
    if not told[1]:
        assert modularity(near, found, resolution) == 0
        return
    theirs = nx.community.modularity(_graph(near), _sets(found), resolution=resolution)
    assert modularity(near, found, resolution) == pytest.approx(theirs)


@settings(deadline=None)
@given(GRAPHS, st.randoms(use_true_random=False), RESOLUTIONS)
def test_local_moves_raise_the_modularity_and_keep_numbers(
    told: tuple[int, dict[tuple[int, int], int]], chance: random.Random, resolution: float
) -> None:
    """From any start; after some runs no single node is better off in another community."""
    near = _adjacency(told)
    start = [chance.randrange(5) for _ in near]
    found = local_moves(near, start, resolution)
    worth = modularity(near, found, resolution)
    assert worth >= modularity(near, start, resolution) - 1e-12
    assert all(here in start or here > max(start) for here in found)
    while (again := local_moves(near, found, resolution)) != found:
        assert modularity(near, again, resolution) > worth
        found, worth = again, modularity(near, again, resolution)
    for node in range(len(near)):
        for there in {*found, max(found) + 1}:
            moved = [*found[:node], there, *found[node + 1 :]]
            assert modularity(near, moved, resolution) <= worth + 1e-9
    assert local_moves(near, start, resolution, only=[]) == start


@settings(deadline=None)
@given(GRAPHS, st.randoms(use_true_random=False))
def test_what_is_not_connected_is_split_and_the_largest_part_keeps_the_number(
    told: tuple[int, dict[tuple[int, int], int]], chance: random.Random
) -> None:
    """Connected communities stay as they are; splitting never lowers the modularity."""
    near = _adjacency(told)
    start = [chance.randrange(3) for _ in near]
    found = split_disconnected(near, start)
    assert _all_connected(near, found)
    assert modularity(near, found) >= modularity(near, start) - 1e-12
    graph = _graph(near)
    for number in set(start):
        nodes = [node for node, here in enumerate(start) if here == number]
        parts = list(nx.connected_components(graph.subgraph(nodes)))
        kept = {node for node in nodes if found[node] == number}
        assert kept in parts
        assert len(kept) == max(map(len, parts))
        assert len({found[node] for node in nodes}) == len(parts)
    assert split_disconnected(near, start, only=[]) == start


def test_no_links_one_clique_and_ten_thousand_components() -> None:
    """The odd graphs: nothing, only single nodes, all with all, and pairs far from each other."""
    assert leiden([]) == []
    assert leiden([{}, {}, {}]) == [0, 1, 2]
    assert set(leiden(_of(nx.complete_graph(150)))) == {0}
    pairs = [{node ^ 1: 1} for node in range(20_000)]
    assert leiden(pairs) == [node // 2 for node in range(20_000)]
