"""The newest release of Neo4j, where there is a Java for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.neo4j.loading import both_graphs, load_vault
from tests.neo4j.server import NEWEST, MissingError, java_for, running

if TYPE_CHECKING:
    from pathlib import Path


def test_newest_release_holds_the_same_graph(notes: Path, tmp_path: Path) -> None:
    """What is loaded into the newest release answers as the index does."""
    try:
        java_for(NEWEST)
    except MissingError as why:
        pytest.skip(str(why))
    index = tmp_path / "index"
    with running(tmp_path / "newest", NEWEST) as server:
        assert len(load_vault(notes, index, server).added) == 85
        assert load_vault(notes, index, server).links == 0
        with both_graphs(notes, index, server) as (ours, theirs):
            assert theirs.stats() == ours.stats()
            for node in ours._store.all_nodes():  # noqa: SLF001 - all there are
                assert theirs.concept(node.id) == ours.concept(node.id)
                assert theirs.neighbours(node.id, depth=2) == ours.neighbours(node.id, depth=2)
            assert theirs.paths("nmj", "sleep", k=3) == ours.paths("nmj", "sleep", k=3)
            assert theirs.search("calcium").total == ours.search("calcium").total
            assert theirs.find("nueromuscular junction") == ours.find("nueromuscular junction")
