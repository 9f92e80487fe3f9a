"""A graph to ask questions of: everything the command line can do, one call each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from graphkit.errors import StoreError, UsageError
from graphkit.whole_graph import WholeGraph, several

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    import networkx as nx

    from graphkit.answers import (
        Card,
        Findings,
        Loaded,
        Neighbourhood,
        Paths,
        QueryResult,
        Refreshed,
        SavedQueries,
        SearchResult,
        Stats,
    )
    from graphkit.model import Link
    from graphkit.questions.neighbours import Filter


def open(  # noqa: A001 - graphkit.open, as in webbrowser.open
    vault: str | Path,
    *,
    index: str | Path | None = None,
    strict: bool = False,
    membership: Sequence[str] = ("FROM",),
    refresh: bool = True,
) -> Graph:
    """Opens a vault as a graph, or the graph that ``graphkit load`` has put into Neo4j.

    Args:
        vault: a folder of Markdown notes; or the address of a Neo4j server (``neo4j://…``,
            ``bolt://…``), whose user, password and database are ``NEO4J_USERNAME``,
            ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` of the environment. All else counts for a
            folder only.
        index: where to keep the index; in the user's cache folder without it.
        strict: resolve links by Obsidian's own rules only (path, name, alias).
        membership: relations in UPPER_SNAKE that say what a note belongs to. Paths do not walk
            them unless asked.
        refresh: bring the index into step with the vault first.

    Returns:
        The graph. It is closed by ``close()`` or at the end of a ``with`` block.

    Raises:
        VaultError: there is no such vault, or it may not be read.
        IndexUnusableError: the index cannot be used, or made.
        StoreError: the server cannot be used, or holds no graph of graphkit's.

    Example:
        >>> import graphkit
        >>> graph = graphkit.open("notes")
        >>> graph.concept("nmj").title
        'Neuromuscular junction'
    """
    if "://" in str(vault):
        from graphkit.stores.neo4j.store import Neo4jStore  # noqa: PLC0415 - heavy

        server = Neo4jStore(str(vault))
        _ = server.held
        return Graph(server)
    from graphkit.index.settings import Settings  # noqa: PLC0415 - see docs/design.md on imports
    from graphkit.stores.embedded import EmbeddedStore  # noqa: PLC0415

    settings = Settings(strict=strict, membership=_relations(membership))
    store = EmbeddedStore(vault, index=index, settings=settings)
    if refresh or store.is_empty:
        store.refresh()
    else:
        store.use_as_it_is()
    return Graph(store)


def _relations(told: str | Sequence[str]) -> tuple[str, ...]:
    from graphkit.text import relation_name  # noqa: PLC0415

    return tuple(relation_name(name) for name in several(told))


class Graph(WholeGraph):
    """A vault as a graph of concepts and links.

    Concepts are named as on the command line: by id, title, file name or alias, in any case, by
    the beginning of a name or by a near-spelling. Everything that comes back is frozen and has
    ``to_dict()``, which gives the JSON of ``docs/answers.md``.

    Args:
        store: where the graph is kept; ``graphkit.open`` makes one.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<graphkit.Graph of {str(self._store.vault)!r}>"

    def concept(self, name: str) -> Card:
        """All about one concept: what it is, its links in the note's order, its backlinks.

        Args:
            name: see ``find``, also for what is raised.
        """
        from graphkit.questions.cards import card_of  # noqa: PLC0415

        return card_of(self._store, self.find(name))

    def neighbours(
        self,
        name: str,
        *,
        depth: int = 1,
        direction: str = "both",
        only: Filter | None = None,
        limit: int | None = None,
        through_index: bool = False,
    ) -> Neighbourhood:
        """What is around a concept.

        Args:
            name: see ``find``, also for what is raised.
            depth: the most hops, from 1.
            direction: ``out`` along the links, ``in`` against them, ``both`` either way.
            only: which neighbours are wanted.
            limit: the most neighbours to give back.
            through_index: walk on through index notes and membership links too.

        Returns:
            The neighbours with the links that lead to them, nearest first, then by number of
            links, then by id.
        """
        from graphkit.questions.neighbours import neighbourhood  # noqa: PLC0415

        return neighbourhood(
            self._store,
            self.find(name),
            depth=depth,
            direction=direction,
            only=only,
            limit=limit,
            through_index=through_index,
        )

    def paths(
        self,
        start: str,
        goal: str,
        *,
        k: int = 1,
        avoid: Sequence[str] = (),
        through: Sequence[str] = (),
        directed: bool = False,
        max_length: int | None = None,
        shortest: bool = False,
        membership: bool = False,
    ) -> Paths:
        """How one concept leads to another, with the evidence of every step.

        A step through a concept costs 1 + d/20, d being its number of neighbours, and the last
        step costs 1, so that a path does not run through notes that are linked with everything.

        Args:
            start: see ``find``, also for what is raised.
            goal: where the paths end.
            k: how many paths; first those that share no inner concept, then those that differ.
            avoid: concepts that no path goes through.
            through: concepts that every path goes through, in this order.
            directed: follow links only the way they point.
            max_length: the most hops.
            shortest: count hops only.
            membership: walk membership links too.

        Returns:
            The paths; no path is an empty tuple.
        """
        from graphkit.questions.paths import PathOptions, find_paths  # noqa: PLC0415

        options = PathOptions(
            k=k,
            avoid=tuple(self.find(name).id for name in several(avoid)),
            through=tuple(self.find(name).id for name in several(through)),
            directed=directed,
            max_length=max_length,
            shortest=shortest,
            membership=membership,
        )
        return find_paths(self._store, self.find(start), self.find(goal), options)

    def search(self, query: str, *, limit: int = 20) -> SearchResult:
        """The notes that say something, with the place where they say it best.

        Args:
            query: words that must all occur, ``"a phrase"``, ``begin*``, ``-not``.
            limit: the most hits to give back.

        Raises:
            UsageError: there is no word to look for.
        """
        return self._store.search(query, limit)

    def query(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int = 10_000,
    ) -> QueryResult:
        """The rows of a Cypher query that only reads.

        Args:
            query: Cypher, a ``.cypher`` file's name, or a saved query's name.
            parameters: values for its parameters, by name.
            timeout: seconds that it may take.
            limit: the most rows to give back.

        Returns:
            Columns and rows of plain data, as ``docs/answers.md`` says.

        Raises:
            UsageError: there is no such saved query, or its parameters are others.
            QueryError: the query is refused, not understood, fails, or takes too long.

        Example:
            >>> graph.query("MATCH (n:Note) RETURN count(n) AS notes").rows
            ((85,),)
        """
        from graphkit.questions.query import ask, meant_by  # noqa: PLC0415

        meant = meant_by(query, self._query_folders)
        given = parameters or {}
        return ask(
            self._store,
            meant,
            given,
            lambda name: self.find(name).id,
            timeout=timeout,
            limit=limit,
        )

    def queries(self) -> SavedQueries:
        """The saved queries, those in the vault's own folder ``queries`` included."""
        from graphkit.cypher.saved import saved_queries  # noqa: PLC0415

        return saved_queries(self._query_folders)

    @property
    def _query_folders(self) -> list[Path]:
        vault = self._store.vault
        return [] if isinstance(vault, str) else [vault / "queries"]

    def links(self, name: str, *, direction: str = "both") -> tuple[Link, ...]:
        """The links that touch a concept, each with its evidence.

        Args:
            name: see ``find``, also for what is raised.
            direction: ``out``, ``in`` or ``both``.
        """
        if direction not in {"out", "in", "both"}:
            raise UsageError(f"There is no direction {direction!r}.", "Use both, out, in.")
        return tuple(self._store.links([self.find(name).id], direction))

    def stats(self) -> Stats:
        """The numbers of the whole graph."""
        return self._store.stats()

    def check(self, *rules: str) -> Findings:
        """What is wrong in the vault.

        Args:
            rules: which rules, see ``docs/answers.md``; all without any.
        """
        return self._store.check(rules)

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The whole graph as networkx has it: one node a concept, one edge a link occurrence.

        Returns:
            A ``MultiDiGraph`` with every property. networkx's algorithms take it as it is; of its
            writers, GraphML's wants plain values: ``graphkit export --format graphml`` does that.
        """
        from graphkit.questions.up_to_date import bring_up_to_date  # noqa: PLC0415
        from graphkit.stores.networkx import as_networkx  # noqa: PLC0415

        bring_up_to_date(self._store)
        return as_networkx(self._store)

    def refresh(self, *, verify: bool = False) -> Refreshed:
        """Brings the graph into step with the vault.

        Args:
            verify: find changed notes by their content instead of size and time.

        Returns:
            Which notes came, changed and went.

        Raises:
            VaultError: its folder has gone; what is known of it stays as it is.
        """
        return self._store.refresh(verify=verify)

    def load(
        self, address: str, *, text: bool = True, dry_run: bool = False, replace: bool = False
    ) -> Loaded:
        """Puts the vault into a Neo4j server, or brings the graph there into step with it.

        Args:
            address: of the server; user, password and database are ``NEO4J_USERNAME``,
                ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` of the environment.
            text: store the notes' text too, which ``search`` wants.
            dry_run: say what would change, and change nothing.
            replace: another vault's graph that is there may go.

        Returns:
            Which notes were added, changed and removed.

        Raises:
            StoreError: the server cannot be used, or holds what must not be replaced.
        """
        from graphkit.questions.up_to_date import bring_up_to_date  # noqa: PLC0415
        from graphkit.stores.embedded import EmbeddedStore  # noqa: PLC0415
        from graphkit.stores.neo4j.connection import Connection  # noqa: PLC0415 - heavy
        from graphkit.stores.neo4j.load import load  # noqa: PLC0415

        if not isinstance(self._store, EmbeddedStore):
            raise StoreError("Only a vault can be loaded.", "Open the vault's folder.")
        bring_up_to_date(self._store)
        with Connection(address) as connection:
            return load(self._store, connection, text=text, dry_run=dry_run, replace=replace)

    def close(self) -> None:
        """Closes the index. Asking afterwards is an error."""
        self._store.close()
