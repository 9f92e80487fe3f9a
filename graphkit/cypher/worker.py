"""The process in which the embedded engine runs a query, so that it can be ended at any moment.

It is a plain ``python -c`` that reads requests from its standard input and writes answers to its
standard output, and keeps the graph open between them. Nothing of it stays behind when it dies.
"""

from __future__ import annotations

import datetime as dt
import pickle
import struct
import sys
from typing import IO, TYPE_CHECKING, Any, Final

from graphkit.cypher.escaping import PREFIX
from graphkit.cypher.values import duration_text, number, time_text

if TYPE_CHECKING:
    from collections.abc import Callable

_NODE: Final = {"id", "labels", "properties"}
_LINK: Final = {"id", "start", "end", "type", "properties"}
_PATH: Final = {"nodes", "relationships"}
_DURATION: Final = {"months", "days", "seconds"}


def send(stream: IO[bytes], told: object) -> None:
    """Writes one message."""
    data = pickle.dumps(told)
    stream.write(struct.pack("<Q", len(data)) + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:  # noqa: ANN401 - what was sent
    """Reads one message; None where the other side has gone."""
    head = stream.read(8)
    if len(head) < 8:  # noqa: PLR2004 - the length that send writes
        return None
    data = stream.read(*struct.unpack("<Q", head))
    return pickle.loads(data)  # noqa: S301 - our own process's


def main() -> None:
    """Answers requests until there are no more.

    A request is ``(file, query, parameters, seconds, limit)``. Once the graph is open,
    ``("opened",)`` is said, then the answer: ``("rows", columns, rows, truncated)``; or
    ``("error", kind, message, line, column)``.
    """
    import kglite  # noqa: PLC0415 - here only

    kglite.set_query_warning_policy("silent")
    graph: Any = None
    opened = None
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while (request := receive(source)) is not None:
        file, query, parameters, seconds, limit = request
        if file != opened:
            try:
                graph, opened = kglite.load(file), file
                graph.read_only(True)
            except Exception as error:  # noqa: BLE001 - gone, damaged, or of another version
                send(out, ("error", "file", str(error), None, None))
                continue
        send(out, ("opened",))
        try:
            send(out, _answer(graph, query, parameters, seconds, limit))
        except Exception as error:  # noqa: BLE001 - whatever it is, the other side says it
            kind = "time" if isinstance(error, kglite.CypherTimeoutError) else "query"
            place = (getattr(error, "line", None), getattr(error, "col", None))
            send(out, ("error", kind, str(error), *place))


def _answer(
    graph: Any,  # noqa: ANN401 - of the engine
    query: str,
    parameters: dict[str, Any],
    seconds: float,
    limit: int,
) -> tuple[Any, ...]:
    view = graph.cypher(
        query, params=parameters, timeout_ms=max(1, int(seconds * 1000)), row_limit=limit + 1
    )
    columns = list(view.columns)
    told = view.to_list()
    name = _names(graph)
    rows = [[_plain(row[column], name) for column in columns] for row in told[:limit]]
    return "rows", columns, rows, len(told) > limit


def _names(graph: Any) -> Callable[[object], object]:  # noqa: ANN401 - of the engine
    """What tells a node's own id from the engine's number for it; looked up once, if at all."""
    known: dict[object, object] = {}

    def name(number_: object) -> object:
        if not known:
            found = graph.cypher("MATCH (n) RETURN elementId(n) AS number, n.id AS id").to_list()
            known.update({int(row["number"]): row["id"] for row in found})
        return known.get(number_)

    return name


def _plain(value: Any, name: Callable[[object], object]) -> Any:  # noqa: ANN401 - many kinds
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list | tuple):
        return [_plain(item, name) for item in value]
    if isinstance(value, dict):
        return _map(value, name)
    if isinstance(value, dt.date | dt.time):
        return time_text(value.isoformat())
    return str(value)


def _map(value: dict[str, Any], name: Callable[[object], object]) -> dict[str, Any] | str:
    keys = value.keys()
    if keys == _NODE and isinstance(value["properties"], dict):
        return {"labels": value["labels"], "properties": _properties(value["properties"], name)}
    if keys == _LINK and isinstance(value["properties"], dict):
        return {
            "type": value["type"],
            "start": name(value["start"]),
            "end": name(value["end"]),
            "properties": _properties(value["properties"], name),
        }
    if keys == _PATH:
        return {key: [_plain(item, name) for item in value[key]] for key in value}
    if keys >= _DURATION and keys <= _DURATION | {"nanoseconds"}:
        return duration_text(**value)
    return _properties(value, name)


def _properties(value: dict[str, Any], name: Callable[[object], object]) -> dict[str, Any]:
    """A map without the key that the engine adds and graphkit's own, and with those escaped."""
    return {
        key.removeprefix(PREFIX): _plain(value[key], name)
        for key in sorted(value, key=lambda key: key.removeprefix(PREFIX))
        if key != "type" and (not key.startswith("_") or key.startswith(PREFIX))
    }
