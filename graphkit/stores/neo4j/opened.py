"""A graph that ``load`` has put into Neo4j: the connection, and what the database says of it."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Final

from graphkit.model import Concept
from graphkit.stores.neo4j import holder
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.failures import no_graph
from graphkit.text import in_utf8

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from graphkit.stores.neo4j.holder import Held

_PAGE: Final = 1_000
CONCEPT: Final = "[c.id, c.title, c:Note, c._index]"
"""What is returned of a concept ``c``; ``_concept`` reads it."""
OURS: Final = "WHERE r._place IS NOT NULL"
"""Links that a load wrote; a person may have linked the same concepts in other ways."""
_SOME: Final = f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) RETURN {CONCEPT}"


def distinct(ids: Collection[str]) -> list[str]:
    """Ids as a query takes them: each once, in their order."""
    return [in_utf8(id_) for id_ in dict.fromkeys(ids)]


class OpenedGraph:
    """A vault's graph in a Neo4j database, put there by ``load``.

    Args:
        address: of the server, as the driver takes it.
        environment: where ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` are.

    Raises:
        UsageError: the address is none.
    """

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        self.connection = Connection(address, environment)
        self._held: Held | None = None
        self._seen: dict[str, Concept] = {}
        self._stops: set[str] = set()

    @property
    def vault(self) -> str:
        """What is asked: the server's address."""
        return self.connection.address

    @property
    def held(self) -> Held:
        """What the database says of the graph in it.

        Raises:
            StoreError: it holds none, or a newer graphkit's.
        """
        if self._held is None:
            self._learn_held(holder.held(self.connection))
        assert self._held is not None  # noqa: S101 - learnt
        return self._held

    def _learn_held(self, found: Held | None) -> None:
        if found is None:
            raise no_graph(self.connection.address)
        holder.check_readable(found, self.connection.address)
        self._held = found

    @property
    def own_folder(self) -> Path:
        """A folder in the user's cache folder, one for each vault in a database of a server."""
        from platformdirs import user_cache_path  # noqa: PLC0415 - not for every question

        told = f"{self.connection.address} {self.connection.database} {self.vault_name}"
        name = hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
        return user_cache_path("graphkit", appauthor=False) / f"neo4j-{name}.earlier"

    @property
    def vault_name(self) -> str:
        """What the vault is called that was loaded."""
        return self.held.vault

    @property
    def membership(self) -> tuple[str, ...]:
        """Relations that say what a note belongs to, as when it was loaded."""
        return self.held.membership

    @property
    def unsaid(self) -> str | None:
        """What ``search`` does not see here."""
        if self.held.text:
            return None
        return "Only titles, aliases and headings are searched: it was loaded with --no-text."

    @property
    def stamp(self) -> str:
        """When a load last came to its end, and whether another has begun since.

        Raises:
            StoreError: the database holds no graph any more, or a newer graphkit's.
        """
        self._learn_held(holder.held(self.connection))
        return f"{self.held.last_whole} {self.held.whole} {self.held.fingerprint}"

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """The concepts with these ids; those that the last links named are known already."""
        if unknown := [id_ for id_ in ids if id_ not in self._seen]:
            for (told,) in self.connection.read(_SOME, ids=distinct(unknown)):
                self._concept(told)
        return {id_: self._seen[id_] for id_ in ids if id_ in self._seen}

    def _concept(self, told: list[Any]) -> Concept:
        id_, title, note, stops = told
        concept = self._seen[id_] = Concept(id_, title, note)
        if stops:
            self._stops.add(id_)
        return concept

    def _pages(self, query: str) -> Iterator[list[str]]:
        _ = self.held
        ids = sorted(row[0] for row in self.connection.read(query))
        for start in range(0, len(ids), _PAGE):
            yield ids[start : start + _PAGE]

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()
