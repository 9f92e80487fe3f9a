"""What a page asks to follow the graph as it changes: see ``docs/explorer-api.md``."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from graphkit.explorer.api import failure, takes_packed
from graphkit.explorer.asked import Asked
from graphkit.explorer.history import History

if TYPE_CHECKING:
    from starlette.requests import Request

    from graphkit.explorer.known import Known
    from graphkit.explorer.streams import Streams
    from graphkit.explorer.workers import Workers

_DAY: Final = 24


def live_routes(workers: Workers, known: Known, streams: Streams) -> list[Route]:
    """Changes as they happen, and earlier maps.

    Args:
        workers: put questions to stores.
        known: what is given out of the graph.
        streams: tell of its changes.
    """

    async def events(request: Request) -> Response:
        try:
            await workers.ask(known.picture)  # a page is greeted with its revision
        except Exception as error:  # noqa: BLE001 - it is told of
            return failure(error, request)
        return streams.answer()

    async def earlier(request: Request) -> Response:
        try:
            hours = Asked(request.query_params).number("hours", _DAY)
            packed = await workers.ask(lambda store: History(store.own_folder).before(hours))
        except Exception as error:  # noqa: BLE001 - it is told of
            return failure(error, request)
        headers = {"Vary": "Accept-Encoding"}
        if takes_packed(request):
            headers["Content-Encoding"] = "gzip"
        else:
            packed = gzip.decompress(packed)
        return Response(packed, headers=headers, media_type="application/octet-stream")

    return [
        Route("/api/events", events, methods=["GET"]),
        Route("/api/earlier", earlier, methods=["GET"]),
    ]
