"""What an explorer works out once for a graph, and keeps until the graph changes."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from graphkit.explorer.finding import Names
from graphkit.explorer.geometry import areas, binary_map
from graphkit.questions.up_to_date import bring_up_to_date, file_digest
from graphkit.questions.vault_map import vault_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.model import Stats
    from graphkit.stores.base import GraphStore

Given = TypeVar("Given")
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
        self._revision: str | None = None
        self._updating = threading.Lock()
        self._areas: _Kept[Packed] = _Kept()
        self._map: _Kept[tuple[Packed, dict[str, int]]] = _Kept()
        self._names: _Kept[Names] = _Kept()
        self._stats: _Kept[Stats] = _Kept()

    def begin(self, store: GraphStore) -> None:
        """Brings the graph into step with its vault, unless that was done just now.

        Raises:
            VaultError: the vault is gone, or may not be read.
            IndexUnusableError: the index cannot be written.
        """
        with self._beginning:
            if time.monotonic() - self._begun < _RECENT:
                return
            if self._refreshes and store.refresh().rebuilt:
                self._rebuilt()
            self._revision = revision_of(store)
            self._begun = time.monotonic()

    def bring_up_to_date(self, store: GraphStore) -> None:
        """Has clusters be found, if they have to be, by one thread while others wait for it."""
        with self._updating:
            bring_up_to_date(store)

    def _current(self, store: GraphStore) -> str:
        if self._revision is None:
            self._revision = revision_of(store)
        return self._revision

    def areas(self, store: GraphStore) -> Packed:
        """See ``geometry.areas``, as JSON."""
        revision = self._current(store)

        def make() -> Packed:
            self.bring_up_to_date(store)
            told = areas(store, revision)
            text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
            return _packed(text.encode("utf-8", "replace"))

        return self._areas.of(revision, make)

    def map(self, store: GraphStore) -> Packed:
        """See ``geometry.binary_map``."""
        return self._with_degrees(store)[0]

    def _with_degrees(self, store: GraphStore) -> tuple[Packed, dict[str, int]]:
        revision = self._current(store)
        self.areas(store)  # has the places worked out, once

        def make() -> tuple[Packed, dict[str, int]]:
            content, degrees = binary_map(store, revision)
            return _packed(content), degrees

        return self._map.of(revision, make)

    def names(self, store: GraphStore) -> Names:
        """All names, ready to be found."""
        degrees = self._with_degrees(store)[1]
        return self._names.of(self._current(store), lambda: Names(store, degrees))

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
