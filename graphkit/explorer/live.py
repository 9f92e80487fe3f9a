"""Follows a graph as it changes, and tells pages of it: at once what changed, then where it lies.

``docs/design.md`` says why in two steps.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import GraphkitError, VaultError
from graphkit.explorer.api import told_of
from graphkit.explorer.delta import NOTHING, UNTOLD, Change, Seen, look_again
from graphkit.explorer.history import History
from graphkit.explorer.known import revision_of
from graphkit.explorer.streams import Streams, event
from graphkit.explorer.watching import looks, ticks
from graphkit.questions.placing import placing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.answers import Refreshed
    from graphkit.explorer.known import Known
    from graphkit.stores.base import GraphStore

_REST: Final = 0.5
"""Seconds without a change after which clusters and places are worked out."""
_AT_LATEST: Final = 10.0
"""Seconds after which they are in any case."""
_AGAIN: Final = 2.0
"""Seconds until it is tried again what could not be done."""
_PATIENCE: Final = 0.5
"""Seconds that are waited at the end for each thread."""
_VAULT_GONE: Final = "As soon as it can be read, this page goes on by itself."


class Live:
    """Follows a graph while pages listen, in two threads with a store each.

    One brings the index into step with the vault, where it may, and tells at once what has
    changed. The other works out clusters, places and the map when changes have come to rest.

    Args:
        open_store: opens one more store of the graph.
        known: what is given out of the graph.
        refreshes: whether the graph is brought into step with its vault.
        rebuilt: called when the index had to be made anew.
    """

    def __init__(
        self,
        open_store: Callable[[], GraphStore],
        known: Known,
        *,
        refreshes: bool,
        rebuilt: Callable[[], None],
    ) -> None:
        self._open_store = open_store
        self._known = known
        self._refreshes = refreshes
        self._rebuilt = rebuilt
        self.streams = Streams(self._greeting, self._heard)
        self._turn = threading.Lock()
        """Held by who looks at the graph, and by who holds it still."""
        self._stamp: str | None = None
        """Of the graph that has been told of."""
        self._revision = ""
        self._seen: Seen | None = None
        self._since = NOTHING
        """What has changed since the graph was last held still."""
        self._greeted = False
        """Whether whoever listens has been told so: not before changes are followed."""
        self._problems: dict[str, dict[str, Any]] = {}
        """What hinders each of the two threads."""
        self._ended = False
        self._listened, self._unheard = threading.Event(), threading.Event()
        self._unheard.set()
        self._due = _Due()
        self._threads = [
            threading.Thread(target=run, name=f"graphkit-explorer-{name}", daemon=True)
            for name, run in (("follows", self._follow), ("settles", self._settle_each))
        ]

    def begin(self) -> None:
        """Begins to follow, as soon as somebody listens."""
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends; a thread that is busy ends with the process."""
        self._ended = True
        self._unheard.set()
        self._listened.set()
        self._due.end()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _heard(self, anybody: bool) -> None:
        if anybody:
            self._unheard.clear()
            self._listened.set()
        elif not self._ended:
            self._greeted = False
            self._listened.clear()
            self._unheard.set()

    def _greeting(self) -> bytes:
        if not self._greeted:
            return b""
        revision = self._known.revision or ""
        told = event("hello", {"revision": revision}, revision)
        problems = [event("problem", told, revision) for told in self._problems.values()]
        return b"".join((told, *problems[:1]))

    def _greet(self) -> None:
        with self.streams.lock:
            if not self._greeted:
                self._greeted = True
                self.streams.tell(self._greeting())

    def _tell(self, name: str, told: dict[str, Any], revision: str) -> None:
        self.streams.tell(event(name, told, revision))

    # following

    def _follow(self) -> None:
        while self._listened.wait() and not self._ended:
            store: GraphStore | None = None
            try:
                store = self._open_store()
                looks = self._looks(store.vault)
                first = next(looks, False)  # not where the vault is gone: it is not followed then
                self._known.followed = True
                picture = self._known.picture(store)
                picture.warm(store)
                History(store.own_folder).keep(picture.map(store).content)
                for files in chain((first,), looks):
                    self._look(store, files=files)
            except Exception as error:  # noqa: BLE001 - it is told, and tried again
                self._troubled("following", error)
                self._greet()
                self._unheard.wait(_AGAIN)
            finally:
                self._known.followed = False
                if store is not None:
                    store.close()

    def _looks(self, vault: Path | str) -> Iterator[bool]:
        if isinstance(vault, str) or not self._refreshes:
            return ticks(self._unheard)
        return looks(vault, self._unheard)

    def _look(self, store: GraphStore, *, files: bool) -> None:
        with self._turn:
            before = store.stamp
            done = store.refresh() if files else None
            if done is not None and done.rebuilt:
                self._rebuilt()
            if self._stamp != store.stamp:
                self._changed(store, self._change(store, done, before))
            elif not self._greeted:  # a map may have been given out since, of another map file
                self._revision = revision_of(store)
        self._troubled("following", None)
        if not self._greeted:
            self._greet()
            self._due.changed()

    def _change(self, store: GraphStore, done: Refreshed | None, before: str) -> Change:
        """What has changed since it was told last."""
        if store.revision is None:  # nothing is told one by one
            return NOTHING
        if self._seen is None:
            self._seen = Seen(store)
            return NOTHING
        self._seen, change = look_again(self._seen, store, done, before)
        return change

    def _changed(self, store: GraphStore, change: Change) -> None:
        with self.streams.lock:
            told_last = self._revision
            self._stamp = self._seen.stamp if self._seen else store.stamp
            self._revision = revision_of(store)
            self._since |= change
            if self._greeted:
                self._tell_change(store, told_last, change)
        self._due.changed()

    def _tell_change(self, store: GraphStore, told_last: str, change: Change) -> None:
        told = self._seen.rows(store, change) if self._seen and change else UNTOLD
        numbers = store.size()._asdict()
        own = {"from": told_last, "revision": self._revision}
        self._tell("changed", {**own, **told, "numbers": numbers}, self._revision)

    def _troubled(self, who: str, error: Exception | None) -> None:
        """Tells what hinders one of the threads, or hinders it no more."""
        with self.streams.lock:
            before = list(self._problems.values())[:1]
            self._problems.pop(who, None)
            if error is not None:
                told = told_of(error)
                hint = _VAULT_GONE if isinstance(error, VaultError) else told["hint"]
                self._problems[who] = {"message": told["message"], "hint": hint}
            now = list(self._problems.values())[:1]
            if now != before and self._greeted:
                self._tell("problem" if now else "well", now[0] if now else {}, self._revision)

    # settling

    def _settle_each(self) -> None:
        while (rested := self._due.wait()) is not None:
            store: GraphStore | None = None
            try:
                store = self._open_store()
                self._settle(store, keep=rested)
                self._troubled("settling", None)
            except Exception as error:  # noqa: BLE001 - it is told, and tried again
                if store is not None and self._is_told(store):
                    self._troubled("settling", error)
                if not self._unheard.wait(_AGAIN):
                    self._due.changed()
            finally:
                if store is not None:
                    store.close()

    def _settle(self, store: GraphStore, *, keep: bool) -> None:
        """Works out clusters, places and the map of the graph as it is now, and gives them out.

        Args:
            store: a store of one's own.
            keep: whether clusters and places are to be kept: not while changes go on, since what
                is out of date when it is ready is not kept, but worked out again.
        """
        if keep and store.can_keep:
            placing(store)
        with ExitStack() as still:
            with self._turn:
                still.enter_context(store.held_still())
                if not self._is_told(store):
                    return  # another process has changed it: it is looked at before long
                picture = self._known.picture_of(self._revision)
                self._since = NOTHING
            if picture.revision == self._known.revision:
                return
            stamp = store.stamp
            picture.warm(store)
            if store.stamp != stamp:
                return  # as above
            History(store.own_folder).keep(picture.map(store).content)
        with self._turn, self.streams.lock:
            self._known.take(picture)
            self._tell("settled", {"revision": picture.revision}, picture.revision)
            if self._revision != picture.revision:
                self._tell_change(store, picture.revision, self._since)

    def _is_told(self, store: GraphStore) -> bool:
        """Whether the graph is the one that pages were told of last."""
        try:
            return store.stamp == self._stamp
        except (GraphkitError, sqlite3.Error):  # who follows it meets with the same, and tells it
            return False


class _Due:
    """When to settle: when changes have come to rest, or have gone on for long."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._first: float | None = None
        self._last = 0.0
        self._ended = False

    def changed(self) -> None:
        """Something has changed now."""
        with self._condition:
            self._last = time.monotonic()
            self._first = self._last if self._first is None else self._first
            self._condition.notify()

    def end(self) -> None:
        """Nobody is to wait any more."""
        with self._condition:
            self._ended = True
            self._condition.notify()

    def wait(self) -> bool | None:
        """Waits until it is time.

        Returns:
            Whether changes have come to rest; None at the end.
        """
        with self._condition:
            while not self._ended:
                if self._first is None:
                    self._condition.wait()
                    continue
                now = time.monotonic()
                left = min(self._last + _REST, self._first + _AT_LATEST) - now
                if left <= 0:
                    self._first = None
                    return now >= self._last + _REST
                self._condition.wait(left)
            return None
