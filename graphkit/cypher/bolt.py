"""Cypher on a Neo4j server: the same call, the same answer as on the embedded engine."""

from __future__ import annotations

import re
import secrets
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import QueryResult
from graphkit.cypher.values import duration_text, number, time_text
from graphkit.cypher.written import Part, Rewriting
from graphkit.errors import QueryCancelledError, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    import neo4j

    from graphkit.cypher.tokens import Query
    from graphkit.stopping import Stop

_END: Final = (
    "SHOW TRANSACTIONS YIELD transactionId AS own, metaData WHERE metaData.graphkit = $mark"
    " TERMINATE TRANSACTIONS own YIELD message RETURN message"
)
_PLACE: Final = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")
_TIME_IS_UP: Final = ("TransactionTimedOut", "LockAcquisitionTimeout", "TransactionTerminated")


def run_on_neo4j(
    session: neo4j.Session,
    query: Query,
    parameters: dict[str, Any],
    *,
    timeout: float,
    limit: int,
    stop: Stop | None = None,
    end: Callable[[str], None] | None = None,
) -> QueryResult:
    """Runs a query that only reads.

    Args:
        session: of the driver, in read access mode.
        query: as ``read_query`` gives it, past the guard.
        parameters: its parameters by name.
        timeout: seconds that it may take; the server ends it then.
        limit: the most rows to give back.
        stop: what cancels it: the server ends it then.
        end: has the server end the transaction that has a mark.

    Raises:
        QueryError: the server does not understand it, it fails, takes too long, or is cancelled.
    """
    from neo4j.exceptions import ClientError, DatabaseError, TransientError  # noqa: PLC0415 - heavy

    text, places = _without_bookkeeping(query)
    mark = secrets.token_hex(16)
    try:
        with (
            session.begin_transaction({"graphkit": mark}, timeout) as transaction,
            stop.by(lambda: end(mark)) if stop and end else nullcontext(),
        ):
            asked: Any = text
            result = transaction.run(asked, parameters)
            columns = tuple(result.keys())
            found: list[list[Any]] = []
            for record in result:
                if len(found) > limit:
                    break
                found.append(record.values())
            truncated = len(found) > limit
            found = found[:limit]
            names = _names(transaction, found)
            rows = [tuple(_plain(value, names) for value in row) for row in found]
    except (ClientError, DatabaseError, TransientError) as error:
        if ".Security." in (error.code or "") and "Forbidden" not in (error.code or ""):
            raise
        if stop and stop.stopped:
            raise QueryCancelledError from error
        raise _explained(query, places, error, timeout) from error
    return QueryResult(columns, tuple(rows), truncated)


def end_on_neo4j(session: neo4j.Session, mark: str) -> None:
    """Has the server end a query that was begun by ``run_on_neo4j``; any user may end their own.

    Args:
        session: another one of the driver.
        mark: as it was given to ``end``.
    """
    session.run(_END, mark=mark).consume()


def _without_bookkeeping(query: Query) -> tuple[str, list[tuple[int, int]]]:
    """The query with graphkit's own keys taken out of ``keys()``, and where its words now stand."""
    text = query.text.rstrip().removesuffix(";")
    calls = [
        place
        for place, token in enumerate(query.tokens[:-1])
        if token.word == "KEYS"
        and query.tokens[place + 1].is_mark("(")
        and not (place and query.tokens[place - 1].is_mark("."))
    ]
    if not calls:
        return text, []
    written = Rewriting(query)
    for place in reversed(calls):
        whole = Part(place, written.partner[place + 1])
        written.wrap(whole, "[gk IN ", " WHERE NOT gk STARTS WITH '_']")
    return written.rendered()


def _names(transaction: neo4j.Transaction, rows: list[list[Any]]) -> dict[str, Any]:
    """The ids of concepts by the server's own names for them, for relationships' ends."""
    wanted: set[str] = set()
    known: dict[str, Any] = {}
    for row in rows:
        for value in row:
            _ends(value, wanted, known)
    if missing := sorted(wanted - known.keys()):
        asked = "MATCH (n) WHERE elementId(n) IN $names RETURN elementId(n), n.id"
        known.update(dict(record.values() for record in transaction.run(asked, names=missing)))
    return known


def _ends(value: Any, wanted: set[str], known: dict[str, Any]) -> None:  # noqa: ANN401
    from neo4j.graph import Node, Path, Relationship  # noqa: PLC0415

    if isinstance(value, Node):
        known[value.element_id] = value.get("id")
    elif isinstance(value, Relationship):
        wanted.update(node.element_id for node in value.nodes if node is not None)
    elif isinstance(value, Path):
        for part in (*value.nodes, *value.relationships):
            _ends(part, wanted, known)
    elif isinstance(value, list):
        for item in value:
            _ends(item, wanted, known)
    elif isinstance(value, dict):
        for item in value.values():
            _ends(item, wanted, known)


def _plain(value: Any, names: dict[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - many kinds
    from neo4j.graph import Node, Path, Relationship  # noqa: PLC0415
    from neo4j.time import Duration  # noqa: PLC0415

    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Node):
        labels = sorted(value.labels, key=lambda label: (label != "Concept", label))
        return {"labels": labels, "properties": _map(dict(value), names)}
    if isinstance(value, Relationship):
        start, end = (None if node is None else names.get(node.element_id) for node in value.nodes)
        properties = _map(dict(value), names)
        return {"type": value.type, "start": start, "end": end, "properties": properties}
    if isinstance(value, Path):
        return {
            "nodes": [_plain(node, names) for node in value.nodes],
            "relationships": [_plain(link, names) for link in value.relationships],
        }
    if isinstance(value, Duration):
        return duration_text(value.months, value.days, value.seconds, value.nanoseconds)
    if isinstance(value, list):
        return [_plain(item, names) for item in value]
    if isinstance(value, dict):
        return _map(value, names)
    told = getattr(value, "iso_format", None)
    return time_text(told()) if told else str(value)


def _map(value: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """A map, or properties, without what is graphkit's own bookkeeping."""
    return {key: _plain(value[key], names) for key in sorted(value) if not key.startswith("_")}


def _explained(
    query: Query,
    places: list[tuple[int, int]],
    error: Any,  # noqa: ANN401 - neo4j's
    timeout: float,
) -> QueryError:
    if any(word in (error.code or "") for word in _TIME_IS_UP):
        return QueryError(
            f"The query ran out of time ({timeout:g} s).",
            "Give it more (--timeout SECONDS), or bound its patterns.",
        )
    told = str(error.message or error)
    first = told.partition(" (line ")[0].partition("\n")[0].strip().rstrip(".")
    if not (found := _PLACE.search(told)):
        return QueryError(f"{first}.")
    if places:
        at = int(found[3])
        return query.error(f"{first}.", max((old for new, old in places if new <= at), default=0))
    return QueryError(f"{first}.", query=query.text, line=int(found[1]), column=int(found[2]))
