"""How often a question goes to the server: once for a name, once for a frontier."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from graphkit.stores.neo4j.store import Neo4jStore
from tests.neo4j.loading import both_graphs, load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from tests.neo4j.server import Server


@pytest.fixture(scope="module")
def graph(
    neo4j_server: Server, shared_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graph]:
    """The shared vault in Neo4j."""
    index = tmp_path_factory.mktemp("index") / "index"
    neo4j_server.empty()
    load_vault(shared_vault, index, neo4j_server)
    with both_graphs(shared_vault, index, neo4j_server) as (_, theirs):
        yield theirs


@pytest.fixture(scope="module")
def some(graph: Graph) -> list[str]:
    ids = [node.id for node in graph._store.all_nodes()]  # noqa: SLF001 - all there are
    return random.Random(7).sample(ids, 60)  # noqa: S311 - seeded


def round_trips(graph: Graph) -> int:
    store = graph._store  # noqa: SLF001 - what is counted
    assert isinstance(store, Neo4jStore)
    return store.connection.round_trips


def test_neighbours_two_hops_away(graph: Graph, some: list[str]) -> None:
    """``neighbours --depth 2`` asks four times at the most, whatever it finds."""
    for id_ in some:
        before = round_trips(graph)
        graph.neighbours(id_, depth=2)
        assert round_trips(graph) - before <= 4


def test_paths_of_four_hops(graph: Graph, some: list[str]) -> None:
    """``path`` asks fourteen times at the most for a path of four hops or fewer."""
    hops = set()
    for start, goal in zip(some[::2], some[1::2], strict=True):
        before = round_trips(graph)
        found = graph.paths(start, goal).paths
        if found and found[0].hops <= 4:
            hops.add(found[0].hops)
            assert round_trips(graph) - before <= 14
    assert 4 in hops


def test_show_and_a_name(graph: Graph, some: list[str]) -> None:
    """``show`` asks once for the name, and once each for the concept, its links and backlinks."""
    for id_ in some:
        before = round_trips(graph)
        graph.concept(id_)
        assert round_trips(graph) - before <= 4
