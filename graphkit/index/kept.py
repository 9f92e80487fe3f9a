"""What the index keeps of answers that are worked out and then kept: clusters and their names.

Kept are plain texts by key, with the revision of the index that they belong to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def kept_text(connection: sqlite3.Connection, key: str) -> tuple[str, str] | None:
    """A text that was kept, and the revision of the index that it was made of.

    Args:
        connection: the index.
        key: what it was kept as.
    """
    row = connection.execute("SELECT value, revision FROM kept WHERE key = ?", (key,)).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def keep_texts(
    connection: sqlite3.Connection, texts: Mapping[str, str], revision: str | None
) -> bool:
    """Keeps some texts, and forgets which notes have been linked otherwise until now.

    Args:
        connection: an index that can be written.
        texts: by key.
        revision: of the index, when that was read which they were made of.

    Returns:
        Whether they are kept: not if the index has changed meanwhile.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        same = now is not None and str(now[0]) == revision
        if same:
            connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                ((key, text, revision) for key, text in texts.items()),
            )
            connection.execute("DELETE FROM relinked")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return same
