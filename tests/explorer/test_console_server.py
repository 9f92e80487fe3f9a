"""What the console asks of the server: queries that can be cancelled, saved ones, the schema."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from graphkit.stores.embedded import EmbeddedStore
from tests.explorer.served import served

if TYPE_CHECKING:
    from tests.explorer.served import Served

ENDLESS: Final = "MATCH (a), (b), (c), (d) WHERE a.id + b.id + c.id = d.id RETURN count(*) AS n"
TITIN: Final = "muscle/titin"
_SOON: Final = 20.0
"""Seconds within which something that ends does so, on a slow machine."""


def engines(explorer: Served) -> set[int]:
    """The processes that an explorer has started: its engines."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, told = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:
            continue
        state, parent = told.split()[:2]
        if int(parent) == explorer.process.pid and state != "Z":
            found.add(int(stat.parent.name))
    return found


def until(holds: Any) -> Any:  # noqa: ANN401 - whatever it comes to
    """Asks until it holds."""
    end = time.monotonic() + _SOON
    while not (found := holds()):
        assert time.monotonic() < end
        threading.Event().wait(0.05)
    return found


def asked(explorer: Served, query: str, **more: Any) -> tuple[int, dict[str, Any]]:  # noqa: ANN401
    answer = explorer.post("query", {"query": query, **more})
    return answer.status, answer.told


def test_rows_are_those_of_query(explorer: Served, notes: Path, tmp_path: Path) -> None:
    """Nodes, links, paths and values as the store gives them; a limit is told of."""
    query = "MATCH p = (a:Note)-[r]->(b) RETURN a, r, p, b.id AS id, r.seconds AS at ORDER BY a.id"
    store = EmbeddedStore(notes, index=tmp_path / "index")
    store.refresh()
    explorer.api("clusters")
    status, told = asked(explorer, query, limit=7)
    assert status == 200
    assert told["truncated"] is True
    assert len(told["rows"]) == 7
    assert {tuple(value) for value in told["rows"][0][:1]} == {("labels", "properties")}
    asked_again = asked(explorer, "MATCH (n:Note) RETURN n.id AS id ORDER BY id", limit=10_000)
    own = store.query("MATCH (n:Note) RETURN n.id AS id ORDER BY id", timeout=30, limit=10_000)
    assert asked_again == (200, {**own.to_dict()})
    store.close()


def test_saved_queries_with_their_parameters(explorer: Served) -> None:
    """All are listed; one runs by its name, and a concept may be named by its title."""
    listed = {query["name"]: query for query in explorer.api("queries")["queries"]}
    assert listed["common-neighbours"]["parameters"][0]["type"] == "concept"
    given = {"a": "Sleep", "b": TITIN}
    status, told = asked(explorer, "common-neighbours", saved=True, parameters=given)
    assert status == 200
    assert told["columns"] == ["id", "title", "ways"]
    status, told = asked(explorer, "best-linked", saved=True, parameters={"limit": 3})
    assert len(told["rows"]) == 3
    for parameters, code, word in (
        ({"a": "Sleep", "b": "Titen"}, "no_such_concept", "Titen"),
        ({"a": "Sleep"}, "usage", "b"),
        ({"a": "Sleep", "b": TITIN, "c": 1}, "usage", "'c'"),
    ):
        _, told = asked(explorer, "common-neighbours", saved=True, parameters=parameters)
        assert told["error"]["code"] == code
        assert word in told["error"]["message"]
        assert "--param" not in (told["error"]["hint"] or "")


@pytest.mark.parametrize(
    ("query", "place", "word"),
    [
        ("MATCH (n)\nRETURN n.id AS 1", (2, 17), "1"),
        ("MATCH (n)\n  SET n.x = 1", (2, 3), "SET"),
        ("RETURN $x", (1, 8), "$x"),
        ("", (1, 1), "empty"),
    ],
)
def test_a_failure_tells_its_place(
    query: str, place: tuple[int, int], word: str, explorer: Served
) -> None:
    """A query that is not understood, or would write, is refused where that stands."""
    status, told = asked(explorer, query)
    assert status == 422
    error = told["error"]
    assert (error["line"], error["column"]) == place
    assert word in error["message"]
    assert "--param" not in (error["hint"] or "")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"query": 1},
        {"query": "RETURN 1", "parameters": [1]},
        {"query": "RETURN 1", "timeout": 301},
        {"query": "RETURN 1", "timeout": 0},
        {"query": "RETURN 1", "timeout": "x"},
        {"query": "RETURN 1", "limit": 10_001},
        {"query": "RETURN 1", "limit": 1.5},
        {"query": "RETURN 1", "limit": True},
        {"query": "RETURN 1", "run": "a b"},
        {"query": "../../etc/passwd", "saved": True},
    ],
)
def test_what_is_asked_wrongly(sent: dict[str, Any], explorer: Served) -> None:
    """It is said what is wrong, and nothing runs."""
    answer = explorer.post("query", sent)
    assert answer.status == 400
    assert answer.told["error"]["message"]


