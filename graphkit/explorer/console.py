"""What the page's console asks: queries, which can be cancelled, and what helps to write one."""

from __future__ import annotations

import re
import secrets
import threading
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from graphkit.answers import SavedQuery
from graphkit.cypher.saved import saved_queries, saved_query
from graphkit.errors import QueryCancelledError, QueryError, UsageError
from graphkit.explorer.api import answered, as_json, failure
from graphkit.explorer.asked import meant
from graphkit.explorer.posted import posted, text_of
from graphkit.questions.query import TIMEOUT, ask
from graphkit.stopping import Stop
from graphkit.stores.networkx import LINK_PROPERTIES, OWN_PROPERTIES
from graphkit.stores.stored import VAULT_LABEL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from graphkit.explorer.known import Known
    from graphkit.explorer.runs import Runs
    from graphkit.stores.base import GraphStore

_LONGEST: Final = 300
"""Seconds that a query may be given."""
_LIMIT: Final = 1_000
_MOST: Final = 10_000
"""Rows that a query may be given."""
_LOOK: Final = 0.2
"""Seconds after which who waits looks whether it is still wanted."""
_NAME: Final = re.compile(r"[\w-]{1,100}")
_LABELS: Final = ("Concept", "Note", "Unresolved", VAULT_LABEL)
_NO_KEYS: Final = {"labels", "label", "note", "neighbours", "relation"}
"""Of the properties that are set apart, those that no concept or link has in a query."""
_TYPES: Final = "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS links ORDER BY links DESC, t"
_KEYS: Final = "MATCH (n:Note) UNWIND keys(n) AS key RETURN DISTINCT key"


def console_routes(runs: Runs, known: Known, folders: Sequence[Path]) -> list[Route]:
    """The addresses below ``/api`` that the console asks.

    Args:
        runs: runs queries.
        known: what is worked out once for a graph.
        folders: where saved queries of one's own are.
    """
    ready = _Ready()
    schemas: dict[str, bytes] = {}

    async def query(request: Request) -> Response:
        try:
            sent = await posted(request)
            wanted = _Wanted(sent, folders)

            def work(store: GraphStore, stop: Stop) -> bytes:
                known.bring_up_to_date(store)
                ready.make(store, stop)
                return as_json(wanted.ask(store, stop))

            return answered(await runs.run(wanted.run, work, lambda: _gone(request)), request)
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(_in_other_words(error), request)

    async def cancel(request: Request) -> Response:
        try:
            done = await runs.cancel(text_of(await posted(request), "run"))
            return answered(as_json({"cancelled": done}), request)
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)

    async def queries(request: Request) -> Response:
        try:
            return answered(as_json(saved_queries(folders).to_dict()), request)
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)

    async def schema(request: Request) -> Response:
        def work(store: GraphStore) -> bytes:
            stamp = store.stamp
            if stamp not in schemas:
                known.bring_up_to_date(store)
                ready.make(store, Stop())
                told = as_json(_schema(store))
                schemas.clear()
                schemas[stamp] = told
            return schemas[stamp]

        try:
            return answered(await runs.ask(work), request)
        except Exception as error:  # noqa: BLE001 - each is told of, none ends the server
            return failure(error, request)

    return [
        Route("/api/query", query, methods=["POST"]),
        Route("/api/cancel", cancel, methods=["POST"]),
        Route("/api/queries", queries, methods=["GET"]),
        Route("/api/schema", schema, methods=["GET"]),
    ]


class _Ready:
    """Has what an engine opens be made by one thread while others wait for it."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made: str | None = None

    def make(self, store: GraphStore, stop: Stop) -> None:
        """Makes it, unless that was done for the graph as it is now.

        Raises:
            QueryCancelledError: it was stopped.
        """
        while not self._making.acquire(timeout=_LOOK):
            if stop.stopped:
                raise QueryCancelledError
        try:
            if self._made != (stamp := store.stamp):
                store.query("RETURN 1 AS one", timeout=TIMEOUT, limit=1, stop=stop)
                self._made = stamp
        finally:
            self._making.release()


class _Wanted:
    """A query as the page asks it.

    Args:
        sent: what the page sent.
        folders: where saved queries of one's own are.

    Raises:
        UsageError: it is asked wrongly.
    """

    def __init__(self, sent: dict[str, Any], folders: Sequence[Path]) -> None:
        text = text_of(sent, "query")
        saved = sent.get("saved") is True
        # By its name alone: no file is read that the page names.
        self.query = saved_query(text, folders) if saved else SavedQuery("", "", "", (), text, "")
        self.parameters = sent.get("parameters") or {}
        if not isinstance(self.parameters, dict):
            raise UsageError("'parameters' is no JSON object.")
        self.timeout = _number(sent, "timeout", TIMEOUT, _LONGEST)
        self.limit = int(_number(sent, "limit", _LIMIT, _MOST))
        self.run = text_of(sent, "run") if sent.get("run") else secrets.token_hex(16)
        if not _NAME.fullmatch(self.run):
            raise UsageError("'run' is no name: up to 100 letters, digits, '-' and '_'.")

    def ask(self, store: GraphStore, stop: Stop) -> dict[str, Any]:
        """The rows."""
        return ask(
            store,
            self.query,
            self.parameters,
            lambda name: meant(store, name).id,
            timeout=self.timeout,
            limit=self.limit,
            stop=stop,
        ).to_dict()


def _number(sent: dict[str, Any], name: str, otherwise: float, most: int) -> float:
    told = sent.get(name)
    if told is None:
        return otherwise
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told <= most:
        raise UsageError(f"{name!r} is {told!r}; give a number up to {most:,}.")
    if name == "limit" and told != int(told):
        raise UsageError(f"{name!r} is {told!r}; give a whole number.")
    return told


async def _gone(request: Request) -> None:
    """Comes back when the page no longer waits."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _schema(store: GraphStore) -> dict[str, list[str]]:
    """Labels, relationship types and property keys of the graph."""
    types = store.query(_TYPES, timeout=TIMEOUT, limit=_MOST)
    keys = store.query(_KEYS, timeout=TIMEOUT, limit=_MOST)
    known = (OWN_PROPERTIES | set(LINK_PROPERTIES)) - _NO_KEYS
    return {
        "labels": list(_LABELS),
        "types": [str(type_) for type_, _ in types.rows],
        "keys": sorted(known | {str(key) for (key,) in keys.rows}),
    }


def _in_other_words(error: Exception) -> Exception:
    """An error whose hint names what the page has, where it names options of the command line."""
    if isinstance(error, QueryError | UsageError):
        hint = error.hint.replace(" (--timeout SECONDS)", " time")
        error.hint = re.sub(r"--param (\w+)=", r"\1 = ", hint)
    return error
