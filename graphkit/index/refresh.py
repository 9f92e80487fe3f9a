"""Brings the index into step with the vault: one transaction, and only what has changed.

After any sequence of edits a refreshed index says the same as one made from nothing.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphkit.answers import Refreshed
from graphkit.cycles import no_looking_for_cycles
from graphkit.index import fulltext, targets
from graphkit.index.in_step import InStep, files_of, meta_of, notes_of
from graphkit.index.schema import create_indexes, drop_indexes, keep_log
from graphkit.index.write import NoteWriter
from graphkit.vault.discover import Seen, shown_path, walk
from graphkit.vault.parse import READING
from graphkit.vault.reading import read_notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

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
    in_step: InStep | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Refreshed:
    """Refreshes an index.

    Args:
        opened: the index.
        root: the vault's folder.
        settings: how the vault is to be read; other settings than last time are followed.
        verify: find changed notes by their content instead of size and time.
        in_step: what this process knows of the index since its last refresh.
        progress: called with the number of notes read and of notes to read.

    Returns:
        What changed.
    """
    connection = opened.connection
    in_step = in_step or InStep()
    told = _settings_as_text(settings)
    revision = meta_of(connection, "revision")
    seen = _walk_without(connection, root)
    same = meta_of(connection, "settings") == told
    verify = verify or meta_of(connection, "root") not in {None, shown_path(str(root))}
    notes, files = in_step.known(connection)
    if same and not verify and files == seen.files and notes == seen.notes:
        in_step.remember(connection, seen)
        return _report(connection, _Plan([], [], []), 0, opened, seen)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if meta_of(connection, "revision") != revision:  # another process came first
            seen = _walk_without(connection, root)
            notes, files = notes_of(connection), files_of(connection)
        same = meta_of(connection, "settings") == told
        first = revision is None and meta_of(connection, "revision") is None
        if not (meta_of(connection, "settings") or told).startswith(f"reading={READING} "):
            connection.execute("UPDATE note SET size = -1, digest = x''")
            notes = notes_of(connection)
        plan = _plan(notes, seen, everything=verify)
        change = _Change(connection, root, seen, settings, files, first=first)
        with no_looking_for_cycles():
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
    in_step.remember(connection, seen, [*plan.added, *plan.changed])
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


def _plan(known: Mapping[str, Seen], seen: Walk, *, everything: bool) -> _Plan:
    added = [path for path in seen.notes if path not in known]
    deleted = [path for path in known if path not in seen.notes]
    changed = [
        path
        for path, was in known.items()
        if path in seen.notes and (everything or was != seen.notes[path])
    ]
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
        files: frozenset[str],
        *,
        first: bool,
    ) -> None:
        self._connection = connection
        self._root = root
        self._seen = seen
        self._settings = settings
        self._files = files
        self._first = first
        searched = not first and fulltext.is_filled(connection)
        self._writer = NoteWriter(connection, searched=searched)

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
        if resolve_all and not self._first:
            targets.note_relinked(self._connection, None)
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
        for number, read in enumerate(read_notes(self._root, paths, size), start=1):
            if self._writer.write(read):
                (added if read.path in new else changed).append(read.path)
            if progress:
                progress(number, len(paths))
        return added, changed

    def _keep_files(self) -> None:
        gone, new = self._files - self._seen.files, self._seen.files - self._files
        run = self._connection.executemany
        run("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
        # another process may have seen it already: a file alone makes no new revision
        run("INSERT OR IGNORE INTO file VALUES (?)", ((path,) for path in sorted(new)))
