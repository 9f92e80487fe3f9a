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
from graphkit.questions.up_to_date import bring_up_to_date, file_digest
from graphkit.questions.vault_map import vault_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.explorer.geometry import Edges, Ground
    from graphkit.model import Stats
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


class _Kept(Generic[Given]):
    """One thing that is made of a revision, by one thread while others wait for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[str, Given] | None = None

    def of(self, revision: str, make: Callable[[], Given]) -> Given:
        with self._lock:
            if self._made is None or self._made[0] != revision:
                self._made = None  # the old one need not wait in memory beside the new one
                self._made = (revision, make())
            return self._made[1]

    def forget(self) -> None:
        with self._lock:
            self._made = None


class Known:
    """The geometry, the names and the numbers of a graph, as it was when a page was last loaded.

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
        self._revision: str | None = None
        self._updating = threading.Lock()
        self._areas: _Kept[Packed] = _Kept()
        self._grounds: _Kept[Ground] = _Kept()
        self._named: _Kept[tuple[Names, Edges]] = _Kept()
        self._map: _Kept[Packed] = _Kept()
        self._stats: _Kept[Stats] = _Kept()

    def page_is_loaded(self) -> None:
        """Has the next ``begin`` bring the graph into step, however short ago that was done."""
        self._loads += 1

    def begin(self, store: GraphStore) -> None:
        """Brings the graph into step with its vault, unless that was done just now for this page.

        Raises:
            VaultError: the vault is gone, or may not be read.
            IndexUnusableError: the index cannot be written.
        """
        with self._beginning:
            loads = self._loads
            if loads == self._loads_begun and time.monotonic() - self._begun < _RECENT:
                return
            if self._refreshes:
                self._refresh(store)
            self._revision = revision_of(store)
            self._begun, self._loads_begun = time.monotonic(), loads

    def _refresh(self, store: GraphStore) -> None:
        try:
            done = store.refresh()
        except VaultError as error:
            raise VaultError(error.message, "Put it back, and load this page again.") from error
        if done.rebuilt:
            self._rebuilt()

    def warm(self, store: GraphStore) -> None:
        """Works everything out, in the order in which a page asks for it."""
        self.areas(store)
        self.names(store)
        self.map(store)

    def bring_up_to_date(self, store: GraphStore) -> None:
        """Has clusters be found, if they have to be, by one thread while others wait for it."""
        with self._updating:
            bring_up_to_date(store)

    def _current(self, store: GraphStore) -> str:
        if self._revision is None:
            self._revision = revision_of(store)
        return self._revision

    def _ground(self, store: GraphStore) -> Ground:
        def make() -> Ground:
            self.bring_up_to_date(store)
            return ground(store)

        return self._grounds.of(self._current(store), make)

    def areas(self, store: GraphStore) -> Packed:
        """See ``geometry.areas``, as JSON."""
        revision = self._current(store)

        def make() -> Packed:
            told = areas(self._ground(store), revision)
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            return _packed(text.encode("utf-8", "replace"))

        return self._areas.of(revision, make)

    def _names_and_edges(self, store: GraphStore) -> tuple[Names, Edges]:
        def make() -> tuple[Names, Edges]:
            on, drawn = self._ground(store), edges(store)
            sizes = on.sizes
            return (
                Names(
                    store.called_like("", _ALL),
                    dict(zip(drawn.ids, drawn.degrees, strict=True)),
                    [(id_, on.found.called(id_), size) for id_, size in sizes.items()],
                ),
                drawn,
            )

        return self._named.of(self._current(store), make)

    def names(self, store: GraphStore) -> Names:
        """All names, ready to be found."""
        return self._names_and_edges(store)[0]

    def map(self, store: GraphStore) -> Packed:
        """See ``geometry.binary_map``."""
        revision = self._current(store)

        def make() -> Packed:
            names, drawn = self._names_and_edges(store)
            stops = {concept.id for concept in store.index_notes()}
            on = self._ground(store)
            made = _packed(binary_map(on, drawn, names.concepts, stops, revision))
            self._grounds.forget()  # it was the last to want it
            return made

        return self._map.of(revision, make)

    def vault(self, store: GraphStore) -> dict[str, Any]:
        """What the graph is of, and its numbers."""
        revision = self._current(store)
        told = self._stats.of(revision, store.stats)
        place = store.vault
        return {
            "vault": told.vault,
            "path": None if isinstance(place, str) else str(place),
            "store": place if isinstance(place, str) else "embedded",
            "revision": revision,
            "notes": told.notes,
            "unresolved": told.unresolved,
            "links": told.links,
            "problem": vault_map(store).problem,
        }


def revision_of(store: GraphStore) -> str:
    """What changes whenever the graph does, or what the vault's map file says of it."""
    told = f"{store.stamp} {file_digest(store)}"
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _packed(content: bytes) -> Packed:
    tag = hashlib.blake2b(content, digest_size=8).hexdigest()
    return Packed(content, gzip.compress(content, mtime=0), f'"{tag}"')
