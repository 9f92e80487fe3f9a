"""A load in a process of its own that says when each transaction, of a few links, begins and ends.

``python -m tests.neo4j.killed_loader VAULT INDEX ADDRESS``; the tests kill it, or the server.
"""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from graphkit.errors import StoreError
from graphkit.questions.up_to_date import bring_up_to_date
from graphkit.stores.embedded import EmbeddedStore
from graphkit.stores.neo4j import load, rows
from graphkit.stores.neo4j.connection import Connection

if TYPE_CHECKING:
    from collections.abc import Callable


class TellingConnection(Connection):
    """Prints a line when a writing transaction begins, and one when it has ended."""

    def _write(self, work: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as it is
        print("begins", flush=True)
        done = super()._write(work)
        print("has ended", flush=True)
        return done


def main() -> None:
    vault, index, address = sys.argv[1:]
    rows._LINKS, rows._NOTES, load._MANY, load._FEW = 60, 10, 40, 1  # type: ignore[misc]  # noqa: SLF001
    with closing(EmbeddedStore(vault, index=index)) as store:
        store.refresh()
        bring_up_to_date(store)
        with TellingConnection(address) as connection:
            try:
                load.load(store, connection)
            except StoreError as error:
                sys.exit(f"{error.message} {error.hint}")


if __name__ == "__main__":
    main()
