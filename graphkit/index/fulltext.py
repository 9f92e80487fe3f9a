"""The notes' own words, for ``search``: filled when first asked for, then kept in step.

The text stands in the table ``text``, one line a block; FTS5 indexes it as external content.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from graphkit.vault.written import WrittenNote

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_COLUMNS = "title, aliases, headings, body"


def is_filled(connection: sqlite3.Connection) -> bool:
    """Whether full text has been asked for before, so that it is there and kept in step."""
    row = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'said'").fetchone()
    return row is not None


def create(connection: sqlite3.Connection) -> None:
    """Makes the empty full-text tables, within a transaction."""
    connection.execute(
        "CREATE TABLE text (note INTEGER PRIMARY KEY, title TEXT NOT NULL, aliases TEXT NOT NULL,"
        " headings TEXT NOT NULL, body TEXT NOT NULL, places TEXT NOT NULL)"
    )
    connection.execute(
        f"CREATE VIRTUAL TABLE said USING fts5 ({_COLUMNS}, content = 'text',"
        " content_rowid = 'note', tokenize = 'unicode61 remove_diacritics 2')"
    )


def add(connection: sqlite3.Connection, id_: int, title: str, note: WrittenNote) -> None:
    """Takes a note's words in.

    Args:
        connection: the index, within a transaction.
        id_: the note's number.
        title: what it is called.
        note: what it says, with its passages.
    """
    places = [(line, heading, seconds) for _, heading, line, seconds in note.passages]
    row = (
        id_,
        title,
        "\n".join(note.aliases),
        "\n".join(note.headings),
        "\n".join([text for text, *_ in note.passages]),
    )
    connection.execute(
        "INSERT INTO text VALUES (?, ?, ?, ?, ?, ?)",
        (*row, _json(places)),
    )
    connection.execute(f"INSERT INTO said (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)", row)


def remove(connection: sqlite3.Connection, id_: int) -> None:
    """Takes a note's words out again."""
    row = connection.execute(f"SELECT note, {_COLUMNS} FROM text WHERE note = ?", (id_,)).fetchone()
    if row:
        connection.execute(
            f"INSERT INTO said (said, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?)", row
        )
        connection.execute("DELETE FROM text WHERE note = ?", (id_,))


def fill(connection: sqlite3.Connection, notes: Iterable[tuple[int, str, WrittenNote]]) -> None:
    """Fills the full text in one transaction.

    Args:
        connection: the index.
        notes: number, title and words of every note.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not is_filled(connection):
            create(connection)
            for id_, title, note in notes:
                add(connection, id_, title, note)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself takes back what a full disk cut short
            connection.execute("ROLLBACK")
        raise
