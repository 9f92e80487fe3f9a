"""What tests of queries share: the graph of the example vault, and a Neo4j that holds the same."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.load import load
from graphkit.stores.neo4j.store import Neo4jStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.neo4j.server import Server

    Loaded = Callable[[EmbeddedStore], Neo4jStore]


@pytest.fixture(scope="session")
def example(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[graphkit.Graph]:
    """The example vault, open."""
    index = tmp_path_factory.mktemp("example") / "index.sqlite"
    with graphkit.open(notes, index=index) as graph:
        yield graph


@pytest.fixture(scope="session")
def example_store(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """The example vault's store."""
    store = EmbeddedStore(notes, index=tmp_path_factory.mktemp("store") / "index.sqlite")
    store.refresh()
    bring_up_to_date(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared_store(
    shared_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedStore]:
    """The shared vault's store."""
    store = EmbeddedStore(shared_vault, index=tmp_path_factory.mktemp("shared") / "index.sqlite")
    store.refresh()
    bring_up_to_date(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_loaded(neo4j_server: Server) -> Iterator[Loaded]:
    """A real Neo4j, loaded with a store's vault when that is asked for."""
    environment = os.environ | neo4j_server.environment
    with closing(Neo4jStore(neo4j_server.uri, environment)) as theirs:

        def loaded(store: EmbeddedStore) -> Neo4jStore:
            if neo4j_server.holds is not store:
                neo4j_server.empty()
                with Connection(neo4j_server.uri, environment) as connection:
                    load(store, connection)
                neo4j_server.holds = store
            return theirs

        yield loaded
