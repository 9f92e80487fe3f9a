"""Writes what notes say into the index's tables. Where links point is settled afterwards."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from graphkit.index import fulltext
from graphkit.text import fold, slug
from graphkit.vault.discover import shown_path
from graphkit.vault.resolve import keys_of
from graphkit.vault.written import Problem

if TYPE_CHECKING:
    import sqlite3

    from graphkit.vault.reading import ReadNote
    from graphkit.vault.written import WrittenNote

_BATCH: Final = 4_000
_CONCEPT: Final = "INSERT INTO concept (id, key, title, name, note) VALUES (?, ?, ?, ?, 1)"
_NOTE: Final = "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PASSAGE: Final = "INSERT INTO passage VALUES (?, ?, ?)"
_TAG: Final = "INSERT INTO tag VALUES (?, ?, ?)"
_TARGET: Final = (
    "INSERT INTO target (id, folder, form, text, own, slug, tail) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_LINK: Final = (
    "INSERT INTO link (source, target, relation, kind, anchor, alias, heading, line, sentence,"
    " seconds, nearest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REFERENCE: Final = (
    "INSERT INTO reference (source, kind, text, anchor, alias, line) VALUES (?, ?, ?, ?, ?, ?)"
)
_PROBLEM: Final = (
    "INSERT INTO problem (note, rule, line, message, suggestion) VALUES (?, ?, ?, ?, ?)"
)
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class NoteWriter:
    """Writes notes within a transaction that somebody else begins and ends.

    Args:
        connection: the index.
        searched: whether full text is there, to be kept in step.

    Attributes:
        written: ids of the notes that were written.
        added: those of them that were not there before.
        gone: paths of notes that were there for the walk and no more when they were read.
        changed_names: slugs of all names that came, went or changed.
        new_targets: ids of targets that no link had before.
        released: ids of targets that lost a link.
        next_concept: the lowest id that no concept has had since the transaction began.
    """

    def __init__(self, connection: sqlite3.Connection, *, searched: bool) -> None:
        self.written: set[int] = set()
        self.added: set[int] = set()
        self.gone: set[str] = set()
        self.changed_names: set[str] = set()
        self.new_targets: set[int] = set()
        self.released: set[int] = set()
        self._connection = connection
        self._searched = searched
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._count = 0
        self._targets: dict[tuple[str, str, str, str], int] = {}
        self.next_concept = self._highest("concept") + 1
        self._next_target = self._highest("target") + 1
        self._empty = self.next_concept == 1

    def _highest(self, table: str) -> int:
        (highest,) = self._connection.execute(f"SELECT MAX(id) FROM {table}").fetchone()
        return highest or 0

    def write(self, read: ReadNote) -> bool:
        """Writes one note in place of what was there.

        Args:
            read: the note as it was read.

        Returns:
            Whether the index now says something else than before.
        """
        path = shown_path(read.path)
        row = None
        if not self._empty:
            row = self._connection.execute(
                "SELECT id, digest FROM note WHERE path = ?", (path,)
            ).fetchone()
        if read.note is None:
            if row:
                self.delete(path)
                self.gone.add(read.path)
            return False
        if row and row[1] == read.digest and read.digest:
            self._connection.execute(
                "UPDATE note SET size = ?, mtime_ns = ? WHERE id = ?",
                (read.size, read.mtime_ns, row[0]),
            )
            return False
        if row:
            self._clear(row[0])
        self._insert(read, read.note, path, row[0] if row else None)
        if self._count > _BATCH:
            self.flush()
        return True

    def delete(self, path: str) -> None:
        """Takes a note out of the index, by its path."""
        row = self._connection.execute("SELECT id FROM note WHERE path = ?", (path,)).fetchone()
        if row:
            self._clear(row[0])
            self._connection.execute("DELETE FROM note WHERE id = ?", row)
            self._connection.execute("DELETE FROM concept WHERE id = ?", row)
            id_ = (path.removesuffix(".md"),)
            self._connection.execute("INSERT OR IGNORE INTO relinked VALUES (?)", id_)

    def flush(self) -> None:
        """Sends what has been gathered to the tables."""
        for statement, rows in self._waiting.items():
            self._connection.executemany(statement, rows)
        self._waiting.clear()
        self._count = 0

    def _gather(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._waiting.setdefault(statement, []).extend(rows)
        self._count += len(rows)

    def _clear(self, note: int) -> None:
        one = (note,)
        run = self._connection.execute
        self.flush()
        self.released.update(row[0] for row in run("SELECT target FROM link WHERE source = ?", one))
        self.changed_names.update(
            row[0] for row in run("SELECT slug FROM name WHERE concept = ?", one)
        )
        if self._searched:
            fulltext.remove(self._connection, note)
        run("DELETE FROM passage WHERE note = ?", one)
        run("DELETE FROM link WHERE source = ?", one)
        run("DELETE FROM reference WHERE source = ?", one)
        run("DELETE FROM name WHERE concept = ?", one)
        run("DELETE FROM tag WHERE note = ?", one)
        run("DELETE FROM problem WHERE note = ?", one)

    def _insert(self, read: ReadNote, note: WrittenNote, path: str, known: int | None) -> None:
        key = path.removesuffix(".md")
        folder, _, name = key.rpartition("/")
        title = note.title or name
        id_ = self._concept(key, title, name, known)
        self.written.add(id_)
        if known is None:
            self.added.add(id_)
        raw = os.fsencode(read.path) if path != read.path else None
        problems = list(note.problems)
        if raw is not None:
            told = "The file name is no UTF-8; its bytes are shown as \\xNN."
            problems.append(Problem("encoding", None, told, "Rename the file."))
        aliases = _json(note.aliases) if note.aliases else "[]"
        self._gather(
            _NOTE,
            [
                (
                    id_,
                    path,
                    raw,
                    folder,
                    read.size,
                    read.mtime_ns,
                    read.digest,
                    note.video,
                    note.words,
                    note.summary,
                    aliases,
                    "\n".join(note.headings),
                    _json(note.properties) if note.properties else "{}",
                )
            ],
        )
        rules = [("name", name), *(("alias", alias) for alias in note.aliases)]
        if note.title:
            rules.append(("title", note.title))
        names = [
            (slug(exact), rule, fold(exact), normalize("NFC", exact), id_) for rule, exact in rules
        ]
        self.changed_names.update(row[0] for row in names)
        self._gather("INSERT INTO name VALUES (?, ?, ?, ?, ?)", names)
        self._gather(_LINK, self._links(note, id_, key, folder))
        self._gather(_PASSAGE, [(id_, note.body, note.places)])
        self._gather(_TAG, [(id_, place, tag) for place, tag in enumerate(note.tags)])
        self._gather(_REFERENCE, [(id_, *reference) for reference in note.references])
        self._gather(_PROBLEM, [(id_, *problem) for problem in problems])
        if self._searched:
            headings = "\n".join(note.headings)
            fulltext.add(self._connection, id_, title, aliases, headings, note.body)

    def _concept(self, key: str, title: str, name: str, known: int | None) -> int:
        if known is None and not self._empty:
            row = self._connection.execute(
                "SELECT id FROM concept WHERE key = ?", (key,)
            ).fetchone()
            if row:  # it was linked to before it was written
                known = row[0]
                self._connection.execute("DELETE FROM name WHERE concept = ?", row)
        if known is not None:
            self._connection.execute(
                "UPDATE concept SET title = ?, name = ?, note = 1 WHERE id = ?",
                (title, name, known),
            )
            return known
        id_ = self.next_concept
        self.next_concept += 1
        self._gather(_CONCEPT, [(id_, key, title, name)])
        return id_

    def _links(self, note: WrittenNote, id_: int, key: str, folder: str) -> list[tuple[Any, ...]]:
        own_names = {fold(name) for name in (*note.aliases, note.title or "") if name}
        known = self._targets
        rows = []
        for form, text, *rest in note.links:
            own = key if not text or (own_names and fold(text) in own_names) else ""
            told = (folder, form, text, own)
            rows.append((id_, known.get(told) or self._target(told), *rest))
        return rows

    def _target(self, told: tuple[str, str, str, str]) -> int:
        if not self._empty:
            row = self._connection.execute(
                "SELECT id FROM target WHERE folder = ? AND form = ? AND text = ? AND own = ?", told
            ).fetchone()
            if row:
                self._targets[told] = row[0]
                return int(row[0])
        id_ = self._next_target
        self._next_target += 1
        self._targets[told] = id_
        self.new_targets.add(id_)
        self._gather(_TARGET, [(id_, *told, *keys_of(told[2]))])
        return id_
