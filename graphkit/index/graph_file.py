"""Which saved graph belongs to an index: a name that changes whenever the index does."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from typing import TYPE_CHECKING, Final

from graphkit.index.kept import CLUSTERS_STATE

if TYPE_CHECKING:
    from pathlib import Path

_KEY: Final = "graph"


def saved_graph(connection: sqlite3.Connection, file: Path) -> Path | None:
    """Where the graph of an index as it is now was saved; None where it was not.

    Args:
        connection: an open index.
        file: where the index is.
    """
    state, _, token = str(_meta(connection).get(_KEY, "")).partition(" ")
    if not token or state != graph_state(connection):
        return None
    saved = graph_file(file, token)
    return saved if saved.is_file() else None


def graph_state(connection: sqlite3.Connection) -> str:
    """What changes whenever the graph of an index does, the clusters of its notes included."""
    told = _meta(connection)
    return f"{told.get('revision')}-{told.get(CLUSTERS_STATE, '')}"


def _meta(connection: sqlite3.Connection) -> dict[str, object]:
    wanted = ("revision", CLUSTERS_STATE, _KEY)
    return dict(connection.execute("SELECT key, value FROM meta WHERE key IN (?, ?, ?)", wanted))


def graph_file(file: Path, token: str) -> Path:
    """The file of a graph beside its index."""
    return file.with_name(f"{file.name}.{token}.kgl")


def new_token(schema: int) -> str:
    """A name for a graph that no other has."""
    return f"g{schema}-{secrets.token_hex(6)}"


def settle_graph(connection: sqlite3.Connection, file: Path, state: str, token: str) -> Path | None:
    """Makes a graph the index's own, unless another process was faster.

    All of it happens under the index's write lock: of processes that make a graph at the same
    time, one has its own kept, and the others take that.

    Args:
        connection: an open index.
        file: where the index is.
        state: of the index of which the graph was made, see ``graph_state``.
        token: the graph's name, under which it may have been saved.

    Returns:
        The index's graph; None where it has none of this state, since the index has changed,
        cannot be written, or the graph was not saved.
    """
    mine = graph_file(file, token)
    kept = None
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if graph_state(connection) == state:
                kept = saved_graph(connection, file)
                if kept is None and mine.is_file():
                    told = (_KEY, f"{state} {token}")
                    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", told)
                    kept = mine
            if kept is not None:
                _forget_others(file, kept)
        finally:
            connection.execute("COMMIT")
    if kept != mine:
        with contextlib.suppress(OSError):
            mine.unlink()
    return kept


def _forget_others(file: Path, kept: Path) -> None:
    """Throws away graphs of this index that are no longer its own, and what a kill left behind."""
    with contextlib.suppress(OSError):
        for other in file.parent.iterdir():
            ours = (
                other.name.startswith((f"{file.name}.g", f".{file.name}.g"))
                and ".kgl" in other.name
            )
            if ours and other != kept:
                with contextlib.suppress(OSError):
                    other.unlink()
