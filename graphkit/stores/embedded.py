"""The embedded store: a vault's index behind the store's protocol."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from graphkit.errors import IndexUnusableError
from graphkit.index.kept import confirm_texts, keep_texts, kept_text
from graphkit.index.schema import raise_if_damaged
from graphkit.stores.base import Linked, Size
from graphkit.stores.opened import OpenedIndex
from graphkit.vault.map_file import map_text, write_map

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from graphkit.answers import Findings, QueryResult, SearchResult, Stats
    from graphkit.cypher.embedded import EmbeddedEngine
    from graphkit.index.kept import Clustered
    from graphkit.index.schema import Opened
    from graphkit.model import Called
    from graphkit.stopping import Stop
    from graphkit.vault.prose import Prose

    Progress = Callable[[int, int], None]


class EmbeddedStore(OpenedIndex):
    """A vault's graph in its index.

    Args:
        vault: the vault's folder.
        index: where the index is; in the user's cache folder without it.
        settings: how the vault is read.

    Raises:
        VaultError: there is no such vault, or it may not be read.
        IndexUnusableError: the index cannot be used, or made.
    """

    def _use(self, opened: Opened) -> None:
        self._engine: EmbeddedEngine | None = None
        super()._use(opened)

    @property
    def unsaid(self) -> str | None:
        """What ``search`` does not see: nothing."""
        return None

    def names_near(self, text: str) -> list[Called]:
        """Names to look for a near-spelling in: all there are."""
        del text
        return self.all_called()

    def _fill_text(self) -> None:
        """Fills the full text, where that has not been done yet.

        Raises:
            IndexUnusableError: the index is read-only, or the disk is full.
        """
        from graphkit.index import fulltext  # noqa: PLC0415 - not for every question

        if fulltext.is_filled(self._opened.connection):
            return
        if not self._opened.writable:
            raise IndexUnusableError(
                f"The index {str(self._file)!r} is read-only and holds no full text.",
                "Name another place with --index FILE.",
            )
        try:
            fulltext.fill(self._opened.connection)
        except sqlite3.OperationalError as error:
            raise self._cannot_be_written(error) from error

    def search(self, query: str, limit: int) -> SearchResult:
        """The notes that say something; the full text is filled the first time.

        Raises:
            UsageError: there is no word to look for.
            IndexUnusableError: the full text cannot be written, as on a full disk.
        """
        from graphkit.index import search  # noqa: PLC0415 - for this question only

        search.parsed_query(query)
        self._fill_text()
        connection = self._opened.connection
        try:
            return search.search(connection, query, limit)
        except sqlite3.DatabaseError as error:
            raise_if_damaged(connection, error)
            raise

    def word_counts(self, words: Collection[str], at_most: int) -> dict[str, int]:
        """How many notes say each word; the full text is filled the first time.

        Args:
            words: folded words.
            at_most: a word that more notes say is left out.

        Raises:
            IndexUnusableError: the full text cannot be written, as on a full disk.
        """
        from graphkit.index import search  # noqa: PLC0415 - for this question only

        self._fill_text()
        return search.word_counts(self._opened.connection, words, at_most)

    def notes_saying(self, phrases: Collection[str]) -> dict[str, list[str]]:
        """The ids of the notes that say each phrase; the full text is filled the first time.

        Args:
            phrases: folded words, a space between two.

        Raises:
            IndexUnusableError: the full text cannot be written, as on a full disk.
        """
        from graphkit.index import search  # noqa: PLC0415 - for this question only

        self._fill_text()
        return search.notes_saying(self._opened.connection, phrases)

    def saying_most(self, weights: Mapping[str, float], limit: int) -> list[str]:
        """The ids of the notes that say the most of some words; the full text is filled first.

        Args:
            weights: of folded words.
            limit: the most ids to give back, those with the largest sums first, ties by id.

        Raises:
            IndexUnusableError: the full text cannot be written, as on a full disk.
        """
        from graphkit.index import search  # noqa: PLC0415 - for this question only

        self._fill_text()
        return search.saying_most(self._opened.connection, weights, limit)

    def file_of(self, id_: str) -> Path | None:
        """The file of a note, which may have gone; None for a concept without a note."""
        rows = self._run(
            "SELECT path, raw_path FROM note JOIN concept ON concept.id = note.id WHERE key = ?",
            (id_,),
        )
        told = [os.fsdecode(raw_path) if raw_path is not None else path for path, raw_path in rows]
        return self.vault / told[0] if told else None

    def prose(self, id_: str) -> Prose | None:
        """Where in a note a link can be written; None where its file is gone."""
        from graphkit.vault.prose import prose_of  # noqa: PLC0415 - for this question only

        file = self.file_of(id_)
        try:
            return None if file is None else prose_of(file.read_bytes())
        except OSError:  # gone since it was read
            return None

    def size(self) -> Size:
        """How large the graph is."""
        return Size(*self.sizes())

    def linked_notes(self, ids: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Every pair of two notes of which the first links to the second, by ids."""
        return self.linked_pairs(self.membership, ids)

    def linked_places(self) -> tuple[list[str], list[set[int]]]:
        """All notes by id, and for each the places of those that it links to."""
        return self.places_linked(self.membership)

    def linked_concepts(self) -> Linked:
        """The links between all concepts at once, as numbers."""
        return Linked(*self.all_linked(self.membership))

    def kept(self, key: str) -> tuple[str, bool] | None:
        """What was kept under a key, and whether it was made of the graph as it is now."""
        told = kept_text(self._opened.connection, key)
        return None if told is None else (told[0], told[1] == self.meta("revision"))

    def keep(
        self, texts: Mapping[str, str], revision: str | None, clustered: Clustered | None = None
    ) -> bool:
        """Keeps texts, perhaps with the clusters, where the index can be written."""
        if not self._opened.writable:
            return False
        try:
            return keep_texts(self._opened.connection, texts, revision, clustered)
        except sqlite3.OperationalError as error:
            raise self._cannot_be_written(error) from error

    def confirm(self, keys: Collection[str], revision: str | None) -> bool:
        """Whether texts that were kept are those of a revision too: not if links have changed."""
        try:
            return confirm_texts(self._opened.connection, keys, revision)
        except sqlite3.OperationalError as error:
            raise self._cannot_be_written(error) from error

    @property
    def can_keep(self) -> bool:
        """Whether the index can be written."""
        return self._opened.writable

    def map_text(self) -> str | None:
        """The text of the vault's own map file; None where there is none.

        Raises:
            VaultError: it may not be read.
        """
        return map_text(self.vault)

    def change_map(self, change: Callable[[str | None], str]) -> None:
        """Writes the vault's own map file anew.

        Of several processes that do so at the same time, each sees what the one before wrote:
        they wait for each other at the index.

        Args:
            change: makes the new text of the old one.

        Raises:
            VaultError: it cannot be read or written; it is as it was.
        """
        connection = self._opened.connection
        if self._opened.writable:
            connection.execute("BEGIN IMMEDIATE")
        try:
            write_map(self.vault, change(self.map_text()))
        finally:
            if self._opened.writable:
                connection.execute("ROLLBACK")

    @property
    def revision(self) -> str | None:
        """What changes whenever the index does."""
        return self.meta("revision")

    @property
    def stamp(self) -> str:
        """The revision; empty before anything has been indexed."""
        return self.revision or ""

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float,
        limit: int,
        stop: Stop | None = None,
    ) -> QueryResult:
        """Runs a Cypher query that only reads.

        Args:
            text: Cypher.
            parameters: values for its parameters, by name.
            timeout: seconds that it may take.
            limit: the most rows to give back.
            stop: what cancels it.

        Raises:
            QueryError: it is refused, not understood, fails, takes too long, or is cancelled.
        """
        from graphkit.cypher.guard import check_reads_only  # noqa: PLC0415 - for this only
        from graphkit.cypher.tokens import read_query  # noqa: PLC0415

        query = read_query(text)
        check_reads_only(query)
        return self.engine.run(
            query, dict(parameters or {}), timeout=timeout, limit=limit, stop=stop
        )

    @property
    def engine(self) -> EmbeddedEngine:
        """What runs queries over this graph."""
        if self._engine is None:
            from graphkit.cypher.embedded import EmbeddedEngine  # noqa: PLC0415 - for this only

            connection = self._opened.connection
            (_, _, place), *_ = connection.execute("PRAGMA database_list")
            file = self._file if place and self._opened.writable else None
            self._engine = EmbeddedEngine(self, connection, file, self.vault_name)
        return self._engine

    def stats(self) -> Stats:
        """The numbers of the whole graph."""
        from graphkit.stores.counting import count  # noqa: PLC0415 - for this question only

        return count(self, self.vault_name)

    def check(self, rules: Sequence[str] = (), *, progress: Progress | None = None) -> Findings:
        """What is wrong in the vault."""
        from graphkit.care.check import findings  # noqa: PLC0415 - for this question only

        return findings(self, rules, progress=progress)

    def close(self) -> None:
        """Closes the index."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        super().close()
