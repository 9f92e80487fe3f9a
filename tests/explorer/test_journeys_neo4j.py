"""The same journeys on a Neo4j, which has the graph but not the files; and one that goes away."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import networkx as nx
import pytest

from tests.explorer.browsing import Visit, exploring
from tests.explorer.test_journeys_saving import saved
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.explorer.served import Served
    from tests.neo4j.server import Server

TITIN, SLEEP = "muscle/titin", "recovery/sleep"


class Line:
    """A line to a server that can be cut."""

    def __init__(self, port: int) -> None:
        self._server = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                far = socket.create_connection(("127.0.0.1", self._server))
                self._ends += [near, far]
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    @staticmethod
    def _carry(near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, suppress(OSError, ValueError):
            ready.register(near, selectors.EVENT_READ, far)
            ready.register(far, selectors.EVENT_READ, near)
            while True:
                for key, _ in ready.select():
                    told = key.fileobj.recv(65536)  # type: ignore[union-attr]
                    if not told:
                        return
                    key.data.sendall(told)

    def cut(self) -> None:
        """Nobody answers any more, and who is connected is cut off."""
        for end in (self._listening, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@pytest.fixture(scope="module")
def loaded(neo4j_server: Server, notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A Neo4j that holds the example notes."""
    neo4j_server.empty()
    load_vault(notes, tmp_path_factory.mktemp("loaded") / "index", neo4j_server)
    return neo4j_server


@pytest.fixture
def of_neo4j(
    loaded: Server, built_page: Path, surroundings: dict[str, str], tmp_path: Path
) -> Iterator[Served]:
    """The notes in Neo4j, explored."""
    assert built_page.is_dir()
    with exploring([], surroundings | loaded.environment, tmp_path) as running:
        yield running


def test_one_finds_reads_and_follows_a_path(
    of_neo4j: Served, of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Choices, card, hops and path are those of the embedded store; the note is its text alone."""
    seen = visit(of_neo4j).open()
    assert seen.tab.inner_text("#vault")
    seen.find("ACh")
    seen.options.first.filter(has_text="Acetylcholine").wait_for()
    seen.find("titin")
    seen.tab.keyboard.press("Enter")
    seen.title("Titin")
    around = of_notes.api("neighbours", concept=TITIN, depth=1)["neighbours"]
    seen.lit(TITIN, *(one["id"] for one in around))
    card = of_notes.api("show", concept=TITIN)
    rows = seen.tab.locator("#side .evidence")
    for link in (*card["links"], *card["backlinks"]):
        assert rows.filter(has_text=" ".join(link["sentence"].split())).count() >= 1
    seen.tab.click("#side >> text=Read the note")
    seen.tab.locator("#side .text", has_text="One molecule spans half a sarcomere").wait_for()
    assert "its file is not at hand" in seen.side.inner_text()
    assert seen.tab.locator("#side >> text=Open in editor").count() == 0
    seen.to(**{"from": TITIN, "to": SLEEP, "pane": "path"})
    path = of_notes.api("path", **{"from": TITIN, "to": SLEEP})["paths"][0]
    seen.title(f"{path['hops']} steps")
    stops = seen.tab.locator("#side .chain .stop a").all_inner_texts()
    assert stops == [concept["title"] for concept in path["concepts"]]
    seen.find("brakes a load")
    hit = seen.tab.locator("#find [role=group]", has_text="In the text").locator("[role=option]")
    hit.first.filter(has_text="Titin").wait_for()


def test_one_narrows_the_map_and_saves_it(
    of_neo4j: Served, of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """What filters leave, and what is saved of it, are those of the embedded store."""
    for told in ({"tag": "brain"}, {"video": "XLr2RKoD-oY"}, {"relation": "PART_OF"}):
        assert of_neo4j.api("having", **told) == of_notes.api("having", **told)
    assert of_neo4j.api("facets") == of_notes.api("facets")
    seen = visit(of_neo4j).open(tag="brain", relation="LINKS_TO")
    left = seen.tab.locator("#filters .plain")
    seen.until(left.inner_text, lambda told: told.startswith("10 of"))
    seen.tab.click("#open-save")
    graph = nx.read_graphml(saved(seen, "GraphML", tmp_path))
    assert {*graph.nodes} == {*of_notes.api("having", tag="brain")["ids"]}
    assert {told["relation"] for *_, told in graph.edges(data=True)} == {"LINKS_TO"}
    page = saved(seen, "Page, HTML", tmp_path)
    assert "10 concepts" in page.read_text(encoding="utf-8")


def test_a_server_that_goes_away(
    loaded: Server,
    built_page: Path,
    surroundings: dict[str, str],
    tmp_path: Path,
    visit: Callable[..., Visit],
) -> None:
    """It is said where it was, and what to do; the map goes on."""
    assert built_page.is_dir()
    line = Line(int(urlsplit(loaded.uri).port or 0))
    told = loaded.environment | {
        "GRAPHKIT_STORE": f"bolt://127.0.0.1:{line.port}",
        "GRAPHKIT_NEO4J_PATIENCE": "15",
    }
    with exploring([], surroundings | told, tmp_path) as served:
        seen = visit(served).open(concept=TITIN)
        seen.title("Titin")
        line.cut()
        seen.expected.append("503 ")
        seen.tab.locator("#side a.concept", has_text="Calcium").first.click()
        failure = seen.tab.locator("#side .failure")
        failure.wait_for()
        assert str(line.port) in failure.inner_text()
        assert "Try again" in failure.inner_text()
        assert "junction/calcium" in seen.drawn["lit"]
        seen.tab.close()  # before the explorer that it listens to ends
