"""How an index is asked: one query at a time, what goes wrong in words for a person."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import StoreError
from graphkit.index.schema import raise_if_damaged
from graphkit.model import Concept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

IN: Final = " IN (SELECT value FROM json_each(?))"
"""After a column: one of the values that ``listed`` makes a parameter of."""


def listed(values: Iterable[object]) -> str:
    """Any number of values as one parameter of a query."""
    return json.dumps(list(values))


def concept_of(row: tuple[Any, ...]) -> Concept:
    """A concept out of its key, its title, and whether it has a note."""
    return Concept(row[0], row[1], bool(row[2]))


class IndexRows:
    """An index that can be asked for rows.

    Args:
        connection: an open index.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _run(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows at once."""
        with self._said_in_words():
            return self._connection.execute(query, values).fetchall()

    def _walk(self, query: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """One row after the other."""
        with self._said_in_words():
            yield from self._connection.execute(query, values)

    @contextmanager
    def _said_in_words(self) -> Iterator[None]:
        """What goes wrong in reading an index, in words for a person."""
        try:
            yield
        except sqlite3.ProgrammingError as error:
            raise StoreError("The graph has been closed.", "Open it again.") from error
        except sqlite3.DatabaseError as error:
            raise_if_damaged(self._connection, error)
            raise

    def _numbers(self, ids: Collection[str]) -> dict[str, int]:
        rows = self._run(f"SELECT key, id FROM concept WHERE key{IN}", (listed(ids),))
        return dict(rows)
