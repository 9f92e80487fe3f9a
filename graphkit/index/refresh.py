"""Brings the index into step with the vault: one transaction, and only what has changed.

After any sequence of edits a refreshed index says the same as one made from nothing.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphkit.index import fulltext, targets
from graphkit.index.schema import create_indexes, drop_indexes, keep_log
from graphkit.index.write import NoteWriter
from graphkit.model import Refreshed
from graphkit.vault.discover import shown_path, walk
from graphkit.vault.parse import READING
from graphkit.vault.reading import read_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from graphkit.index.schema import Opened
    from graphkit.index.settings import Settings
    from graphkit.vault.discover import Walk


class _Plan(NamedTuple):
    added: list[str]
    changed: list[str]
    deleted: list[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


def refresh(
    opened: Opened,
    root: Path,
    settings: Settings,
    *,
    verify: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Refreshed:
    """Refreshes an index.

    Args:
        opened: the index.
        root: the vault's folder.
        settings: how the vault is to be read; other settings than last time are followed.
        verify: find changed notes by their content instead of size and time.
        progress: called with the number of notes read and of notes to read.

    Returns:
        What changed.
    """
    connection = opened.connection
    told = _settings_as_text(settings)
    revision = _meta(connection, "revision")
    seen = _walk_without(connection, root)
    same = _meta(connection, "settings") == told
    verify = verify or _meta(connection, "root") not in {None, shown_path(str(root))}
    if same and not verify and not _plan(connection, seen) and _files(connection) == seen.files:
        return _report(connection, _Plan([], [], []), 0, opened, seen)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _meta(connection, "revision") != revision:  # another process came first
            seen = _walk_without(connection, root)
        same = _meta(connection, "settings") == told
        first = revision is None and _meta(connection, "revision") is None
        if not (_meta(connection, "settings") or told).startswith(f"reading={READING} "):
            connection.execute("UPDATE note SET size = -1, digest = x''")
        plan = _plan(connection, seen, everything=verify)
        change = _Change(connection, root, seen, settings, first=first)
        changed, resolved = change.apply(plan, progress, resolve_all=not same)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('settings', ?)", (told,))
        if first or changed or resolved:
            connection.execute(
                "INSERT INTO meta VALUES ('revision', 1)"
                " ON CONFLICT (key) DO UPDATE SET value = value + 1"
            )
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('vault', ?)", (shown_path(root.name),)
        )
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('root', ?)", (shown_path(str(root)),)
        )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    if first:
        with suppress(sqlite3.OperationalError):  # somebody waits to read: the next one does it
            keep_log(connection)
    return _report(connection, changed, resolved, opened, seen)


def _walk_without(connection: sqlite3.Connection, root: Path) -> Walk:
    """What is in the vault, but for the index itself, should that be kept there."""
    seen = walk(root)
    ((_, _, file), *_) = connection.execute("PRAGMA database_list")
    if file and Path(file).is_relative_to(root):
        own = shown_path(Path(file).relative_to(root).as_posix())
        seen.notes.pop(own, None)
        beside = {own, f"{own}-journal", f"{own}-wal", f"{own}-shm"}
        return seen._replace(files=seen.files - beside)
    return seen


def _settings_as_text(settings: Settings) -> str:
    rules = "strict" if settings.strict else "all"
    return f"reading={READING} rules={rules} membership={','.join(sorted(settings.membership))}"


def _meta(connection: sqlite3.Connection, key: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def _files(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute("SELECT path FROM file"))


def _plan(connection: sqlite3.Connection, seen: Walk, *, everything: bool = False) -> _Plan:
    added, changed = [], []
    known: dict[str, tuple[int, int]] = {}
    for path, raw, size, mtime in connection.execute(
        "SELECT path, raw_path, size, mtime_ns FROM note"
    ):
        known[path if raw is None else os.fsdecode(raw)] = (size, mtime)
    for path, now in seen.notes.items():
        was = known.get(path)
        if was is None:
            added.append(path)
        elif was != now or everything:
            changed.append(path)
    deleted = [path for path in known if path not in seen.notes] if known else []
    return _Plan(sorted(added), sorted(changed), sorted(deleted))


def _report(
    connection: sqlite3.Connection, plan: _Plan, resolved: int, opened: Opened, seen: Walk
) -> Refreshed:
    (notes,) = connection.execute("SELECT COUNT(*) FROM note").fetchone()
    return Refreshed(
        notes,
        tuple(map(shown_path, plan.added)),
        tuple(map(shown_path, plan.changed)),
        tuple(map(shown_path, plan.deleted)),
        resolved,
        opened.rebuilt,
        (*((opened.warning,) if opened.warning else ()), *seen.warnings),
    )


class _Change:
    """One transaction's worth of changes."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        root: Path,
        seen: Walk,
        settings: Settings,
        *,
        first: bool,
    ) -> None:
        self._connection = connection
        self._root = root
        self._seen = seen
        self._settings = settings
        self._first = first
        self._passages = not first and fulltext.is_filled(connection)
        self._writer = NoteWriter(connection, passages=self._passages)

    def apply(
        self,
        plan: _Plan,
        progress: Callable[[int, int], None] | None,
        *,
        resolve_all: bool,
    ) -> tuple[_Plan, int]:
        """Does what is planned; gives back what really changed, and links resolved anew."""
        if self._first:
            drop_indexes(self._connection)
        before = targets.edges_of(self._connection, self._ids([*plan.changed, *plan.deleted]))
        for path in plan.deleted:
            self._writer.delete(shown_path(path))
        added, changed = self._read(plan, progress)
        self._writer.flush()
        if self._first:
            create_indexes(self._connection)
        self._keep_files()
        resolved = targets.settle(
            self._connection,
            strict=self._settings.strict,
            membership=self._settings.membership,
            writer=None if self._first or resolve_all else self._writer,
            before=before,
        )
        deleted = sorted(
            [*plan.deleted, *(path for path in plan.changed if path in self._writer.gone)]
        )
        return _Plan(added, changed, deleted), resolved

    def _ids(self, paths: Iterable[str]) -> list[int]:
        rows = (
            self._connection.execute(
                "SELECT id FROM note WHERE path = ?", (shown_path(path),)
            ).fetchone()
            for path in paths
        )
        return [row[0] for row in rows if row]

    def _read(
        self, plan: _Plan, progress: Callable[[int, int], None] | None
    ) -> tuple[list[str], list[str]]:
        """Reads and writes notes; gives back the paths of those that really came or changed."""
        paths = sorted([*plan.added, *plan.changed])
        new = set(plan.added)
        size = sum(self._seen.notes[path].size for path in paths)
        added: list[str] = []
        changed: list[str] = []
        for number, read in enumerate(
            read_notes(self._root, paths, size, passages=self._passages), start=1
        ):
            if self._writer.write(read):
                (added if read.path in new else changed).append(read.path)
            if progress:
                progress(number, len(paths))
        return added, changed

    def _keep_files(self) -> None:
        known = set() if self._first else _files(self._connection)
        self._connection.executemany(
            "DELETE FROM file WHERE path = ?", ((path,) for path in known - self._seen.files)
        )
        self._connection.executemany(
            "INSERT INTO file VALUES (?)", ((path,) for path in sorted(self._seen.files - known))
        )
