"""Queries that run, each in a thread with a store and an engine of its own, until it is stopped."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphkit.errors import StoreError, UsageError
from graphkit.explorer.workers import Workers
from graphkit.stopping import Stop

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future

    from graphkit.stores.base import GraphStore

Given = TypeVar("Given")
MOST: Final = 2
"""So many queries run at a time."""
_PATIENCE: Final = 5.0
"""Seconds that the end of a cancelled query is waited for, before it is said to come."""
_AT_THE_END: Final = 1.0
"""Seconds that are waited for queries to be stopped when the explorer ends."""


class BusyError(StoreError):
    """As many queries run as may."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__(
            f"{MOST} queries are running already.",
            "Cancel one where it was begun, or wait until one has ended.",
        )


@dataclass
class _Run:
    stop: Stop = field(default_factory=Stop)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class Runs:
    """What runs, by the names that pages have given it; only the event loop's thread asks.

    Args:
        open_store: opens one more store of the graph.
    """

    def __init__(self, open_store: Callable[[], GraphStore]) -> None:
        self._workers = Workers(open_store, MOST)
        self._aside = Workers(open_store, 1)
        self._running: dict[str, _Run] = {}

    async def run(
        self,
        name: str,
        question: Callable[[GraphStore, Stop], Given],
        gone: Callable[[], Awaitable[None]],
    ) -> Given:
        """The answer to a question that may take long.

        Args:
            name: by which it can be cancelled.
            question: asks, and ends when it is stopped.
            gone: comes back when nobody waits for the answer any more, which then is stopped.

        Raises:
            BusyError: there are two already.
            UsageError: one of this name runs.
        """
        if name in self._running:
            raise UsageError(f"A query called {name!r} is running already.")
        if len(self._running) >= MOST:
            raise BusyError
        run = self._running[name] = _Run()
        loop = asyncio.get_running_loop()

        def ended(_: Future[Given]) -> None:
            with suppress(RuntimeError):  # the explorer has ended
                loop.call_soon_threadsafe(self._ended, name)

        asked = self._workers.soon(lambda store: question(store, run.stop))
        asked.add_done_callback(ended)
        answer = asyncio.wrap_future(asked)
        left = asyncio.ensure_future(gone())
        both: set[asyncio.Future[Any]] = {answer, left}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                _stop(run)
            return await answer
        finally:
            left.cancel()

    async def cancel(self, name: str) -> bool:
        """Stops a run, and waits for its end; whether there is one of this name."""
        run = self._running.get(name)
        if run is None:
            return False
        _stop(run)
        await asyncio.wait({asyncio.ensure_future(run.ended.wait())}, timeout=_PATIENCE)
        return True

    async def ask(self, question: Callable[[GraphStore], Given]) -> Given:
        """The answer to a question that does not take long, and waits for no run.

        It is put to one of the same stores, whose engine is there already, where one is free.
        """
        free = len(self._running) < MOST
        return await (self._workers if free else self._aside).ask(question)

    def open_anew(self) -> None:
        """Has each thread open its store anew before its next question."""
        for workers in (self._workers, self._aside):
            workers.open_anew()

    def close(self) -> None:
        """Stops what runs."""
        stopping = [_stop(run) for run in self._running.values()]
        for thread in stopping:
            thread.join(_AT_THE_END)
        for workers in (self._workers, self._aside):
            workers.close()

    def _ended(self, name: str) -> None:
        self._running.pop(name).ended.set()


def _stop(run: _Run) -> threading.Thread:
    """Stops a run, in a thread: a server is told of it, and may take its time to answer."""
    thread = threading.Thread(target=run.stop.now, name="graphkit-stop", daemon=True)
    thread.start()
    return thread
