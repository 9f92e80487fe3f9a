"""What is told to pages as it happens: server-sent events, to each at the pace that it reads.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from starlette.types import Send

_SIGN_OF_LIFE: Final = 15.0
"""Seconds after which something is sent where nothing has happened."""
_MOST: Final = 4_000_000
"""Bytes that wait for a page; one that does not read them begins anew instead."""


def event(name: str, told: dict[str, Any], revision: str) -> bytes:
    """An event as it is sent.

    Args:
        name: what kind of event it is.
        told: what it says.
        revision: of the graph then.
    """
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"id: {revision}\nevent: {name}\ndata: {data}\n\n".encode("utf-8", "replace")


class _Stream:
    """What waits for one page."""

    def __init__(self, greeting: bytes) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready = asyncio.Event()
        self._waiting = bytearray()
        self.put(greeting)

    def put(self, told: bytes) -> None:
        """Adds something, in any thread."""
        self._waiting += told
        with suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self._ready.set)

    @property
    def is_full(self) -> bool:
        """Whether the page is far behind."""
        return len(self._waiting) > _MOST

    def take(self) -> bytes:
        """All that waits, which then waits no more."""
        told = bytes(self._waiting)
        self._waiting.clear()
        self._ready.clear()
        return told

    async def wait(self) -> None:
        """Waits until something waits here, or it is time for a sign of life."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), _SIGN_OF_LIFE)


class Streams:
    """All pages that are told of changes.

    Args:
        greeting: what a page is told that begins to listen, and one that has not listened for so
            long that it begins anew.
        heard: called with whether anybody listens, whenever that changes.
    """

    def __init__(self, greeting: Callable[[], bytes], heard: Callable[[bool], None]) -> None:
        self._greeting = greeting
        self._heard = heard
        self.lock = threading.RLock()
        """Held while something is told: who holds it changes what a greeting says, and tells it,
        as one."""
        self._open: set[_Stream] = set()

    def tell(self, told: bytes) -> None:
        """Tells all pages something."""
        with self.lock:
            for stream in self._open:
                if stream.is_full:
                    stream.take()
                    stream.put(self._greeting())
                else:
                    stream.put(told)

    def answer(self) -> StreamingResponse:
        """The answer to a page that listens; it ends when the page goes away."""
        return _Events(self._told())

    async def _told(self) -> AsyncGenerator[bytes, None]:
        with self.lock:
            stream = _Stream(self._greeting())
            self._open.add(stream)
            if len(self._open) == 1:
                self._heard(True)
        try:
            while True:
                await stream.wait()
                with self.lock:
                    told = stream.take()
                yield told or b":\n\n"
        finally:
            with self.lock:
                self._open.remove(stream)
                if not self._open:
                    self._heard(False)


class _Events(StreamingResponse):
    """Ends what is told when the page is gone, at once and not when it is next looked at."""

    def __init__(self, told: AsyncGenerator[bytes, None]) -> None:
        super().__init__(told, media_type="text/event-stream")
        self._told = told

    async def stream_response(self, send: Send) -> None:
        """Sends what is told until nobody is there any more."""
        async with aclosing(self._told):
            await super().stream_response(send)
