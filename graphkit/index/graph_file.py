"""Which saved graph belongs to an index: a name that changes whenever the index does."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_KEY: Final = "graph"


def saved_graph(connection: sqlite3.Connection, file: Path) -> Path | None:
    """Where the graph of an index as it is now was saved; None where it was not.

    Args:
        connection: an open index.
        file: where the index is.
    """
    rows = dict(
        connection.execute("SELECT key, value FROM meta WHERE key IN ('revision', ?)", (_KEY,))
    )
    revision, _, token = str(rows.get(_KEY, "")).partition(" ")
    if not token or revision != str(rows.get("revision")):
        return None
    saved = graph_file(file, token)
    return saved if saved.is_file() else None


def graph_file(file: Path, token: str) -> Path:
    """The file of a graph beside its index."""
    return file.with_name(f"{file.name}.{token}.kgl")


def new_token(schema: int) -> str:
    """A name for a graph that no other has."""
    return f"g{schema}-{secrets.token_hex(6)}"


def settle_graph(
    connection: sqlite3.Connection, file: Path, revision: str | None, token: str
) -> Path | None:
    """Makes a graph the index's own, unless another process was faster.

    All of it happens under the index's write lock: of processes that make a graph at the same
    time, one has its own kept, and the others take that.

    Args:
        connection: an open index.
        file: where the index is.
        revision: the index's revision of which the graph was made.
        token: the graph's name, under which it may have been saved.

    Returns:
        The index's graph; None where it has none of this revision, since the index has changed,
        cannot be written, or the graph was not saved.
    """
    mine = graph_file(file, token)
    kept = None
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("BEGIN IMMEDIATE")
        try:
            (now,) = connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
            if str(now) == str(revision):
                kept = saved_graph(connection, file)
                if kept is None and mine.is_file():
                    told = (_KEY, f"{revision} {token}")
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
