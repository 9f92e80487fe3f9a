"""What the tests against Neo4j share beside the server: loading, and what a database then says."""

from __future__ import annotations

import json
import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from graphkit.graph import Graph
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.load import load
from graphkit.stores.neo4j.store import Neo4jStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphkit.answers import Loaded
    from tests.neo4j.server import Server


def load_vault(vault: Path, index: Path, server: Server, **options: Any) -> Loaded:  # noqa: ANN401
    """Loads a vault into a server, as ``graphkit load`` does."""
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        bring_up_to_date(store)
        with Connection(server.uri, os.environ | server.environment) as connection:
            return load(store, connection, **options)


@contextmanager
def both_graphs(vault: Path, index: Path, server: Server) -> Iterator[tuple[Graph, Graph]]:
    """The vault as a graph from its index, and from the server."""
    store = EmbeddedStore(vault, index=index)
    store.refresh()
    theirs = Neo4jStore(server.uri, os.environ | server.environment)
    with Graph(store) as embedded, Graph(theirs) as remote:
        yield embedded, remote


def everything_in(server: Server) -> dict[str, Any]:
    """All that graphkit wrote into a database, in a form to compare: nodes, links, the holder."""
    nodes = server.ask("MATCH (c:Concept) RETURN labels(c), properties(c)")
    links = server.ask(
        "MATCH (s:Concept)-[r]->(t:Concept) RETURN s.id, t.id, type(r), properties(r)"
    )
    ((held,),) = server.ask("MATCH (v:GraphkitVault) RETURN properties(v)")
    for key in ("last_whole", "_root"):
        held.pop(key, None)
    return {
        "nodes": sorted(
            json.dumps([sorted(labels), told], sort_keys=True) for labels, told in nodes
        ),
        "links": sorted(json.dumps(link, sort_keys=True) for link in links),
        "holder": held,
    }
