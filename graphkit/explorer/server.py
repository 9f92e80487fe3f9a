"""The explorer's server: the page, its files, and the questions below ``/api``."""

from __future__ import annotations

import asyncio
import secrets
import sys
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from graphkit.errors import StoreError
from graphkit.explorer.api import failure, routes
from graphkit.explorer.console import console_routes
from graphkit.explorer.guard import Guard
from graphkit.explorer.known import Known
from graphkit.explorer.live import Live
from graphkit.explorer.live_api import live_routes
from graphkit.explorer.runs import Runs
from graphkit.explorer.static import NONCE
from graphkit.explorer.workers import Workers

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from graphkit.explorer.static import Page
    from graphkit.stores.base import GraphStore

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}';"
    " img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
_TURN: Final = 0.000_5
"""Seconds that a busy thread computes on while another waits. A question waits so long at every
row that it reads, since SQLite lets go of its turn for each; Python's own 5 ms make a card wait for
a second while the map is worked out."""
_FOR_EVER: Final = "private, max-age=31536000, immutable"


class EndedError(StoreError):
    """Nothing is answered any more."""

    code = "gone"

    def __init__(self) -> None:
        super().__init__("The explorer has ended.", "Start it again: graphkit explore")


class Explorer:
    """An explorer that can be run.

    Args:
        listening: where it is served.
        page: the page and its files.
        open_store: opens one more store of the graph.
        refreshes: whether the graph is brought into step with its vault when the page is loaded.
        query_folders: where saved queries of one's own are.
    """

    def __init__(
        self,
        listening: socket.socket,
        page: Page,
        open_store: Callable[[], GraphStore],
        *,
        refreshes: bool,
        query_folders: Sequence[Path] = (),
    ) -> None:
        self._listening = listening
        self._workers = Workers(open_store)
        self._runs = Runs(open_store)
        self._known = Known(refreshes=refreshes, rebuilt=self._open_anew)
        self._live = Live(open_store, self._known, refreshes=refreshes, rebuilt=self._open_anew)
        host, port = listening.getsockname()
        app = Starlette(
            routes=[
                *_page_routes(page, self._known),
                *routes(self._workers, self._known),
                *live_routes(self._workers, self._known, self._live.streams),
                *console_routes(self._runs, self._known, query_folders),
            ]
        )
        app.router.redirect_slashes = False
        self._guard = Guard(_told_of_the_end(app), port)
        self._address = f"http://{host}:{port}/"

    def _open_anew(self) -> None:
        self._workers.open_anew()
        self._runs.open_anew()

    def address(self, fragment: str = "") -> str:
        """The address that opens the page once in a browser.

        Args:
            fragment: what the page is to show, as it stands behind ``#``.
        """
        place = f"#{fragment}" if fragment else ""
        return f"{self._address}?token={self._guard.token}{place}"

    def run(self) -> None:
        """Serves until it is interrupted; then ends at once, whoever is still connected.

        Raises:
            KeyboardInterrupt: it was, by Ctrl-C.
        """
        sys.setswitchinterval(_TURN)
        self._workers.soon(self._known.warm)
        self._live.begin()
        config = uvicorn.Config(
            self._guard,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=0,
        )
        try:
            uvicorn.Server(config).run(sockets=[self._listening])
        finally:
            self._listening.close()
            self._live.close()
            self._runs.close()
            self._workers.close()


def _told_of_the_end(app: ASGIApp) -> ASGIApp:
    """Says so to who still waits for an answer when the explorer ends."""

    async def telling(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, sent)
        except asyncio.CancelledError:
            if begun:
                raise
            await failure(EndedError(), Request(scope))(scope, receive, send)

    return telling


def _page_routes(page: Page, known: Known) -> list[Route]:
    async def index(request: Request) -> Response:
        del request
        known.page_is_loaded()
        nonce = secrets.token_urlsafe(16)
        policy = {"Content-Security-Policy": _POLICY.format(nonce=nonce)}
        return HTMLResponse(page.html.replace(NONCE, nonce), headers=policy)

    async def asset(request: Request) -> Response:
        found = page.assets.get(request.path_params["name"])
        if found is None:
            return Response("There is no such file.\n", 404, media_type="text/plain")
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(found.content, headers=headers, media_type=found.kind)
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, headers=headers, media_type=found.kind)

    return [
        Route("/", index, methods=["GET"]),
        Route("/assets/{name}", asset, methods=["GET"]),
    ]
