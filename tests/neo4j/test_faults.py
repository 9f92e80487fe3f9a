"""What may go wrong on the way to a server: killed loads, killed servers, none, the wrong one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.stores.neo4j.connection import checked_address
from tests.conftest import missing
from tests.neo4j.loading import everything_in, load_vault
from tests.neo4j.server import TOO_OLD, MissingError, Server, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Whole = dict[str, str]

ROOT = Path(__file__).resolve().parents[2]
LOADS_KILLED = 30
SERVERS_KILLED = 5
FIGURES = ("in_degree", "out_degree", "_neighbours", "_index")


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed, whatever GRAPHKIT_TEST_NEO4J_URI names."""
    try:
        with running(tmp_path_factory.mktemp("own")) as server:
            yield server
    except MissingError as why:
        missing("neo4j", str(why))


@pytest.fixture(scope="module")
def versions(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The example notes as they are, and with every note, some names and some files changed."""
    top = tmp_path_factory.mktemp("versions")
    before, after = top / "before" / "notes", top / "after" / "notes"
    for version in (before, after):
        shutil.copytree(notes, version)
    for note in sorted(after.rglob("*.md")):
        note.write_text(note.read_text(encoding="utf-8") + "\nAlso [[sleep]].\n", encoding="utf-8")
    (after / "junction" / "calcium.md").unlink()
    (after / "muscle" / "titin.md").rename(after / "muscle" / "connectin.md")
    (after / "new.md").write_text("[[calcium]] and [[nowhere]]", encoding="utf-8")
    return before, after


@pytest.fixture(scope="module")
def wanted(
    versions: tuple[Path, Path], own_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[dict[str, Any]], Whole]:
    """Either version as an undisturbed load leaves it, and each note of both as it may stand."""
    graphs = []
    whole: Whole = {}
    for version in versions:
        own_server.empty()
        load_vault(version, tmp_path_factory.mktemp("index") / "i", own_server)
        graphs.append(everything_in(own_server))
        whole |= notes_in(own_server)
    return graphs, whole


def notes_in(server: Server) -> Whole:
    """Each note by its hash, with all that a load sends of it but figures."""
    rows = server.ask(
        "MATCH (n:Note) RETURN n._hash, properties(n),"
        " COLLECT { MATCH (n)-[r]->(t) RETURN [t.id, type(r), properties(r)] ORDER BY r._place }"
    )
    found = {}
    for hash_, properties, links in rows:
        kept = {key: value for key, value in properties.items() if key not in FIGURES}
        found[hash_] = json.dumps([kept, links], sort_keys=True)
    return found


def start_load(
    vault: Path, index: Path, server: Server, patience: int = 60
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.neo4j.killed_loader", str(vault), str(index), server.uri],
        cwd=ROOT,
        env=os.environ | server.environment | {"GRAPHKIT_NEO4J_PATIENCE": str(patience)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines_said(process: subprocess.Popen[str], most: int) -> int:
    """Waits until a load has said so many lines; gives back how many it said."""
    assert process.stdout
    said = 0
    while said < most and process.stdout.readline():
        said += 1
    return said


def test_killed_loader_leaves_every_note_whole(
    own_server: Server,
    versions: tuple[Path, Path],
    wanted: tuple[list[dict[str, Any]], Whole],
    tmp_path: Path,
) -> None:
    """Killed at thirty moments, a load leaves each note old or new; the next one does the rest."""
    graphs, whole = wanted
    own_server.empty()
    load_vault(versions[0], tmp_path / "0", own_server)
    load_vault(versions[1], tmp_path / "1", own_server, dry_run=True)
    process = start_load(versions[1], tmp_path / "1", own_server)
    total = lines_said(process, 10_000)
    process.communicate()
    assert process.returncode == 0
    assert total > LOADS_KILLED
    between = set()
    for number in range(LOADS_KILLED):
        goal = number % 2  # the one before has ended at the other version
        process = start_load(versions[goal], tmp_path / str(goal), own_server)
        lines_said(process, 1 + number * (total - 1) // LOADS_KILLED)
        process.kill()
        process.communicate()
        for hash_, note in notes_in(own_server).items():
            assert note == whole[hash_]
        between.add(json.dumps(everything_in(own_server)))
        load_vault(versions[goal], tmp_path / str(goal), own_server)
        assert everything_in(own_server) == graphs[goal]
    assert len(between) > LOADS_KILLED // 2


def test_killed_server_loses_no_note(
    own_server: Server,
    versions: tuple[Path, Path],
    wanted: tuple[list[dict[str, Any]], Whole],
    tmp_path: Path,
) -> None:
    """Where the server is killed the load ends with a word, and can be taken up again."""
    graphs, whole = wanted
    own_server.empty()
    load_vault(versions[1], tmp_path / "1", own_server)
    for number in range(SERVERS_KILLED):
        goal = number % 2
        process = start_load(versions[goal], tmp_path / str(goal), own_server, patience=10)
        lines_said(process, 2 + number * 7)
        own_server.kill()
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "No Neo4j server answers at" in complaint or "has not answered" in complaint
        assert "Traceback" not in complaint
        own_server.start()
        for hash_, note in notes_in(own_server).items():
            assert note == whole[hash_]
        load_vault(versions[goal], tmp_path / str(goal), own_server)
        assert everything_in(own_server) == graphs[goal]


def test_two_loads_at_once_leave_one_whole_graph(
    own_server: Server,
    versions: tuple[Path, Path],
    wanted: tuple[list[dict[str, Any]], Whole],
    tmp_path: Path,
) -> None:
    """Of two loads at once the later one takes over; the earlier stops and says so."""
    own_server.empty()
    first = start_load(versions[0], tmp_path / "0", own_server)
    lines_said(first, 4)
    load_vault(versions[0], tmp_path / "other", own_server)
    _, complaint = first.communicate(timeout=120)
    assert first.returncode == 1
    assert "Another load of this database has begun" in complaint
    assert everything_in(own_server) == wanted[0][0]


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_server_that_stops_answering(
    own_server: Server, versions: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    """A server that hangs in the middle is waited for so long and no longer."""
    load_vault(versions[0], tmp_path / "0", own_server)
    assert own_server.process
    patience = {"GRAPHKIT_NEO4J_PATIENCE": "3"}
    own_server.process.send_signal(signal.SIGSTOP)
    try:
        asked = run("stats", **own_server.environment, **patience)
    finally:
        own_server.process.send_signal(signal.SIGCONT)
    assert asked.returncode == 5
    assert "has not answered for 3 seconds" in asked.stderr
    assert run("stats", **own_server.environment).returncode == 0


def test_something_else_that_accepts_and_is_silent(run: Run) -> None:
    """A port at which something listens and says nothing ends in clear words."""
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        accepted: list[socket.socket] = []
        threading.Thread(target=lambda: accepted.append(silent.accept()[0]), daemon=True).start()
        uri = f"bolt://127.0.0.1:{silent.getsockname()[1]}"
        asked = run("show", "nmj", "--store", uri, GRAPHKIT_NEO4J_PATIENCE="3")
    assert accepted
    accepted[0].close()
    assert asked.returncode == 5
    assert "has not answered for 3 seconds" in asked.stderr
    assert "something else listening" in asked.stderr


def test_something_else_that_speaks_another_language(run: Run) -> None:
    """A web server is not taken for Neo4j."""
    with closing(socket.socket()) as web:
        web.bind(("127.0.0.1", 0))
        web.listen()

        def answer() -> None:
            while True:
                try:
                    client, _ = web.accept()
                except OSError:
                    return
                with client:
                    client.recv(100)
                    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        answering = threading.Thread(target=answer)
        answering.start()
        uri = f"bolt://127.0.0.1:{web.getsockname()[1]}"
        asked = run("stats", "--store", uri, GRAPHKIT_NEO4J_PATIENCE="8")
        web.shutdown(socket.SHUT_RDWR)
    answering.join()
    assert asked.returncode == 5
    assert "No Neo4j server answers at" in asked.stderr
    assert "Traceback" not in asked.stderr


def test_no_server(run: Run) -> None:
    """Where nothing listens, that is said, with what to look at."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        uri = f"neo4j://127.0.0.1:{taken.getsockname()[1]}"
        asked = run("stats", "--store", uri, GRAPHKIT_NEO4J_PATIENCE="8", NEO4J_PASSWORD="x" * 8)
        as_json = run("stats", "--store", uri, "-f", "json", GRAPHKIT_NEO4J_PATIENCE="8")
    assert asked.returncode == 5
    assert asked.stderr.startswith(f"No Neo4j server answers at {uri}")
    assert len(asked.stderr.splitlines()) == 2
    assert json.loads(as_json.stderr)["error"]["code"] == "store"


def test_wrong_password(neo4j_server: Server, run: Run) -> None:
    """A wrong password, and none, are said without showing it."""
    told = neo4j_server.environment | {"NEO4J_PASSWORD": "a-wrong-one"}
    asked = run("stats", **told)
    assert asked.returncode == 5
    assert "does not let 'neo4j' in" in asked.stderr
    assert "NEO4J_PASSWORD" in asked.stderr
    assert "a-wrong-one" not in asked.stderr
    without = run("stats", "--store", neo4j_server.uri)
    assert without.returncode == 5
    assert "NEO4J_PASSWORD" in without.stderr


def test_missing_database(neo4j_server: Server, run: Run) -> None:
    """A database that is not there is named."""
    asked = run("stats", **neo4j_server.environment | {"NEO4J_DATABASE": "nowhere"})
    assert asked.returncode == 5
    assert "There is no database 'nowhere' at" in asked.stderr


def test_empty_database(empty_server: Server, run: Run) -> None:
    """A database into which nothing was loaded says how to load."""
    for verb in (["show", "nmj"], ["stats"], ["search", "x"], ["export"], ["path", "a", "b"]):
        asked = run(*verb, **empty_server.environment)
        assert asked.returncode == 5, asked.stderr
        assert "holds no graph of graphkit's.\nPut one there: graphkit" in asked.stderr


def test_server_that_is_too_old(
    tmp_path: Path, run: Run, neo4j_server: Server, notes: Path
) -> None:
    """A real server of an older version is refused with the version that is wanted."""
    del neo4j_server  # so that it is known whether there can be any
    with running(tmp_path / "old", TOO_OLD) as old:
        for verb in (["stats"], ["load"]):
            asked = run(*verb, vault=notes, **old.environment)
            assert asked.returncode == 5
            assert f"is Neo4j/{TOO_OLD}; graphkit needs Neo4j 5.26 or newer." in asked.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://localhost", "no store that graphkit knows"),
        ("networkx", "no store that graphkit knows"),
        ("neo4j://ann:secret@localhost", "do not belong into"),
        ("bolt://", "no address of a server"),
        ("bolt://localhost:port", "cannot be understood"),
        ("neo4j://localhost/people", "no address of a server"),
    ],
)
def test_address_that_is_none(run: Run, address: str, said: str) -> None:
    """What is no address is wrong usage, and a password in one is not shown."""
    asked = run("stats", "--store", address)
    assert asked.returncode == 2
    assert said in asked.stderr
    assert "secret" not in asked.stderr


@pytest.mark.parametrize("scheme", ["neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"])
def test_address_of_every_kind(scheme: str) -> None:
    """Every scheme of the driver is taken, with a port, an IPv6 address and a routing context."""
    for rest in ("localhost", "db.example.org:7687", "[::1]:7687", "localhost?policy=near"):
        assert checked_address(f"{scheme}://{rest}") == f"{scheme}://{rest}"


def test_graph_that_was_closed(empty_server: Server, notes: Path, tmp_path: Path) -> None:
    """Asking a closed graph is an error in words."""
    load_vault(notes, tmp_path / "i", empty_server)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in empty_server.environment.items():
            patch.setenv(name, value)
        graph = graphkit.open(empty_server.uri)
    assert graph.find("nmj").id == "junction/neuromuscular_junction"
    with pytest.raises(graphkit.StoreError, match="be checked"):
        graph.check()
    graph.close()
    with pytest.raises(graphkit.StoreError, match="has been closed"):
        graph.stats()
