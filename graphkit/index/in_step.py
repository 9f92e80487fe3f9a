"""What an index knows of its vault's files, asked of it or remembered in an open process."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from graphkit.vault.discover import Seen, shown_path

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from graphkit.vault.discover import Walk

_MANY: Final = 1_000


class InStep:
    """What the index was last in step with, so that this process need not ask it again.

    It counts only while the index still has the revision that it had then.
    """

    def __init__(self) -> None:
        self._revision: str | None = None
        self._files: frozenset[str] = frozenset()
        self._notes: dict[str, Seen] = {}

    def remember(
        self, connection: sqlite3.Connection, seen: Walk, read: Sequence[str] = ()
    ) -> None:
        """Takes in a vault as it was seen, but for notes that were read as the index has them."""
        self._revision = meta_of(connection, "revision") if len(read) < _MANY else None
        self._files, self._notes = seen.files, seen.notes
        if read and self._revision is not None:
            self._notes = dict(seen.notes)
            for path in read:
                was = connection.execute(
                    "SELECT size, mtime_ns FROM note WHERE path = ?", (shown_path(path),)
                ).fetchone()
                if was:
                    self._notes[path] = Seen(*was)
                else:
                    del self._notes[path]

    def known(self, connection: sqlite3.Connection) -> tuple[Mapping[str, Seen], frozenset[str]]:
        """The notes and the other files that the index knows."""
        if self._revision is None or self._revision != meta_of(connection, "revision"):
            return notes_of(connection), files_of(connection)
        return self._notes, self._files


def meta_of(connection: sqlite3.Connection, key: str) -> str | None:
    """What the index says of itself under a key."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def files_of(connection: sqlite3.Connection) -> frozenset[str]:
    """The files of the vault that are no notes, as the index knows them."""
    return frozenset(row[0] for row in connection.execute("SELECT path FROM file"))


def notes_of(connection: sqlite3.Connection) -> dict[str, Seen]:
    """The notes that the index knows, as the walk that found them saw them."""
    rows = connection.execute("SELECT path, raw_path, size, mtime_ns FROM note")
    return {
        path if raw is None else os.fsdecode(raw): Seen(size, mtime)
        for path, raw, size, mtime in rows
    }
