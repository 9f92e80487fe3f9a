"""Twenty saved queries on the embedded engine and on a real Neo4j, both warm: a table of times."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import ratio_of
from graphkit.cypher.saved import saved_query, values_for
from graphkit.questions.lookup import find_concept
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.load import load
from graphkit.stores.neo4j.store import Neo4jStore
from tests.neo4j.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome
    from graphkit.stores.base import GraphStore

VAULTS = ("shared",)
RUNS = 9
_NAMES: Final = (
    "ambiguous-links best-linked common-neighbours concept-card dead-ends folders hubs"
    " hubs-by-folder links-without-sentence longest-notes moments most-wanted mutual-links"
    " neighbourhood orphans path-avoiding reading-list relations said-about shortest-path"
).split()


def measure(bench: Bench) -> Iterator[Outcome]:
    """Asks about well-linked notes of the shared vault, each query once beforehand."""
    vault = bench.vaults["shared"]
    with (
        running(bench.folder / "neo4j", short_lived=False) as server,
        closing(EmbeddedStore(vault, index=bench.fresh_index())) as here,
    ):
        here.refresh()
        environment = os.environ | server.environment
        with Connection(server.uri, environment) as connection:
            load(here, connection)
        with closing(Neo4jStore(server.uri, environment)) as there:
            for name in _NAMES:
                text, values = _asked(here, name)
                ours, theirs = in_pairs(
                    bench.runs,
                    lambda text=text, values=values: _seconds(here, text, values),  # type: ignore[misc]
                    lambda text=text, values=values: _seconds(there, text, values),  # type: ignore[misc]
                )
                yield ratio_of(name, ("embedded", ours), ("Neo4j", theirs), None)


def _seconds(store: GraphStore, text: str, values: dict[str, Any]) -> float:
    return seconds_of(lambda: store.query(text, values, timeout=60, limit=10_000))


def _asked(store: EmbeddedStore, name: str) -> tuple[str, dict[str, Any]]:
    """A saved query and its values; a concept is one of those behind the best-linked few."""
    query = saved_query(name, [])
    ids = iter([concept.id for concept, _ in store.linked_most(12, note=True)][4:])
    given = {
        p.name: next(ids) if p.type == "concept" else p.example
        for p in query.parameters
        if p.type == "concept" or p.required
    }
    values = values_for(query, given, lambda told: find_concept(store, told).concept.id)
    return query.query, values
