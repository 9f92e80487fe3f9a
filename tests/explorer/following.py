"""A page that follows an explorer: it keeps the graph by what it is told, as the real one does."""

from __future__ import annotations

import http.client
import json
import queue
import threading
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkit.stores.embedded import EmbeddedStore
from tests.explorer.decoding import decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from graphkit.stores.base import GraphStore
    from tests.explorer.served import Served

_PATIENCE = 60


class Heard(NamedTuple):
    """An event."""

    kind: str
    told: Any
    id: str


class Graph(NamedTuple):
    """Concepts with their titles and whether they are notes, and what each is linked with."""

    concepts: dict[str, tuple[str, bool]]
    near: dict[str, dict[str, bool]]


def graph_in(store: GraphStore) -> Graph:
    """The graph of a store."""
    told = store.linked_concepts()
    near: dict[str, dict[str, bool]] = {id_: {} for id_ in told.ids}
    for one, other, member in zip(told.sources, told.targets, told.membership, strict=True):
        for here, there in ((told.ids[one], told.ids[other]), (told.ids[other], told.ids[one])):
            near[here][there] = member and near[here].get(there, True)
    concepts = {id_: (one.title, one.note) for id_, one in store.concepts(told.ids).items()}
    return Graph(concepts, near)


def graph_of_files(vault: Path, index: Path) -> Graph:
    """The graph of a vault as its files are now, by an index that is made of nothing."""
    index.unlink(missing_ok=True)
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        return graph_in(store)


class Listener:
    """Hears what an explorer tells, as long as that runs, and keeps it until it is asked for."""

    def __init__(self, served: Served) -> None:
        if not served.cookie:
            served.open()
        self._connection = http.client.HTTPConnection("127.0.0.1", served.port)
        self._connection.request("GET", "/api/events", headers={"Cookie": served.cookie})
        answer = self._connection.getresponse()
        assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (
            200,
            "text/event-stream",
        )
        self._heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self.all: list[Heard] = []
        threading.Thread(target=self._listen, args=(answer,), daemon=True).start()

    def _listen(self, answer: http.client.HTTPResponse) -> None:
        told: dict[str, str] = {}
        with closing(self._connection), answer, suppress(OSError, http.client.HTTPException):
            while line := answer.readline().decode():
                name, _, value = line.rstrip("\n").partition(": ")
                if name:
                    told[name] = value
                elif "event" in told:
                    heard = Heard(told["event"], json.loads(told["data"]), told["id"])
                    self._heard.put(heard)
                    told = {}

    def next(self) -> Heard:
        """The next event."""
        self.all.append(self._heard.get(timeout=_PATIENCE))
        return self.all[-1]

    def until(self, wanted: Callable[[Heard], bool]) -> Heard:
        """The next event that is wanted."""
        while not wanted(heard := self.next()):
            pass
        return heard


class Page:
    """A page that follows."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self.revision = self._fetch()
        self.settled = self.revision
        """The revision that was told last as settled."""
        self.compared = 0
        """How often what was told was held against the map."""
        self.listener = Listener(served)
        hello = self.listener.next()
        assert (hello.kind, hello.told["revision"], hello.id) == (
            "hello",
            self.revision,
            self.revision,
        )

    def _fetch(self) -> str:
        """Asks for the areas and the map."""
        while True:
            areas = self._served.api("areas")
            found = decoded(self._served.ask("/api/map").body)
            if found.head["revision"] == areas["revision"]:  # not if others settled in between
                break
        clusters = [[one["id"], one["name"], one["parent"]] for one in areas["clusters"]]
        assert found.head["clusters"] == clusters
        flags = found.columns["flags"]
        concepts = {
            id_: (title, bool(flag & 1))
            for id_, title, flag in zip(found.ids, found.titles, flags, strict=True)
        }
        near: dict[str, dict[str, bool]] = {id_: {} for id_ in found.ids}
        for (one, other), member in found.pairs.items():
            near[one][other] = near[other][one] = member
        self.graph: Graph | None = Graph(concepts, near)
        return str(areas["revision"])

    def hear(self) -> Heard:
        """Takes in the next event."""
        heard = self.listener.next()
        if heard.kind == "changed":
            assert heard.id == heard.told["revision"]
            if heard.told["from"] == self.revision:
                self.revision = heard.told["revision"]
                self._take(heard.told)
        elif heard.kind == "settled":
            before, known = self.graph, self.revision
            self.revision, self.settled = self._fetch(), heard.id
            if before and known == self.revision:
                assert self.graph == before
                self.compared += 1
        return heard

    def _take(self, told: dict[str, Any]) -> None:
        if told["rows"] is None or self.graph is None:
            self.graph = None
            return
        concepts, near = self.graph
        for id_ in told["gone"]:
            self._unlink(id_)
            del concepts[id_], near[id_]
        for row in told["rows"]:
            self._unlink(row["id"])
            concepts[row["id"]] = (row["title"], row["note"])
            near[row["id"]] = {other: bool(member) for other, member in row["near"]}
            for other, member in row["near"]:
                near.setdefault(other, {})[row["id"]] = bool(member)
        numbers = told["numbers"]
        notes = sum(note for _, note in concepts.values())
        assert (numbers["notes"], numbers["unresolved"]) == (notes, len(concepts) - notes)
        assert concepts.keys() == near.keys()

    def _unlink(self, id_: str) -> None:
        assert self.graph
        for other in self.graph.near.get(id_, ()):
            self.graph.near[other].pop(id_, None)

    def heard_until(self, wanted: Graph, texts: Collection[str] = ()) -> list[Heard]:
        """Follows until the graph is as wanted, has settled, and some texts are told of."""
        return list(self._until(wanted, set(texts)))

    def _until(self, wanted: Graph, texts: set[str]) -> Iterator[Heard]:
        while self.graph != wanted or texts or self.settled != self.revision:
            heard = self.hear()
            if heard.kind == "changed":
                texts -= set(heard.told["texts"])
            yield heard
