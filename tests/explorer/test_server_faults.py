"""What may go wrong around an explorer, how it begins, and how it ends."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from tests.explorer.served import served
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.explorer.served import Served
    from tests.neo4j.server import Server

    Run = Callable[..., subprocess.CompletedProcess[str]]
    Make = Callable[[dict[str, str]], Path]

PAGE_LOAD = ("vault", "areas", "map")


def test_the_vault_is_deleted_while_it_is_open(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Cards go on from the index, a page load says what is wrong; both end when it is back."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    with served(vault, surroundings, tmp_path) as explorer:
        before = explorer.api("show", concept="nmj")
        vault.rename(tmp_path / "away")
        assert explorer.api("show", concept="nmj") == before
        note = explorer.api("note", concept="nmj")
        assert (note["file"], note["editor"]) == (False, None)
        assert "neuromuscular" in note["html"]
        for question in PAGE_LOAD:
            for _ in range(1_000):  # one refresh serves a whole page load
                answer = explorer.ask(f"/api/{question}")
                if answer.status != 200:
                    break
            assert answer.status == 503
            assert answer.told["error"]["code"] == "vault"
            assert str(vault) in answer.told["error"]["message"]
        (tmp_path / "away").rename(vault)
        for question in PAGE_LOAD:
            assert explorer.ask(f"/api/{question}").status == 200
        assert explorer.api("note", concept="nmj")["file"]


def test_a_page_that_is_loaded_again_at_once_is_in_step(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Each load of the page sees the notes as they are, however soon it follows another."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    with served(vault, surroundings, tmp_path) as explorer:
        before = explorer.api("vault")["notes"]
        for number in range(1, 4):
            (vault / f"new {number}.md").write_text("It leans on [[titin]].\n", encoding="utf-8")
            assert explorer.ask("/").status == 200
            assert explorer.api("vault")["notes"] == before + number


def test_an_empty_vault(make_vault: Make, surroundings: dict[str, str], tmp_path: Path) -> None:
    """There is nothing on the map, and nothing fails."""
    with served(make_vault({}), surroundings, tmp_path) as explorer:
        assert explorer.api("vault")["notes"] == 0
        areas = explorer.api("areas")
        assert (areas["clusters"], areas["joints"], areas["box"]) == ([], [], [0, 0, 0, 0])
        assert explorer.ask("/api/map").status == 200
        assert explorer.api("find", q="a")["choices"] == []
        assert explorer.api("clusters")["clusters"] == []
        assert explorer.api("search", q="a")["hits"] == []
        explorer.api("show", 404, concept="a")
        _, said = explorer.interrupt()
    assert "There is no note" in said


def test_notes_without_links(
    make_vault: Make, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Notes that nothing links are on the map, in no cluster."""
    vault = make_vault({"a.md": "one", "b.md": "two"})
    with served(vault, surroundings, tmp_path) as explorer:
        assert explorer.api("vault")["links"] == 0
        assert explorer.api("areas")["clusters"] == []
        assert explorer.api("find", q="a")["choices"][0]["id"] == "a"
        assert explorer.api("path", **{"from": "a", "to": "b"})["paths"] == []


def test_the_port_stays_the_same(
    make_vault: Make, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A vault is always served at one port; while it is taken, at the next, and that is said."""
    vault = make_vault({"a.md": "[[b]]"})
    with served(vault, surroundings, tmp_path / "one") as first:
        port = first.port
        assert 20_000 <= port < 32_768
        with served(vault, surroundings, tmp_path / "two") as second:
            assert second.port > port
            _, said = second.interrupt()
        assert f"Port {port} is in use; this is served at {second.port}." in said
        first.interrupt()
    with served(vault, surroundings, tmp_path / "three") as third:
        assert third.port == port


def test_a_port_of_ones_own(notes: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    """--port says where; whoever is there already is not disturbed."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        taken = there.getsockname()[1]
        with served(notes, surroundings, tmp_path, "--port", str(taken)) as explorer:
            assert explorer.port != taken
    with served(notes, surroundings, tmp_path, "--port", str(taken)) as explorer:
        assert explorer.port == taken


def test_this_machine_only(explorer: Served) -> None:
    """Nothing listens at any other address, be it of this machine."""
    with pytest.raises(OSError):  # noqa: PT011 - refused, or there is no such address
        socket.create_connection(("127.0.0.2", explorer.port), timeout=5).close()


@pytest.mark.parametrize(
    ("told", "fragment"),
    [
        ("nmj", "concept=junction%2Fneuromuscular_junction"),
        ("http://127.0.0.1:1/#concept=a%26b&path=c", "concept=a%26b&path=c"),
        ("http://localhost:20000/?token=old#x", "x"),
        ("http://127.0.0.1:20000/", ""),
    ],
)
def test_what_it_begins_with(
    notes: Path, surroundings: dict[str, str], tmp_path: Path, told: str, fragment: str
) -> None:
    """A concept, or any address that was kept: what stood behind the # stands there again."""
    with served(notes, surroundings, tmp_path, told) as explorer:
        kept = f"#{fragment}" if fragment else ""
        address = f"http://127.0.0.1:{explorer.port}/?token="
        assert explorer.address.startswith(address)
        assert explorer.address.removeprefix(address).partition("#")[2] == fragment
        assert explorer.address.endswith(kept)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xyzzy"], "No concept is called 'xyzzy'."),
        (["https://example.org/#x"], "'https://example.org/#x' is no address of an explorer."),
        (["http://[/#x"], "'http://[/#x' is no address of an explorer."),
        (["--port", "0"], "Invalid value for '--port'"),
        (["--port", "70000"], "Invalid value for '--port'"),
    ],
)
def test_what_it_cannot_begin_with(
    notes: Path, surroundings: dict[str, str], tmp_path: Path, words: list[str], said: str
) -> None:
    """What is no concept and no address of an explorer is said, and nothing is served."""
    with pytest.raises(AssertionError) as failed, served(notes, surroundings, tmp_path, *words):
        pass
    assert said in str(failed.value)


