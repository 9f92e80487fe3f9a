"""The graph in Neo4j behind the store's protocol."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import StoreError
from graphkit.saying import heaviest, summed
from graphkit.stores.base import CLUSTERS, PLACES
from graphkit.stores.neo4j import holder
from graphkit.stores.neo4j.read import GraphReader
from graphkit.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graphkit.answers import Findings, QueryResult, Refreshed, SearchResult, Stats
    from graphkit.index.kept import Clustered
    from graphkit.stopping import Stop
    from graphkit.vault.prose import Prose

    Progress = Callable[[int, int], None]

_GRACE: Final = 10.0
"""Seconds beyond its time that a query's end is waited for."""


class Neo4jStore(GraphReader):
    """A vault's graph in a Neo4j database, put there by ``load``.

    Args:
        address: of the server, as the driver takes it.
        environment: where ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` are.

    Raises:
        UsageError: the address is none.
    """

    # what was kept in the vault's index when it was loaded, or has been on this machine since

    def kept(self, key: str) -> tuple[str, bool] | None:
        """The clusters as they were loaded, and places as this machine had them last."""
        if key == PLACES:  # of an earlier load, maybe: they are looked through each time
            try:
                return self._places_file.read_text(encoding="utf-8"), False
            except (OSError, ValueError):
                return None
        told = holder.clusters_text(self.connection) if key == CLUSTERS else None
        return None if told is None else (told, True)

    def keep(
        self, texts: Mapping[str, str], revision: str | None, clustered: Clustered | None = None
    ) -> bool:
        """Keeps places on this machine, where it can; only a load changes all else."""
        del clustered, revision
        if (places := texts.get(PLACES)) is None:
            return False
        before = self.kept(PLACES)
        if before is None or before[0] != places:
            try:
                write_whole(self._places_file, places.encode())
            except OSError:
                return False
        return True

    @property
    def _places_file(self) -> Path:
        return self.own_folder / "places.json"

    def confirm(self, keys: Collection[str], revision: str | None) -> bool:
        """Only a load changes what is kept here."""
        del keys, revision
        return False

    @property
    def can_keep(self) -> bool:
        """Only a load changes what is kept here."""
        return False

    def change_map(self, change: Callable[[str | None], str]) -> None:
        """The map file is the vault's, not the database's.

        Raises:
            StoreError: always.
        """
        del change
        raise _wants_a_vault("be named or changed")

    @property
    def revision(self) -> str | None:
        """Nothing is kept beside the graph in the database."""
        return None

    def relinked(self) -> list[str]:
        """Nothing is kept here that it would concern."""
        return []

    def map_text(self) -> str | None:
        """The text of the vault's map file when it was loaded; None where there was none."""
        return holder.map_text(self.connection)

    # what is said

    def word_counts(self, words: Collection[str], at_most: int) -> dict[str, int]:
        """How many notes say each of some folded words; those said by more are left out."""
        from graphkit.stores.neo4j.searching import word_counts  # noqa: PLC0415

        return word_counts(self.connection, words, at_most)

    def notes_saying(self, phrases: Collection[str]) -> dict[str, list[str]]:
        """The ids of the notes that say each of some phrases: folded words, a space between."""
        from graphkit.stores.neo4j.searching import notes_saying  # noqa: PLC0415

        return notes_saying(self.connection, phrases)

    def saying_most(self, weights: Mapping[str, float], limit: int) -> list[str]:
        """The ids of the notes that say the most of some folded words, by their weights."""
        return heaviest(summed(self.notes_saying(weights), weights), limit)

    def file_of(self, id_: str) -> Path | None:
        """None: no files are at hand here."""
        del id_
        return None

    def prose(self, id_: str) -> Prose | None:
        """None: no files are at hand here."""
        del id_
        return None

    def search(self, query: str, limit: int) -> SearchResult:
        """The notes that say something; without the notes' text, those whose names say it.

        Raises:
            UsageError: there is no word to look for.
        """
        from graphkit.stores.neo4j.searching import search  # noqa: PLC0415

        _ = self.held
        return search(self.connection, query, limit)

    def digests(self, ids: Collection[str] | None = None) -> dict[str, bytes]:
        """Empty: no files are at hand here."""
        del ids
        return {}

    def held_still(self) -> AbstractContextManager[None]:
        """Does nothing: a load does not wait for who reads."""
        return nullcontext()

    def stats(self) -> Stats:
        """The numbers of the whole graph."""
        from graphkit.stores.neo4j.counting import count  # noqa: PLC0415

        return count(self.connection, self.held.vault)

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float,
        limit: int,
        stop: Stop | None = None,
    ) -> QueryResult:
        """Runs a Cypher query that only reads, in a session in which the server refuses to write.

        Args:
            text: Cypher.
            parameters: values for its parameters, by name.
            timeout: seconds that it may take.
            limit: the most rows to give back.
            stop: what cancels it.

        Raises:
            QueryError: it is refused, not understood, fails, takes too long, or is cancelled.
            StoreError: the server cannot be used, or holds no graph of graphkit's.
        """
        from graphkit.cypher.bolt import end_on_neo4j, run_on_neo4j  # noqa: PLC0415 - for this only
        from graphkit.cypher.guard import check_reads_only  # noqa: PLC0415
        from graphkit.cypher.tokens import read_query  # noqa: PLC0415

        query, given = read_query(text), dict(parameters or {})
        check_reads_only(query)
        _ = self.held

        def run(session: Any) -> QueryResult:  # noqa: ANN401 - the driver's own
            return run_on_neo4j(
                session,
                query,
                given,
                timeout=timeout,
                limit=limit,
                stop=stop,
                end=lambda mark: self.connection.beside(lambda other: end_on_neo4j(other, mark)),
            )

        return self.connection.in_session(run, patience=timeout + _GRACE)

    def check(self, rules: Sequence[str] = (), *, progress: Progress | None = None) -> Findings:
        """What is wrong in a vault is found in the vault, not here.

        Raises:
            StoreError: always.
        """
        del rules, progress
        raise _wants_a_vault("be checked")

    def refresh(self, *, verify: bool = False, progress: Progress | None = None) -> Refreshed:
        """The graph here follows the vault by ``load``.

        Raises:
            StoreError: always.
        """
        del verify, progress
        raise _wants_a_vault("be refreshed")


def _wants_a_vault(what: str) -> StoreError:
    return StoreError(
        f"A graph in Neo4j cannot {what}: that wants the vault.",
        "Open the vault's folder; graphkit load brings Neo4j into step with it.",
    )
