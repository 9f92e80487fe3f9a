"""The index of the notes' own words, filled by the first ``search``, then kept in step.

The words stand in the view ``text``, a row a note; FTS5 indexes that as external content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = "title, aliases, headings, body"


def is_filled(connection: sqlite3.Connection) -> bool:
    """Whether full text has been asked for before, so that it is there and kept in step."""
    row = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'said'").fetchone()
    return row is not None


def add(connection: sqlite3.Connection, id_: int, *words: str) -> None:
    """Takes a note's words in.

    Args:
        connection: the index, within a transaction.
        id_: the note's number.
        words: its title, aliases, headings and body, as the view ``text`` is going to have them.
    """
    row = (id_, *words)
    connection.execute(f"INSERT INTO said (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)", row)


def remove(connection: sqlite3.Connection, id_: int) -> None:
    """Takes a note's words out again, while the view ``text`` still has them."""
    row = connection.execute(f"SELECT note, {_COLUMNS} FROM text WHERE note = ?", (id_,)).fetchone()
    if row:
        connection.execute(
            f"INSERT INTO said (said, rowid, {_COLUMNS}) VALUES ('delete', ?, ?, ?, ?, ?)", row
        )


def fill(connection: sqlite3.Connection) -> None:
    """Indexes all words in one transaction, unless another process has done it meanwhile.

    Args:
        connection: an index that is in step with the vault.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not is_filled(connection):
            connection.execute(
                f"CREATE VIRTUAL TABLE said USING fts5 ({_COLUMNS}, content = 'text',"
                " content_rowid = 'note', tokenize = 'unicode61 remove_diacritics 2')"
            )
            connection.execute("INSERT INTO said (said) VALUES ('rebuild')")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
