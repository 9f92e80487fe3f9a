"""What an explorer works out once for a graph, and keeps until the graph changes."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from graphkit.errors import VaultError
from graphkit.explorer.finding import Names
from graphkit.explorer.geometry import areas, binary_map, edges, ground
from graphkit.questions.up_to_date import MAP_SEEN, bring_up_to_date, file_digest
from graphkit.questions.vault_map import vault_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.explorer.geometry import Edges, Ground
    from graphkit.stores.base import GraphStore

Given = TypeVar("Given")
_ALL: Final = 10_000_000
_RECENT: Final = 1.0
"""Seconds in which a page asks for all that it begins with: one refresh is enough for that."""


class Packed(NamedTuple):
    """An answer in bytes.

    Args:
        content: the answer.
        packed: the same, gzipped.
        tag: what changes whenever it does.
    """

    content: bytes
    packed: bytes
    tag: str


class _Once(Generic[Given]):
    """One thing that is made once, by one thread while others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[Given] | None = None

    def of(self, make: Callable[[], Given]) -> Given:
        with self._lock:
            if self._made is None:
                self._made = (make(),)
            return self._made[0]

    def forget(self) -> None:
        with self._lock:
            self._made = None


class Picture:
    """The geometry and the names of a graph at one revision, each made when asked for.

    Args:
        revision: of the graph; see ``revision_of``.
        cluster: sees to it that clusters are found, where they have to be.
    """

    def __init__(self, revision: str, cluster: Callable[[GraphStore], None]) -> None:
        self.revision = revision
        self._cluster = cluster
        self._areas: _Once[Packed] = _Once()
        self._ground: _Once[Ground] = _Once()
        self._named: _Once[tuple[Names, Edges]] = _Once()
        self._map: _Once[Packed] = _Once()

    def warm(self, store: GraphStore) -> None:
        """Works everything out, in the order in which a page asks for it."""
        self.areas(store)
        self.names(store)
        self.map(store)

    def areas(self, store: GraphStore) -> Packed:
        """See ``geometry.areas``, as JSON."""

        def make() -> Packed:
            told = areas(self._on(store), self.revision)
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            return _packed(text.encode("utf-8", "replace"))

        return self._areas.of(make)

    def names(self, store: GraphStore) -> Names:
        """All names, ready to be found."""
        return self._names_and_edges(store)[0]

    def map(self, store: GraphStore) -> Packed:
        """See ``geometry.binary_map``."""

        def make() -> Packed:
            names, drawn = self._names_and_edges(store)
            stops = {concept.id for concept in store.index_notes()}
            on = self._on(store)
            made = _packed(binary_map(on, drawn, names.concepts, stops, self.revision))
            self._ground.forget()  # it was the last to want it
            return made

        return self._map.of(make)

    def _on(self, store: GraphStore) -> Ground:
        def make() -> Ground:
            self._cluster(store)
            return ground(store)

        return self._ground.of(make)

    def _names_and_edges(self, store: GraphStore) -> tuple[Names, Edges]:
        def make() -> tuple[Names, Edges]:
            on, drawn = self._on(store), edges(store)
            sizes = on.sizes
            return (
                Names(
                    store.called_like("", _ALL),
                    dict(zip(drawn.ids, drawn.degrees, strict=True)),
                    [(id_, on.found.called(id_), size) for id_, size in sizes.items()],
                ),
                drawn,
            )

        return self._named.of(make)


class Known:
    """What is given out of a graph: as it was when a page was last loaded, or has since settled.

    Args:
        refreshes: whether the graph is brought into step with its vault.
        rebuilt: called when the index had to be made anew.
    """

    def __init__(self, *, refreshes: bool, rebuilt: Callable[[], None]) -> None:
        self._refreshes = refreshes
        self._rebuilt = rebuilt
        self._beginning = threading.Lock()
        self._begun = -_RECENT
        self._loads = 0
        self._loads_begun = 0
        self._picture: Picture | None = None
        self._updating = threading.Lock()
        self.followed = False
        """Whether somebody follows the graph as it changes, and has pictures be taken over."""

    @property
    def revision(self) -> str | None:
        """Of the picture that is given out now; None before there is one."""
        return None if self._picture is None else self._picture.revision

    def page_is_loaded(self) -> None:
        """Has the next ``begin`` bring the graph into step, however short ago that was done."""
        self._loads += 1

    def begin(self, store: GraphStore) -> None:
        """Brings the graph into step with its vault, unless that was done just now for this page.

        Nor is it done while the graph is followed: what has changed is told to the page.

        Raises:
            VaultError: the vault is gone, or may not be read.
            IndexUnusableError: the index cannot be written.
        """
        with self._beginning:
            loads = self._loads
            recent = time.monotonic() - self._begun < _RECENT
            if self.followed or (loads == self._loads_begun and recent):
                return
            if self._refreshes:
                self._refresh(store)
            revision = revision_of(store)
            if self._picture is None or self._picture.revision != revision:
                self._picture = self.picture_of(revision)
            self._begun, self._loads_begun = time.monotonic(), loads

    def _refresh(self, store: GraphStore) -> None:
        try:
            done = store.refresh()
        except VaultError as error:
            raise VaultError(error.message, "Put it back, and load this page again.") from error
        if done.rebuilt:
            self._rebuilt()

    def picture(self, store: GraphStore) -> Picture:
        """The picture that is given out now."""
        with self._beginning:
            if self._picture is None:
                self._picture = self.picture_of(revision_of(store))
            return self._picture

    def picture_of(self, revision: str) -> Picture:
        """Another picture, of which nothing is worked out yet."""
        return Picture(revision, self.bring_up_to_date)

    def take(self, picture: Picture) -> None:
        """Has another picture be given out from now on."""
        with self._beginning:
            self._picture = picture

    def warm(self, store: GraphStore) -> None:
        """Works out all that a page asks for when it is loaded."""
        self.picture(store).warm(store)

    def bring_up_to_date(self, store: GraphStore) -> None:
        """Has clusters be found, if they have to be, by one thread while others wait for it.

        While the graph is followed, who follows it sees to that; a question does not wait for it,
        unless the vault's map file says otherwise than it did.
        """
        if self.followed and (seen := store.kept(MAP_SEEN)) and seen[0] == file_digest(store):
            return
        with self._updating:
            bring_up_to_date(store)

    def vault(self, store: GraphStore) -> dict[str, Any]:
        """What the graph is of, and its numbers."""
        place = store.vault
        return {
            "vault": store.vault_name,
            "path": None if isinstance(place, str) else str(place),
            "store": place if isinstance(place, str) else "embedded",
            "revision": self.picture(store).revision,
            **store.size()._asdict(),
            "problem": vault_map(store).problem,
        }


def revision_of(store: GraphStore) -> str:
    """What changes whenever the graph does, or what the vault's map file says of it."""
    told = f"{store.stamp} {file_digest(store)}"
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _packed(content: bytes) -> Packed:
    tag = hashlib.blake2b(content, digest_size=8).hexdigest()
    return Packed(content, gzip.compress(content, mtime=0), f'"{tag}"')
