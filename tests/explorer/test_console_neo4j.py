"""The console on a Neo4j: the same rows, and a query that is cancelled is gone from the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.explorer.browsing import exploring
from tests.explorer.test_console_server import ENDLESS, TITIN, asked, until
from tests.explorer.test_journeys_console import ROW, TWO, answered, ask, cell, write
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served
    from tests.neo4j.server import Server

RUNNING: Final = (
    "SHOW TRANSACTIONS YIELD metaData, currentQuery WHERE metaData.graphkit IS NOT NULL"
    " RETURN currentQuery"
)


@pytest.fixture(scope="module")
def of_neo4j(
    neo4j_server: Server,
    notes: Path,
    built_page: Path,
    surroundings: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """The notes in Neo4j, explored."""
    assert built_page.is_dir()
    neo4j_server.empty()
    load_vault(notes, tmp_path_factory.mktemp("loaded") / "index", neo4j_server)
    folder = tmp_path_factory.mktemp("explorer")
    with exploring([], surroundings | neo4j_server.environment, folder) as running:
        yield running


def running(server: Server) -> list[Any]:
    """Queries of the console that the server knows of."""
    found: list[Any] = server.ask(RUNNING)
    return found


def test_a_cancelled_query_is_gone_from_the_server(of_neo4j: Served, neo4j_server: Server) -> None:
    """So is one whose time is up, and one that nobody waits for; others are answered meanwhile."""
    assert asked(of_neo4j, "RETURN 1 AS x")[1]["rows"] == [[1]]
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(asked, of_neo4j, ENDLESS, run=f"run-{n}", timeout=300) for n in (1, 2)]
        until(lambda: len(running(neo4j_server)) == 2)
        assert of_neo4j.api("show", concept=TITIN)["id"] == TITIN
        assert of_neo4j.post("query", {"query": "RETURN 1"}).told["error"]["code"] == "busy"
        for number in (1, 2):
            assert of_neo4j.post("cancel", {"run": f"run-{number}"}).told == {"cancelled": True}
        assert [run.result()[1]["error"]["code"] for run in runs] == ["cancelled", "cancelled"]
    assert running(neo4j_server) == []
    status, told = asked(of_neo4j, ENDLESS, timeout=0.5)
    assert status == 422
    assert "ran out of time" in told["error"]["message"]
    until(lambda: not running(neo4j_server))
    status, told = asked(of_neo4j, "MATCH (n)\nRETURN n.id AS 1")
    assert (status, told["error"]["line"], told["error"]["column"]) == (422, 2, 16)


def test_rows_and_schema_are_those_of_the_embedded_store(
    of_neo4j: Served, of_notes: Served
) -> None:
    """Nodes, links, paths, saved queries with concepts by their names, words to complete."""
    of_notes.api("clusters")
    for query in (TWO, "MATCH p = (:Note {id: 'mtor'})-[:LINKS_TO]->(b) RETURN p ORDER BY b.id"):
        assert asked(of_neo4j, query) == asked(of_notes, query)
    given = {"a": "Sleep", "b": "muscle strength"}
    told = [
        asked(one, "common-neighbours", saved=True, parameters=given)
        for one in (of_neo4j, of_notes)
    ]
    assert told[0] == told[1]
    assert of_neo4j.api("schema") == of_notes.api("schema")


def test_one_asks_cancels_and_reads(
    of_neo4j: Served, neo4j_server: Server, visit: Callable[..., Visit]
) -> None:
    """The page's Cancel, and a page that is closed, end the transaction; rows light the map."""
    seen = visit(of_neo4j).open(console=1)
    seen.expected.append("422 ")
    tab = seen.tab
    tab.locator("#console .cm-content").wait_for()
    tab.fill("#console-timeout", "300")
    write(seen, ENDLESS)
    tab.click("#console >> text=Run")
    until(lambda: running(neo4j_server))
    tab.click("#console >> text=Cancel")
    assert "Cancelled after" in answered(seen)
    assert running(neo4j_server) == []
    assert "rows in" in ask(seen, TWO)
    assert cell(seen, 1, 1).inner_text() == "Titin"
    assert TITIN in seen.drawn["lit"]
    assert tab.locator(ROW).count() == len(seen.drawn["lit"]) - 1
    write(seen, ENDLESS)
    tab.click("#console >> text=Run")
    until(lambda: running(neo4j_server))
    tab.close()
    until(lambda: not running(neo4j_server))