def test_no_file_is_read_that_the_page_names(explorer: Served, tmp_path: Path) -> None:
    """The name of a file is Cypher, and no good one."""
    file = tmp_path / "own.cypher"
    file.write_text("RETURN 'read' AS x", encoding="utf-8")
    status, told = asked(explorer, str(file))
    assert status == 422
    assert "read" not in str(told.get("rows"))
    assert asked(explorer, str(file), saved=True)[0] == 400


def test_the_schema_is_that_of_the_graph(explorer: Served) -> None:
    """Labels, types and keys that a query can name, those of the frontmatter too."""
    told = explorer.api("schema")
    assert {"Concept", "Note", "Unresolved"} <= set(told["labels"])
    _, types = asked(explorer, "MATCH ()-[r]->() RETURN DISTINCT type(r) AS t")
    assert sorted(told["types"]) == sorted(row[0] for row in types["rows"])
    assert told["types"][0] == "LINKS_TO"
    for key in ("id", "title", "cluster_name", "sentence", "seconds"):
        assert key in told["keys"]
    assert explorer.api("schema") == told


def test_a_query_without_end_is_stopped_and_nothing_waits_for_it(explorer: Served) -> None:
    """By its time, by cancelling it, and by going away; two run, a third is told so."""
    asked(explorer, "RETURN 1")
    status, told = asked(explorer, ENDLESS, timeout=0.5)
    assert status == 422
    assert "ran out of time (0.5 s)" in told["error"]["message"]
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(asked, explorer, ENDLESS, run=f"run-{n}", timeout=300) for n in (1, 2)]
        both = until(lambda: len(found := engines(explorer)) >= 2 and found)
        status, told = until(lambda: _refused(explorer))
        assert (status, told["error"]["code"]) == (503, "busy")
        assert explorer.api("show", concept=TITIN)["id"] == TITIN
        assert explorer.api("find", q="titin")["choices"]
        for number in (1, 2):
            assert explorer.post("cancel", {"run": f"run-{number}"}).told == {"cancelled": True}
        assert [run.result()[1]["error"]["code"] for run in runs] == ["cancelled", "cancelled"]
    until(lambda: not (engines(explorer) & both))
    assert explorer.post("cancel", {"run": "run-1"}).told == {"cancelled": False}
    assert asked(explorer, "RETURN 1 AS x")[1]["rows"] == [[1]]


def test_what_can_be_completed_waits_for_no_query(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """While as many queries run as may, the schema is told as it is when none does."""
    with served(notes, surroundings, tmp_path) as explorer, ThreadPoolExecutor(3) as pool:
        asked(explorer, "RETURN 1")
        runs = [pool.submit(asked, explorer, ENDLESS, run=f"run-{n}", timeout=300) for n in (1, 2)]
        until(lambda: len(engines(explorer)) >= 2)
        until(lambda: _refused(explorer))
        try:
            told = pool.submit(explorer.api, "schema")
            schema = told.result(timeout=_SOON)
        finally:
            for number in (1, 2):
                explorer.post("cancel", {"run": f"run-{number}"})
        assert [run.result()[1]["error"]["code"] for run in runs] == ["cancelled", "cancelled"]
        assert explorer.api("schema") == schema


def _refused(explorer: Served) -> tuple[int, dict[str, Any]] | None:
    status, told = asked(explorer, "RETURN 1", timeout=1)
    return (status, told) if status != 200 else None


def test_who_goes_away_leaves_nothing_running(explorer: Served) -> None:
    """A page that is closed takes its query along."""
    asked(explorer, "RETURN 1")
    body = json.dumps({"query": ENDLESS, "run": "left", "timeout": 300}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", explorer.port)
    headers = {
        "Host": explorer.host,
        "Cookie": explorer.cookie,
        "Origin": f"http://{explorer.host}",
        "Content-Type": "application/json",
    }
    connection.request("POST", "/api/query", body, headers)
    again = {"query": "RETURN 1", "run": "left"}
    until(lambda: explorer.post("query", again).status == 400)  # of that name one runs
    connection.close()
    until(lambda: explorer.post("query", again).status == 200)
    assert explorer.post("cancel", {"run": "left"}).told == {"cancelled": False}


def test_queries_end_with_the_explorer(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Ctrl-C ends it at once, no engine goes on, and who waits is told."""
    with served(notes, surroundings, tmp_path) as explorer:
        asked(explorer, "RETURN 1")
        pool = ThreadPoolExecutor(1)
        running = pool.submit(explorer.post, "query", {"query": ENDLESS, "timeout": 300})
        until(lambda: _busy(engines(explorer)))
        left = engines(explorer)
        code, said = explorer.interrupt()
        assert code == 0
        assert "Traceback" not in said
        assert left
        until(lambda: not any(Path(f"/proc/{one}").exists() for one in left))
        answer = running.result()
        pool.shutdown()
        assert (answer.status, answer.told["error"]["code"]) == (503, "gone")


def _busy(processes: set[int]) -> bool:
    """Whether one of some processes has used so much of the processor that it runs a query."""
    ticks = os.sysconf("SC_CLK_TCK")
    for one in processes:
        told = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        if (int(told[11]) + int(told[12])) / ticks > 2:
            return True
    return False
