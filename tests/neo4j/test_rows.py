"""Queries of a person's own: read in a session in which the server refuses to write."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.stores.neo4j.store import Neo4jStore
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.neo4j.server import Server


@pytest.fixture(scope="module")
def store(
    neo4j_server: Server, notes: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Neo4jStore]:
    """The example notes in Neo4j."""
    neo4j_server.empty()
    load_vault(notes, tmp_path_factory.mktemp("index") / "i", neo4j_server)
    environment = os.environ | neo4j_server.environment
    with closing(Neo4jStore(neo4j_server.uri, environment)) as store:
        yield store


def test_columns_rows_and_the_cut(store: Neo4jStore) -> None:
    """A query gives its columns and rows, and says whether there were more."""
    query = "MATCH (n:Note) WHERE n.id STARTS WITH $folder RETURN n.id AS id, n.words ORDER BY id"
    columns, rows, more = store.rows(query, {"folder": "muscle/"}, seconds=30, limit=3)
    assert columns == ["id", "n.words"]
    assert [row[0] for row in rows] == ["muscle/actin", "muscle/antagonist_muscles", "muscle/bone"]
    assert more
    assert store.rows("RETURN 1 AS one", {}, seconds=30, limit=1) == (["one"], [[1]], False)


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Concept {id: 'new'})",
        "MATCH (n) DETACH DELETE n",
        "MATCH (n:Note) SET n.title = 'x' RETURN n",
        "DROP CONSTRAINT graphkit_concept_id",
        "CREATE INDEX mine FOR (n:Note) ON (n.words)",
        "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS",
    ],
)
def test_the_server_refuses_to_write(store: Neo4jStore, neo4j_server: Server, query: str) -> None:
    """Whatever writes or changes the schema fails, and leaves the graph as it was."""
    before = neo4j_server.ask("MATCH (n) RETURN count(n), sum(size(n.title))")
    with pytest.raises(graphkit.StoreError):
        store.rows(query, {}, seconds=30, limit=10)
    assert neo4j_server.ask("MATCH (n) RETURN count(n), sum(size(n.title))") == before


def test_a_query_that_takes_too_long_is_ended(store: Neo4jStore) -> None:
    """The time that a query may take is kept by the server."""
    slow = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b RETURN sum(a * b)"
    with pytest.raises(graphkit.StoreError, match=r"timeout|terminated"):
        store.rows(slow, {}, seconds=1, limit=1)
    assert store.stats().notes == 85
