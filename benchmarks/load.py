"""A load of the large vault into Neo4j against a bare driver loop; little loads; memory; questions.

The server is a real one, as the tests run it (``tests/neo4j/README.md``): Java 17 and Maven.
"""

from __future__ import annotations

import os
import random
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

import graphkit
from benchmarks.processes import graphkit as command
from benchmarks.processes import in_pairs, peak_memory, process_seconds, seconds_of
from benchmarks.report import Figures, Outcome
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.plan import make_plan
from graphkit.stores.neo4j.rows import concept_rows, note_chunks, note_rows
from graphkit.stores.neo4j.store import Neo4jStore
from graphkit.stores.neo4j.values import LINK_KEYS
from tests.neo4j.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.processes import Bench
    from tests.neo4j.server import Server

    Rows = list[dict[str, Any]]

VAULTS = ("shared", "large")
RUNS = 3
_ROWS: Final = 5_000
_CONSTRAINT: Final = "CREATE CONSTRAINT IF NOT EXISTS FOR (c:Concept) REQUIRE c.id IS UNIQUE"
_NODES: Final = "UNWIND $rows AS row CREATE (c:Concept) SET c = row"
_LINKS: Final = (
    "UNWIND $rows AS row MATCH (s:Concept {id: row.s}) MATCH (t:Concept {id: row.t})"
    " CREATE (s)-[r:LINKS_TO]->(t) SET r = row.p"
)


def measure(bench: Bench) -> Iterator[Outcome]:
    """Loads an index with clusters and without full text each time, into an empty database."""
    with running(bench.folder / "neo4j", short_lived=False) as server:
        os.environ |= {k: v for k, v in server.environment.items() if k.startswith("NEO4J_")}
        yield from _rate(bench, server)
        yield from _memory(bench, server)


def _load(vault: Path, index: Path, server: Server) -> list[str]:
    return command(vault, index, "load", "--store", server.uri)


def _rate(bench: Bench, server: Server) -> Iterator[Outcome]:
    vault = bench.vaults["large"]
    index, copy = bench.folder / "large.sqlite", bench.folder / "copy.sqlite"
    with graphkit.open(vault, index=index) as graph:
        finding = seconds_of(graph.clusters)
    with closing(EmbeddedStore(vault, index=index)) as store:
        with Connection(server.uri, os.environ) as connection:
            plan = make_plan(store, connection, text=True, replace=False)
        nodes = concept_rows(store, plan, [i for i, told in plan.known.items() if not told.note])
        links: Rows = []
        for ids in note_chunks(plan):
            some, more = note_rows(store, plan, ids)
            nodes += some
            links += [_as_map(row) for row in more]

    def ours() -> float:
        server.empty()
        shutil.copyfile(index, copy)
        return process_seconds(_load(vault, copy, server))

    def theirs() -> float:
        server.empty()
        return seconds_of(lambda: _bare_loop(server, nodes, links))

    ours(), theirs()  # a server that has just been started is slower, to whoever comes first
    full, bare = in_pairs(bench.runs, ours, theirs)
    ratios = [other / one for one, other in zip(full, bare, strict=True)]
    rows = [
        ("graphkit load", Figures.of(full), "s"),
        ("finding the clusters first, where they are not kept yet", Figures.of([finding]), "s"),
        (f"bare loop, {len(nodes):,} nodes and {len(links):,} links", Figures.of(bare), "s"),
    ]
    yield Outcome(
        "bare loop's time to graphkit's", "×", Figures.of(ratios), 0.8, rows, at_least=True
    )
    process_seconds(_load(vault, copy, server))
    whole = Figures.of(full).median
    yield _share("load when nothing changed", whole, bench, vault, copy, server, change=False)
    yield _share("load when one note changed", whole, bench, vault, copy, server, change=True)
    yield from _round_trips(server)


def _as_map(row: list[Any]) -> dict[str, Any]:
    """A link as a bare loop sends it: without what is null."""
    source, target, _, place, *values = row
    told = {key: value for key, value in zip(LINK_KEYS, values, strict=True) if value is not None}
    return {"s": source, "t": target, "p": told | {"_place": place}}


def _bare_loop(server: Server, nodes: Rows, links: Rows) -> None:
    with server.driver() as driver, driver.session() as session:
        session.run(_CONSTRAINT).consume()
        for statement, rows in ((_NODES, nodes), (_LINKS, links)):
            for start in range(0, len(rows), _ROWS):
                part = rows[start : start + _ROWS]
                session.execute_write(lambda tx, s=statement, p=part: tx.run(s, rows=p).consume())


def _share(  # noqa: PLR0917 - what is measured
    what: str,
    whole: float,
    bench: Bench,
    vault: Path,
    index: Path,
    server: Server,
    *,
    change: bool,
) -> Outcome:
    note = sorted(vault.rglob("*.md"))[500]
    kept = note.read_bytes()
    shares = []
    try:
        for number in range(bench.runs):
            if change:
                note.write_bytes(kept + f"\nEdit {number}.\n".encode())
            shares.append(process_seconds(_load(vault, index, server)) / whole)
    finally:
        note.write_bytes(kept)
    bar = 0.07 if change else 0.05
    rows = [(what, Figures.of(share * whole for share in shares), "s")]
    return Outcome(f"{what}, of a full one", "×", Figures.of(shares), bar, rows)


def _round_trips(server: Server) -> Iterator[Outcome]:
    store = Neo4jStore(server.uri, os.environ)
    asked = random.Random(5)
    with graphkit.Graph(store) as graph:
        ids = [concept.id for concept in store.all_nodes()]
        near, path = [], []
        for _ in range(40):
            before = store.connection.round_trips
            graph.neighbours(asked.choice(ids), depth=2)
            near.append(store.connection.round_trips - before)
            before = store.connection.round_trips
            found = graph.paths(asked.choice(ids), asked.choice(ids)).paths
            if found and found[0].hops <= 4:  # noqa: PLR2004 - as the bar says
                path.append(store.connection.round_trips - before)
    yield Outcome("most queries of neighbours --depth 2", "", Figures.of([max(near)]), 4)
    if path:
        yield Outcome("most queries of a path of 4 hops", "", Figures.of([max(path)]), 14)


def _memory(bench: Bench, server: Server) -> Iterator[Outcome]:
    held = []
    for name in ("large", "shared"):
        server.empty()
        index = bench.folder / f"{name}.memory.sqlite"
        with graphkit.open(bench.vaults[name], index=index) as graph:
            graph.clusters()
        held.append(peak_memory(_load(bench.vaults[name], index, server)))
    rows = [
        (f"load of the {name} vault", Figures.of([most]), "MB")
        for name, most in zip(("large", "shared"), held, strict=True)
    ]
    yield Outcome("peak memory, large to shared", "×", Figures.of([held[0] / held[1]]), 1.5, rows)
