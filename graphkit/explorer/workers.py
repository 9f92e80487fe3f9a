"""Threads that put questions to stores, each to one of its own: several are answered at once."""

from __future__ import annotations

import sqlite3
import threading
from asyncio import wrap_future
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphkit.errors import IndexUnusableError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphkit.stores.base import GraphStore

Given = TypeVar("Given")
_PATIENCE: Final = 0.5
"""Seconds that are waited at the end for the threads to close their stores."""
_WORN: Final = (StoreError, IndexUnusableError, sqlite3.Error, OSError)
"""After one of these a store is opened anew: a server may be back, an index made again."""


class Workers:
    """Some threads with a store each, opened when it is first asked.

    The threads end with the process: none holds it up, whatever it is busy with.

    Args:
        open_store: opens one more store of the same graph.
        number: how many there are.
    """

    def __init__(self, open_store: Callable[[], GraphStore], number: int = 3) -> None:
        self._open_store = open_store
        self._work: SimpleQueue[tuple[Callable[[GraphStore], Any], Future[Any]] | None]
        self._work = SimpleQueue()
        self._made = 0
        self._threads = [
            threading.Thread(target=self._run, name=f"graphkit-explorer-{place}", daemon=True)
            for place in range(number)
        ]
        for thread in self._threads:
            thread.start()

    def soon(self, question: Callable[[GraphStore], Given]) -> Future[Given]:
        """Puts a question without waiting for its answer."""
        future: Future[Given] = Future()
        self._work.put((question, future))
        return future

    async def ask(self, question: Callable[[GraphStore], Given]) -> Given:
        """The answer to a question; what is raised there is raised here."""
        return await wrap_future(self.soon(question))

    def open_anew(self) -> None:
        """Has each thread open its store anew before its next question."""
        self._made += 1

    def close(self) -> None:
        """Lets threads that are not busy close their stores; the others end with the process."""
        for _ in self._threads:
            self._work.put(None)
        for thread in self._threads:
            thread.join(_PATIENCE / len(self._threads))

    def _run(self) -> None:
        store: GraphStore | None = None
        made = self._made
        while (waiting := self._work.get()) is not None:
            question, future = waiting
            if not future.set_running_or_notify_cancel():
                continue
            if store is not None and made != self._made:
                store.close()
                store = None
            made = self._made
            try:
                if store is None:
                    store = self._open_store()
                future.set_result(question(store))
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                if store is not None and isinstance(error, _WORN):
                    store.close()
                    store = None
                future.set_exception(error)
        if store is not None:
            store.close()
