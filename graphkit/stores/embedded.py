"""The embedded store: a vault's index, refreshed when asked, behind the store's protocol."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.answers import Counted, Refreshed, SearchResult, Stats
from graphkit.errors import IndexUnusableError, StoreError
from graphkit.index.kept import confirm_texts, keep_texts, kept_text
from graphkit.index.read import IndexReader
from graphkit.index.schema import (
    default_location,
    is_damage,
    open_again,
    open_index,
    raise_if_damaged,
    remove_index,
)
from graphkit.index.settings import Settings
from graphkit.stores.base import Linked, Size
from graphkit.stores.components import components
from graphkit.vault.discover import checked_vault, shown_path
from graphkit.vault.map_file import map_text, write_map

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from typing import Any

    from graphkit.answers import Findings, QueryResult
    from graphkit.cypher.embedded import EmbeddedEngine
    from graphkit.index.in_step import InStep
    from graphkit.index.kept import Clustered
    from graphkit.index.schema import Opened
    from graphkit.model import Called
    from graphkit.stopping import Stop
    from graphkit.vault.prose import Prose

    Progress = Callable[[int, int], None]

_RANKED = 10


class EmbeddedStore(IndexReader):
    """A vault's graph in its index.

    Args:
        vault: the vault's folder.
        index: where the index is; in the user's cache folder without it.
        settings: how the vault is read.

    Raises:
        VaultError: there is no such vault, or it may not be read.
        IndexUnusableError: the index cannot be used, or made.
    """

    def __init__(
        self,
        vault: str | Path,
        *,
        index: str | Path | None = None,
        settings: Settings | None = None,
    ) -> None:
        self._vault = checked_vault(vault)
        self._settings = settings or Settings()
        self._own = index is None
        self._file = Path(index).absolute() if index else default_location(self.vault)
        self._use(open_index(self._file, own=self._own))

    def _use(self, opened: Opened) -> None:
        self._opened = opened
        self._in_step: InStep | None = None
        self._engine: EmbeddedEngine | None = None
        super().__init__(self._opened.connection)

    def another(self) -> EmbeddedStore:
        """One more store of the same graph, for another thread; to be closed like this one.

        Raises:
            IndexUnusableError: the index cannot be used any more.
        """
        ((_, _, place), *_) = self._opened.connection.execute("PRAGMA database_list")
        if not place:  # in memory, and of no other connection
            other = EmbeddedStore(
                self.vault, index=None if self._own else self._file, settings=self._settings
            )
        else:
            other = copy(self)
            other._use(open_again(self._file))  # noqa: SLF001 - its own class
        if other.is_empty:
            other.refresh()
        return other

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self._vault

    @property
    def own_folder(self) -> Path:
        """A hidden folder beside the index, which is no part of the vault wherever it is."""
        return self._file.with_name(f".{self._file.name}.earlier")

    @property
    def vault_name(self) -> str:
        """What the vault is called."""
        return self.meta("vault") or self.vault.name

    @property
    def membership(self) -> tuple[str, ...]:
        """Relations that say what a note belongs to."""
        return self._settings.membership

    @property
    def file(self) -> Path:
        """Where the index is."""
        return self._file

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been indexed yet."""
        return self.meta("revision") is None

    def use_as_it_is(self) -> None:
        """Makes sure that the index can be asked without a refresh.

        Raises:
            IndexUnusableError: it is the index of another vault.
        """
        root = self.meta("root")
        if root not in {None, shown_path(str(self.vault))}:
            raise IndexUnusableError(
                f"{str(self._file)!r} is the index of another vault, {root!r}.",
                "Name another with --index FILE, or let it be refreshed.",
            )

    def refresh(self, *, verify: bool = False, progress: Progress | None = None) -> Refreshed:
        """Brings the index into step with the vault.

        Args:
            verify: find changed notes by their content instead of size and time.
            progress: called with the number of notes read and of notes to read.

        Returns:
            What changed. An index that cannot be written is left as it is, with a warning.

        Raises:
            VaultError: the vault has gone; what is known of it stays as it is.
            IndexUnusableError: the disk is full, or another process holds the index for long.
        """
        from graphkit.index.in_step import InStep  # noqa: PLC0415 - not with --no-refresh
        from graphkit.index.refresh import refresh  # noqa: PLC0415 - not with --no-refresh

        checked_vault(self.vault)
        if not self._opened.writable:
            self.use_as_it_is()
            warning = f"The index {str(self._file)!r} is read-only; answers may be old."
            (notes,) = self._opened.connection.execute("SELECT COUNT(*) FROM note").fetchone()
            return Refreshed(notes, (), (), (), 0, None, (warning,))
        self._in_step = self._in_step or InStep()
        try:
            return refresh(
                self._opened,
                self.vault,
                self._settings,
                verify=verify,
                in_step=self._in_step,
                progress=progress,
            )
        except sqlite3.ProgrammingError as error:
            raise StoreError("The graph has been closed.", "Open it again.") from error
        except sqlite3.DatabaseError as error:
            if not (is_damage(error) or str(error).startswith("no such table")):
                if not isinstance(error, sqlite3.OperationalError):
                    raise
                raise self._cannot_be_written(error) from error
            self._rebuild("the index was damaged")
            return refresh(
                self._opened,
                self.vault,
                self._settings,
                verify=verify,
                in_step=self._in_step,
                progress=progress,
            )

    def _cannot_be_written(self, error: sqlite3.OperationalError) -> IndexUnusableError:
        kept = "" if self.is_empty else "Nothing was lost: the last good index is still there. "
        return IndexUnusableError(
            f"The index {str(self._file)!r} cannot be written: {error}.",
            f"{kept}Free some space, or name another place with --index FILE.",
        )

    def _rebuild(self, reason: str) -> None:
        self._engine = None
        self._opened.connection.close()
        remove_index(self._file)
        self._opened = open_index(self._file, own=self._own)._replace(rebuilt=reason)
        self._in_step = None
        super().__init__(self._opened.connection)

    @property
    def connection(self) -> sqlite3.Connection:
        """The index itself, for those who know SQL."""
        return self._opened.connection

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

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Has all answers be of the index as it now is; until then it cannot be written here."""
        opened = self._opened
        opened.connection.execute("BEGIN")
        try:
            self.meta("revision")  # the first look at it is what all others see too
            self._opened = opened._replace(writable=False)
            yield
        finally:
            self._opened = opened
            opened.connection.execute("ROLLBACK")

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
        counts = self.counts()
        notes = self.numbered_notes()
        edges = self.edges()
        linked = {end for edge in edges if edge[0] != edge[1] for end in edge}
        return Stats(
            vault=self.vault_name,
            notes=counts["notes"],
            unresolved=counts["unresolved"],
            links=counts["links"],
            links_by_kind={
                kind: self.links_by_kind().get(kind, 0)
                for kind in ("wiki", "markdown", "embed", "property")
            },
            resolved_links=counts["resolved_links"],
            unresolved_links=counts["links"] - counts["resolved_links"],
            ambiguous_links=counts["ambiguous_links"],
            edges=len({edge for edge in edges if edge[0] != edge[1] and notes[edge[1]]}),
            links_with_moment=counts["links_with_moment"],
            external_links=counts["external_links"],
            attachments=counts["attachments"],
            components=components(notes, edges),
            orphans=sum(note and number not in linked for number, note in notes.items()),
            tags=counts["tags"],
            problems=counts["problems"],
            best_linked=self._counted(note=True),
            most_wanted=self._counted(note=False),
        )

    def _counted(self, *, note: bool) -> tuple[Counted, ...]:
        most = self.linked_most(_RANKED, note=note)
        return tuple(Counted(c.id, c.title, c.note, count) for c, count in most)

    def check(self, rules: Sequence[str] = (), *, progress: Progress | None = None) -> Findings:
        """What is wrong in the vault."""
        from graphkit.care.check import findings  # noqa: PLC0415 - for this question only

        return findings(self, rules, progress=progress)

    def close(self) -> None:
        """Closes the index."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
        self._opened.connection.close()
