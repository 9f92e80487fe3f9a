"""Clusters around words, and bridges, asked of the index and of Neo4j: the same, byte by byte."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.around import around
from graphkit.questions.cluster_card import cluster_meant
from graphkit.questions.reading_order import reading_order
from graphkit.views.cluster_page import cluster_page, clusters_page
from graphkit.views.page import render
from tests.neo4j.loading import both_graphs, load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.graph import Graph
    from tests.neo4j.server import Server

WORDS = ("neuromuscular", "cold exposure", "myop*", '"motor units"', "muscle -bone", "and", "zzzz")


@pytest.fixture(scope="module")
def both(
    shared_vault: Path, neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Graph, Graph]]:
    """The shared vault as a graph from its index, and from Neo4j."""
    index = tmp_path_factory.mktemp("index") / "index"
    neo4j_server.empty()
    load_vault(shared_vault, index, neo4j_server)
    with both_graphs(shared_vault, index, neo4j_server) as graphs:
        yield graphs


def told(graph: Graph, word: str) -> str:
    try:
        return json.dumps(around(graph._store, word).to_dict())  # noqa: SLF001
    except graphkit.GraphkitError as error:
        return f"{error.message} {error.hint}"


@pytest.mark.parametrize("word", WORDS)
def test_around_a_word(both: tuple[Graph, Graph], word: str) -> None:
    """The same notes with the same scores, for the same reasons."""
    ours, theirs = (told(graph, word) for graph in both)
    assert theirs == ours


def test_around_a_concept(both: tuple[Graph, Graph]) -> None:
    """The same from a given concept."""
    name = "neuromuscular_connections_and_muscle_movement"
    one, other = (around(graph._store, seeds=[graph.concept(name)]) for graph in both)  # noqa: SLF001
    assert one == other


def test_where_to_begin(both: tuple[Graph, Graph]) -> None:
    """The same notes to read first, for the same reasons."""
    ids = [member.id for member in around(both[0]._store, "neuromuscular").concepts]  # noqa: SLF001
    one, other = (reading_order(g._store, ids, most=30, about="muscle") for g in both)  # noqa: SLF001
    assert one == other
    assert len(one) == 30


@pytest.mark.parametrize("names", [(), ("c3",), ("c2", "dopamine"), ("s20", "c1")])
def test_bridges(both: tuple[Graph, Graph], names: tuple[str, ...]) -> None:
    """The same notes hold clusters together, with the same scores and links."""
    ours, theirs = (graph.bridges(*names).bridges for graph in both)
    assert ours
    assert theirs == ours


def test_pages(both: tuple[Graph, Graph]) -> None:
    """The same page of what is around a word, and the same page of all topics."""
    stores = [graph._store for graph in both]  # noqa: SLF001
    cards = [cluster_meant(store, "neuromuscular", read=5) for store in stores]
    ours, theirs = (
        render(cluster_page(store, card)) for store, card in zip(stores, cards, strict=True)
    )
    assert theirs == ours
    assert len({clusters_page(store) for store in stores}) == 1