def test_a_page_that_is_not_built(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Without the page's files it says how they are made, and ends."""
    code = (
        "import sys; from pathlib import Path; from graphkit.explorer import static;"
        f"static.FOLDER = Path({str(tmp_path)!r}); from graphkit.cli import main; main()"
    )
    line = [sys.executable, "-c", code, "--vault", str(notes), "explore", "--no-open"]
    ran = subprocess.run(line, env=surroundings, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr.startswith("The explorer's page has not been built.")
    assert "pip install ." in ran.stderr


def test_ctrl_c_leaves_nothing_behind(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """It ends well, and only the index is left: no process, no log beside it, no open port."""
    with served(notes, surroundings, tmp_path) as explorer:
        for question in ("areas", "map", "stats"):
            explorer.ask(f"/api/{question}")
        code, said = explorer.interrupt()
        assert code == 0
        assert said.endswith("Ctrl-C ends it.\nThe explorer has ended.\n")
        with pytest.raises(ProcessLookupError):  # nobody of the group is left
            os.killpg(explorer.process.pid, 0)
    assert {file.name for file in tmp_path.iterdir()} == {"page", "index"}
    with pytest.raises(OSError):  # noqa: PT011 - nothing listens there any more
        socket.create_connection(("127.0.0.1", explorer.port), timeout=5).close()


def test_ctrl_c_waits_for_nobody(notes: Path, surroundings: dict[str, str], tmp_path: Path) -> None:
    """Who is still connected, has sent half a request, or waits for an answer is let go."""
    with served(notes, surroundings, tmp_path) as explorer:
        explorer.api("areas")
        told = {"Cookie": explorer.cookie}
        kept = http.client.HTTPConnection("127.0.0.1", explorer.port)
        kept.request("GET", "/api/stats", headers=told)
        kept.getresponse().read()
        half = socket.create_connection(("127.0.0.1", explorer.port))
        half.sendall(b"GET / HTTP/1.1\r\nHost: ")
        busy = http.client.HTTPConnection("127.0.0.1", explorer.port)
        busy.request("GET", "/api/path?from=nmj&to=titin&k=100", headers=told)
        code, said = explorer.interrupt()
        assert code == 0
        assert said.endswith("Ctrl-C ends it.\nThe explorer has ended.\n")
        for connection in (kept, half, busy):
            connection.close()


class Between:
    """Passes bytes on to a server, until it is cut."""

    def __init__(self, port: int) -> None:
        self._there = port
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._listening.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._there))
            self._open += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass(one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65_536):
                other.sendall(data)
        except OSError:
            pass

    def cut(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for connection in self._open:
            connection.close()

    def mend(self) -> None:
        self._open = []
        self._listening = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, daemon=True).start()


def test_a_neo4j_that_goes_away(
    notes: Path, empty_server: Server, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """While the server is gone each question says so; when it is back they are answered again."""
    load_vault(notes, tmp_path / "loaded", empty_server)
    between = Between(int(empty_server.uri.rpartition(":")[2]))
    told = surroundings | empty_server.environment | {"GRAPHKIT_NEO4J_PATIENCE": "10"}
    address = f"bolt://127.0.0.1:{between.port}"
    with served(None, told, tmp_path, "--store", address) as explorer:
        assert explorer.api("vault")["store"] == address
        before = explorer.api("show", concept="nmj")
        between.cut()
        for question, given in (("show", {"concept": "nmj"}), ("search", {"q": "muscle"})):
            error = explorer.api(question, 503, **given)["error"]
            assert error["code"] == "store"
            assert address in error["message"]
        between.mend()
        assert explorer.api("show", concept="nmj") == before
        between.cut()
        code, _ = explorer.interrupt()
        assert code == 0


def test_a_server_that_cannot_be_explored(
    empty_server: Server, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Where no server answers, or it holds no graph, that is said and no page is promised."""
    told = surroundings | empty_server.environment
    for address, hint in (
        (empty_server.uri, "graphkit --vault DIR load"),
        ("bolt://127.0.0.1:1", "Is it running"),
    ):
        with (
            pytest.raises(AssertionError) as failed,
            served(None, told, tmp_path, "--store", address),
        ):
            pass
        assert hint in str(failed.value)
