"""What tests of queries share: the graph of the example vault, and a Neo4j that holds the same."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.stores.embedded import EmbeddedStore
from tests.conftest import missing
from tests.cypher.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import neo4j

    Loaded = Callable[[EmbeddedStore], neo4j.Driver]


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
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared_store(
    shared_vault: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedStore]:
    """The shared vault's store."""
    store = EmbeddedStore(shared_vault, index=tmp_path_factory.mktemp("shared") / "index.sqlite")
    store.refresh()
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_loaded() -> Iterator[Loaded]:
    """A Neo4j for tests, emptied and filled with a store's graph when it is asked for."""
    address = os.environ.get("GRAPHKIT_TEST_NEO4J_URI")
    if not address:
        missing("neo4j", "GRAPHKIT_TEST_NEO4J_URI names no Neo4j")
    import neo4j  # noqa: PLC0415 - for these tests only

    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    password = os.environ.get("NEO4J_PASSWORD", "neo4j")
    driver = neo4j.GraphDatabase.driver(
        str(address), auth=(user, password), notifications_min_severity="OFF"
    )
    held: list[EmbeddedStore] = []

    def loaded(store: EmbeddedStore) -> neo4j.Driver:
        if held != [store]:
            load(driver, store)
            held[:] = [store]
        return driver

    yield loaded
    driver.close()
