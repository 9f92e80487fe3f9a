"""Queries of a person's own: read in a session in which the server refuses to write."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.cypher.bolt import run_on_neo4j
from graphkit.cypher.tokens import read_query
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
    found = store.query(query, {"folder": "muscle/"}, timeout=30, limit=3)
    assert found.columns == ("id", "n.words")
    first = ["muscle/actin", "muscle/antagonist_muscles", "muscle/bone"]
    assert [row[0] for row in found.rows] == first
    assert found.truncated
    one = store.query("RETURN 1 AS one", timeout=30, limit=1)
    assert one == graphkit.QueryResult(("one",), ((1,),), truncated=False)


def test_bookkeeping_is_not_shown(store: Neo4jStore) -> None:
    """What graphkit keeps for itself on nodes and links is in no answer, in keys() neither."""
    query = (
        "MATCH (n:Note {id: 'muscle/titin'})-[r]->(m)"
        " RETURN n, r, properties(n), keys(n), keys(r), m.id ORDER BY m.id LIMIT 1"
    )
    ((node, link, properties, of_node, of_link, _),) = store.query(query, timeout=30, limit=9).rows
    for keys in (node["properties"], link["properties"], properties, of_node, of_link):
        assert len(keys) > 5
        assert not [key for key in keys if key.startswith("_")]


def test_an_error_behind_keys_points_at_its_place(store: Neo4jStore) -> None:
    """The place that the server complains of is told as it stands in the query as written."""
    with pytest.raises(graphkit.QueryError) as told:
        store.query("MATCH (n) RETURN keys(n) AS k,\n  keys(n), nothing", timeout=30, limit=1)
    assert (told.value.line, told.value.column) == (2, 12)


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
    with pytest.raises(graphkit.QueryError, match=r"not allowed|cannot be run|write"):
        store.connection.in_session(
            lambda session: run_on_neo4j(session, read_query(query), {}, timeout=30, limit=10)
        )
    with pytest.raises(graphkit.QueryError, match="refused"):
        store.query(query, timeout=30, limit=10)
    assert neo4j_server.ask("MATCH (n) RETURN count(n), sum(size(n.title))") == before


def test_a_query_that_takes_too_long_is_ended(store: Neo4jStore) -> None:
    """The time that a query may take is kept by the server."""
    slow = "UNWIND range(1, 10000000) AS a UNWIND range(1, 10000000) AS b RETURN sum(a * b)"
    with pytest.raises(graphkit.QueryError, match="ran out of time"):
        store.query(slow, timeout=1, limit=1)
    assert store.stats().notes == 85
