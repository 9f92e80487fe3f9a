"""What the tests against Neo4j share: a server, emptied before each test that asks for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import missing
from tests.neo4j.server import LTS, MissingError, NamedServer, Server, running

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Neo4j: the one that GRAPHKIT_TEST_NEO4J_URI names, else one of our own."""
    if named := os.environ.get("GRAPHKIT_TEST_NEO4J_URI"):
        if os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
            pytest.fail("one database is there for one process: run these tests with -n 0")
        theirs = NamedServer(Path(), named=named)
        theirs.start()
        yield theirs
        theirs.stop()
        return
    try:
        with running(tmp_path_factory.mktemp("neo4j"), LTS) as server:
            yield server
    except MissingError as why:
        missing("neo4j", str(why))


@pytest.fixture
def empty_server(neo4j_server: Server) -> Server:
    """The same server, with nothing in it."""
    neo4j_server.empty()
    return neo4j_server
