"""How what is told waits for whoever reads it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from graphkit.explorer.streams import Streams

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

SCOPE = {"type": "http", "asgi": {"spec_version": "2.3"}}


class Reader:
    """Reads as fast as it is let, until it goes away."""

    def __init__(self) -> None:
        self.may_read = asyncio.Event()
        self.gone = asyncio.Event()
        self.read: list[bytes] = []
        self.has_read = asyncio.Event()

    async def receive(self) -> MutableMapping[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.body":
            self.read.append(message["body"])
            self.has_read.set()
            await self.may_read.wait()


def test_a_slow_reader_begins_anew() -> None:
    """What waits for it is bounded; it then gets a greeting, and what comes after that."""
    heard: list[bool] = []

    async def read() -> None:
        streams = Streams(lambda: b"hello\n\n", heard.append)
        quick, slow = Reader(), Reader()
        quick.may_read.set()
        tasks = [
            asyncio.ensure_future(streams.answer()(SCOPE, reader.receive, reader.send))
            for reader in (quick, slow)
        ]
        for reader in (quick, slow):
            await reader.has_read.wait()
            reader.has_read.clear()
        assert heard == [True]
        megabyte = b"x" * 1_000_000
        for _ in range(100):
            streams.tell(megabyte)
            await quick.has_read.wait()
            quick.has_read.clear()
        for told in (b"last but one\n\n", b"last\n\n"):
            streams.tell(told)
        slow.may_read.set()
        await slow.has_read.wait()
        assert slow.read[0] == quick.read[0] == b"hello\n\n"
        (late,) = slow.read[1:]
        assert len(late) < 6_000_000
        assert late.startswith(b"hello\n\n")
        assert late.endswith(b"last\n\n")
        assert sum(map(len, quick.read)) > 100_000_000
        for reader in (quick, slow):
            assert heard == [True]
            reader.gone.set()
            await tasks.pop(0)
        assert heard == [True, False]

    with ThreadPoolExecutor() as apart:  # a browser of other tests may have a loop of its own here
        apart.submit(asyncio.run, asyncio.wait_for(read(), 60)).result()
