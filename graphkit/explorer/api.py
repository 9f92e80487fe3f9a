"""What the page may ask, by address, and what is answered: the questions' own answers as JSON.

``docs/explorer-api.md`` lists all of it.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import traceback
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response
from starlette.routing import Route

from graphkit.errors import (
    AmbiguousClusterError,
    AmbiguousConceptError,
    GraphkitError,
    NoSuchClusterError,
    NoSuchConceptError,
    NothingSaidError,
    QueryError,
    UsageError,
)
from graphkit.explorer.acts import ACTS, Act
from graphkit.explorer.answers import QUESTIONS, Question
from graphkit.explorer.asked import Asked
from graphkit.explorer.files import FILES, Make
from graphkit.explorer.history import NoEarlierError
from graphkit.explorer.joining import AroundKept
from graphkit.explorer.known import Picture
from graphkit.explorer.posted import posted
from graphkit.explorer.rendering import NoNoteError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from graphkit.explorer.known import Known, Packed
    from graphkit.explorer.workers import Workers
    from graphkit.stores.base import GraphStore

_STATUS: Final = (
    (UsageError, 400),
    ((NoEarlierError, NoNoteError, NoSuchConceptError, NoSuchClusterError, NothingSaidError), 404),
    ((AmbiguousConceptError, AmbiguousClusterError), 409),
    (QueryError, 422),
    (GraphkitError, 503),
)
_WORTH_PACKING: Final = 1_000
_LIMIT: Final = 12


def routes(workers: Workers, known: Known) -> list[Route]:
    """The addresses below ``/api``.

    Args:
        workers: put questions to stores.
        known: what is worked out once for a graph.
    """

    def packed(
        made: Callable[[Picture, GraphStore], Packed], kind: str
    ) -> Callable[..., Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            def work(store: GraphStore) -> Packed:
                known.begin(store)
                return made(known.picture(store), store)

            try:
                told = await workers.ask(work)
            except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
                return failure(error, request)
            headers = {"ETag": told.tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
            if request.headers.get("if-none-match") == told.tag:
                return Response(status_code=304, headers=headers)
            if takes_packed(request):
                headers["Content-Encoding"] = "gzip"
                return Response(told.packed, headers=headers, media_type=kind)
            return Response(told.content, headers=headers, media_type=kind)

        return answer

    def vault(store: GraphStore, asked: Asked) -> dict[str, Any]:
        del asked
        known.begin(store)
        workers.soon(known.warm)  # a person will type before long
        return known.vault(store)

    def find(store: GraphStore, asked: Asked) -> dict[str, Any]:
        query = asked.text("q")
        choices = known.picture(store).names(store).choices(query, asked.number("limit", _LIMIT))
        return {"query": query, "choices": choices}

    def with_clusters(question: Question) -> Question:
        def answer(store: GraphStore, asked: Asked) -> dict[str, Any]:
            known.bring_up_to_date(store)
            return question(store, asked)

        return answer

    asked = {**QUESTIONS, "around": AroundKept().asked}
    questions = {name: with_clusters(question) for name, question in asked.items()}
    return [
        Route("/api/areas", packed(Picture.areas, "application/json"), methods=["GET"]),
        Route("/api/map", packed(Picture.map, "application/octet-stream"), methods=["GET"]),
        *(
            Route(f"/api/{name}", _plain(workers, question), methods=["GET"])
            for name, question in {"vault": vault, "find": find, **questions}.items()
        ),
        *(
            Route(f"/api/{name}", _doing(workers, act), methods=["POST"])
            for name, act in ACTS.items()
        ),
        *(
            Route(f"/api/{name}", _giving(workers, make), methods=["POST"])
            for name, make in FILES.items()
        ),
    ]


def _plain(workers: Workers, question: Question) -> Callable[..., Awaitable[Response]]:
    """Answers what is asked behind the ``?`` of an address."""

    async def answer(request: Request) -> Response:
        asked = Asked(request.query_params)

        try:
            told = await workers.ask(lambda store: as_json(question(store, asked)))
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)
        return answered(told, request)

    return answer


def _doing(workers: Workers, act: Act) -> Callable[..., Awaitable[Response]]:
    """Does what is sent as JSON."""

    async def answer(request: Request) -> Response:
        try:
            sent = await posted(request)
            told = await workers.ask(lambda store: as_json(act(store, sent)))
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)
        return answered(told, request)

    return answer


def _giving(workers: Workers, make: Make) -> Callable[..., Awaitable[Response]]:
    """Hands out a file that is made of what is sent as JSON."""

    async def answer(request: Request) -> Response:
        try:
            sent = await posted(request)
            made = await workers.ask(lambda store: make(store, sent))
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)
        return Response(made.content, headers=made.headers, media_type=made.kind)

    return answer


def failure(error: Exception, request: Request) -> Response:
    """An error as JSON, with the status that fits it."""
    status = 500
    if isinstance(error, GraphkitError):
        status = next(status for kind, status in _STATUS if isinstance(error, kind))
    elif isinstance(error, sqlite3.Error):
        status = 503
    return answered(as_json({"error": told_of(error)}), request, status)


def told_of(error: Exception) -> dict[str, Any]:
    """What is told of an error."""
    told: dict[str, Any] = {"code": "unforeseen", "message": "", "hint": None, "candidates": []}
    if isinstance(error, GraphkitError):
        told["code"], told["message"] = error.code, error.message
        told["hint"] = error.hint or None
        told["candidates"] = [candidate.to_dict() for candidate in error.candidates]
        if isinstance(error, QueryError):
            told["line"], told["column"] = error.line, error.column
    elif isinstance(error, sqlite3.Error):
        told["code"], told["message"] = "index", f"The index cannot be used: {error}."
        told["hint"] = "Stop graphkit explore, delete the index, and start again."
    else:
        if os.environ.get("GRAPHKIT_TRACEBACK"):
            traceback.print_exception(error)
        told["message"] = f"This should not have happened: {type(error).__name__}: {error}"
        told["hint"] = "Please report it, with what GRAPHKIT_TRACEBACK=1 graphkit explore prints."
    return told


def as_json(told: Any) -> bytes:  # noqa: ANN401 - plain data
    """Plain data as JSON."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def takes_packed(request: Request) -> bool:
    """Whether an answer may be gzipped."""
    return "gzip" in request.headers.get("accept-encoding", "")


def answered(content: bytes, request: Request, status: int = 200) -> Response:
    """An answer, packed where that is worth it and the page takes it.

    Args:
        content: JSON.
        request: what was asked.
        status: of the answer.
    """
    headers = {"Vary": "Accept-Encoding"}
    if len(content) > _WORTH_PACKING and takes_packed(request):
        content = gzip.compress(content, compresslevel=1, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(content, status, headers, "application/json")
