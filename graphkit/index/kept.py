"""What the index keeps of answers that are worked out and then kept: clusters and their names.

Kept are plain texts by key, with the revision of the index that they belong to, and beside them
which cluster each note is in.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping

CLUSTERS_STATE: Final = "clusters"
"""The index's own note of which clusters are kept: it changes whenever they or their names do."""
_TABLES: Final = (
    (
        "SELECT note, cluster, subcluster FROM clustered",
        "DELETE FROM clustered WHERE note = ?",
        "INSERT INTO clustered VALUES (?, ?, ?)",
    ),
    (
        "SELECT id, name, level, named_by FROM cluster",
        "DELETE FROM cluster WHERE id = ?",
        "INSERT INTO cluster VALUES (?, ?, ?, ?)",
    ),
)


class Clustered(NamedTuple):
    """Which clusters notes belong to.

    Args:
        notes: by their ids, the ids of the note's cluster and, where that is split, of its part.
        clusters: by their ids, name, level and ``words`` or ``hand``, which gave the name.
    """

    notes: Mapping[str, tuple[str, str | None]]
    clusters: Mapping[str, tuple[str, str, str]]


def kept_text(connection: sqlite3.Connection, key: str) -> tuple[str, str] | None:
    """A text that was kept, and the revision of the index that it was made of.

    Args:
        connection: the index.
        key: what it was kept as.
    """
    row = connection.execute("SELECT value, revision FROM kept WHERE key = ?", (key,)).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def keep_texts(
    connection: sqlite3.Connection,
    texts: Mapping[str, str],
    revision: str | None,
    clustered: Clustered | None = None,
) -> bool:
    """Keeps some texts; with the clusters, it is forgotten which notes have been linked otherwise.

    Args:
        connection: an index that can be written.
        texts: by key.
        revision: of the index, when that was read which they were made of.
        clustered: which clusters there are, in place of all that were there.

    Returns:
        Whether they are kept: not if the index has changed meanwhile.
    """
    with _while_it_is(connection, revision) as same:
        if same:
            connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
                ((key, text, revision) for key, text in texts.items()),
            )
            if clustered is not None:
                _keep_clustered(connection, clustered)
                connection.execute("DELETE FROM relinked")
    return same


def confirm_texts(
    connection: sqlite3.Connection, keys: Collection[str], revision: str | None
) -> bool:
    """Notes of texts that were kept and are made of links that they are those of a revision too.

    Args:
        connection: an index that can be written.
        keys: what they were kept as.
        revision: of the index, when it was asked.

    Returns:
        Whether they are: not if links have changed since they were kept, or the index has
        changed meanwhile.
    """
    with _while_it_is(connection, revision) as same:
        if not same or connection.execute("SELECT 1 FROM relinked LIMIT 1").fetchone():
            return False
        for key in keys:
            connection.execute("UPDATE kept SET revision = ? WHERE key = ?", (revision, key))
    return True


@contextmanager
def _while_it_is(connection: sqlite3.Connection, revision: str | None) -> Iterator[bool]:
    """A transaction; tells whether the index has a revision still, and then nobody changes that."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        now = connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()
        yield now is not None and str(now[0]) == revision
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _keep_clustered(connection: sqlite3.Connection, clustered: Clustered) -> None:
    """Writes the rows that differ, of notes and of clusters."""
    tables = [
        {(key, *told) for key, told in rows.items()}
        for rows in (clustered.notes, clustered.clusters)
    ]
    changed = False
    for wanted, (read, delete, insert) in zip(tables, _TABLES, strict=True):
        there = set(connection.execute(read))
        connection.executemany(delete, [row[:1] for row in there - wanted])
        connection.executemany(insert, wanted - there)
        changed = changed or there != wanted
    if changed:
        told = json.dumps([sorted(rows, key=itemgetter(0)) for rows in tables])
        digest = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (CLUSTERS_STATE, digest))
