"""The graph in Neo4j behind the store's protocol: one query for each set that is asked for."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import StoreError
from graphkit.model import Called, Concept, Marked, Text
from graphkit.saying import heaviest, summed
from graphkit.stores.base import CLUSTERS, Linked, Size
from graphkit.stores.neo4j import holder, words
from graphkit.stores.neo4j.connection import Connection
from graphkit.stores.neo4j.failures import no_graph
from graphkit.stores.neo4j.schema import SLUGS, SPELLINGS
from graphkit.stores.neo4j.values import LINK_KEYS, link_of, node_of, references_of
from graphkit.text import fold, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graphkit.answers import Findings, QueryResult, Refreshed, SearchResult, Stats
    from graphkit.index.kept import Clustered
    from graphkit.model import Link, Node, Reference
    from graphkit.stopping import Stop
    from graphkit.stores.neo4j.holder import Held
    from graphkit.vault.prose import Prose

    Progress = Callable[[int, int], None]

_CLAUSES: Final = 500
"""Lucene takes 1,024 at once."""
_PAGE: Final = 1_000
_GRACE: Final = 10.0
"""Seconds beyond its time that a query's end is waited for."""
_NEAR: Final = 500
"""Names that share most with a misspelt one, among which the nearest are looked for."""
_CONCEPT: Final = "[c.id, c.title, c:Note, c._index]"
_FIND: Final = (
    "CALL () { OPTIONAL MATCH (v:GraphkitVault) WITH v ORDER BY v.last_whole DESC LIMIT 1"
    f" RETURN {holder.WANTED} AS held }}"
    " CALL () { OPTIONAL MATCH (c:Concept {id: $id})"
    f" RETURN CASE WHEN c IS NULL THEN null ELSE {_CONCEPT} END AS exact }}"
    f" CALL () {{ CALL db.index.fulltext.queryNodes('{SLUGS}', $query) YIELD node AS c"
    f" RETURN collect([c._names, {_CONCEPT}]) AS named }}"
    " RETURN held, exact, named"
)
_NAMED: Final = (
    f"CALL db.index.fulltext.queryNodes('{SLUGS}', $query) YIELD node AS c"
    f" RETURN c._names, {_CONCEPT}"
)
_NEAREST: Final = (
    f"CALL db.index.fulltext.queryNodes('{SPELLINGS}', $query, {{limit: {_NEAR}}}) YIELD node AS c"
    f" RETURN c._names, {_CONCEPT}"
)
_ALL_NAMED: Final = f"MATCH (c:Concept) RETURN c._names, {_CONCEPT}"
_SOME: Final = f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) RETURN {_CONCEPT}"
_SIZE: Final = (
    "MATCH (c:Concept) RETURN count(CASE WHEN c:Note THEN 1 END), count(CASE WHEN c:Note THEN null"
    " ELSE 1 END), sum(c.out_degree)"
)
_UNREAD: Final = ", ".join(
    f"{key}: null"
    for key in (
        "_text _places _headings _text_words _title_words _alias_words _heading_words _spellings"
        " _slugs _names _references"
    ).split()
)
_NODES: Final = f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}) RETURN c {{.*, {_UNREAD}}}, c:Note"
_OURS: Final = "WHERE r._place IS NOT NULL"
"""Links that a load wrote; a person may have linked the same concepts in other ways."""
_LINK: Final = (
    "s.id, t.id, type(r), [s.title, s:Note, s._index], [t.title, t:Note, t._index], r._place, "
    + ", ".join(f"r.{key}" for key in LINK_KEYS)
)
_LINKS: Final = {
    "out": (
        f"UNWIND $ids AS id MATCH (s:Concept {{id: id}})-[r]->(t:Concept) {_OURS} RETURN {_LINK}"
    ),
    "in": (
        f"UNWIND $ids AS id MATCH (s:Concept)-[r]->(t:Concept {{id: id}}) {_OURS} RETURN {_LINK}"
    ),
    "both": (
        f"UNWIND $ids AS id MATCH (:Concept {{id: id}})-[r]-(:Concept) {_OURS}"
        f" WITH DISTINCT r WITH r, startNode(r) AS s, endNode(r) AS t RETURN {_LINK}"
    ),
}
_WITHIN: Final = (
    f"UNWIND $ids AS id MATCH (s:Concept {{id: id}})-[r]->(t:Concept) {_OURS} AND t.id IN $ids"
    f" RETURN {_LINK}"
)
_ADJACENT: Final = {
    way: f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}){arrow}(o:Concept)"
    f" {_OURS} AND o <> c AND NOT type(r) IN $without"
    " RETURN id, collect(DISTINCT [o.id, o._neighbours])"
    for way, arrow in (("out", "-[r]->"), ("in", "<-[r]-"), ("both", "-[r]-"))
}
_LINKED: Final = (
    f"MATCH (s:Note)-[r]->(t:Note) {_OURS} AND s <> t AND NOT type(r) IN $without"
    " RETURN s.id, collect(DISTINCT t.id)"
)
_LINKED_ALL: Final = (
    f"MATCH (s:Concept)-[r]->(t:Concept) {_OURS} AND s <> t"
    " RETURN DISTINCT s.id, t.id, type(r) IN $membership"
)
_MARKED: Final = "MATCH (c:Note) RETURN c.id, c.video_id, c.tags"
_RELATIONS: Final = (
    f"MATCH (s:Concept)-[r]->(t:Concept) {_OURS} AND s <> t RETURN type(r), count(*)"
)
_RELATED: Final = (
    f"MATCH (s:Concept)-[r]->(t:Concept) {_OURS} AND s <> t AND type(r) = $relation"
    " RETURN DISTINCT s.id, t.id"
)
_UNRESOLVED: Final = (
    f"MATCH (s:Note)-[r]->(t:Unresolved) {_OURS} RETURN t.id, collect(DISTINCT s.id)"
)
_LINKED_SOME: Final = (
    f"UNWIND $ids AS id MATCH (c:Note {{id: id}})-[r]-(o:Note) {_OURS} AND c <> o"
    " AND NOT type(r) IN $without RETURN startNode(r).id, collect(DISTINCT endNode(r).id)"
)
_TEXTS: Final = (
    "UNWIND $ids AS id MATCH (c:Note {id: id})"
    " RETURN c.id, c.title, c.aliases, c._headings, c._text, c._places"
)
_REFERENCES: Final = "UNWIND $ids AS id MATCH (c:Concept {id: id}) RETURN c.id, c._references"
_REFERRING: Final = "MATCH (c:Note) WHERE c._references IS NOT NULL RETURN c.id"


class Neo4jStore:
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
        self._looked_up: dict[str, list[Called]] = {}

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

    # names

    def by_id(self, text: str) -> list[Concept]:
        """The concept with exactly this id, else those whose id differs in case only.

        A look-up begins here: what any name of the text finds is asked for along with it.
        """
        text = _safe(text)
        tail = text.rpartition("/")[2]
        self._seen, self._stops, self._looked_up = {}, set(), {}
        query = words.exactly({text, tail}) or "none"
        ((told, exact, rows),) = self.connection.read(_FIND, id=text, query=query)
        self._learn_held(holder.held_of(told))
        names = self._called(rows)
        for asked in {text, tail}:
            self._looked_up[asked] = [name for name in names if slug(name.exact) == slug(asked)]
        if exact is not None:
            return [self._concept(exact)]
        found = {name.concept for name in self._looked_up[tail] if name.rule == "name"}
        found |= {name.concept for name in self._looked_up[text] if name.rule == "unresolved"}
        return sorted((c for c in found if fold(c.id) == fold(text)), key=lambda c: c.id)

    def called(self, text: str) -> list[Called]:
        """All names whose slug is that of a text, by the concept's id."""
        text = _safe(text)
        if text not in self._looked_up:
            query = words.exactly([text])
            names = self._called(self.connection.read(_NAMED, query=query)) if query else []
            self._looked_up[text] = [name for name in names if slug(name.exact) == slug(text)]
        return self._looked_up[text]

    def called_any(self, texts: Collection[str]) -> list[Called]:
        """All names whose slug is that of one of some texts, by slug, id and rule."""
        slugs = sorted({slug(_safe(text)) for text in texts} - {""})
        found: list[Called] = []
        for start in range(0, len(slugs), _CLAUSES):
            some = slugs[start : start + _CLAUSES]
            wanted = set(some)
            query = words.exactly(some)
            found += (
                name
                for name in self._called(self.connection.read(_NAMED, query=query))
                if slug(name.exact) in wanted
            )
        return sorted(found, key=lambda name: (slug(name.exact), name.concept.id, name.rule))

    def called_like(self, prefix: str, limit: int) -> list[Called]:
        """The first names, in slug order, whose slug starts like a text."""
        start = slug(_safe(prefix))
        if start:
            rows = self.connection.read(_NAMED, query=words.beginning(start))
        else:
            rows = self.connection.read(_ALL_NAMED)
        begun = [name for name in self._called(rows) if slug(name.exact).startswith(start)]
        return begun[:limit]

    def names_near(self, text: str) -> list[Called]:
        """Names that share most pairs of characters with a text."""
        query = words.nearly(_safe(text))
        return self._called(self.connection.read(_NEAREST, query=query)) if query else []

    def _called(self, rows: list[list[Any]]) -> list[Called]:
        names = [
            Called(rule, folded, exact, self._concept(told))
            for known, told in rows
            for rule, folded, exact in json.loads(known or "[]")
        ]
        return sorted(names, key=lambda name: (slug(name.exact), name.concept.id, name.rule))

    def _concept(self, told: list[Any]) -> Concept:
        id_, title, note, stops = told
        concept = self._seen[id_] = Concept(id_, title, note)
        if stops:
            self._stops.add(id_)
        return concept

    # concepts

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """The concepts with these ids; those that the last links named are known already."""
        if unknown := [id_ for id_ in ids if id_ not in self._seen]:
            for (told,) in self.connection.read(_SOME, ids=_distinct(unknown)):
                self._concept(told)
        return {id_: self._seen[id_] for id_ in ids if id_ in self._seen}

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """All that is known of the concepts with these ids."""
        rows = self.connection.read(_NODES, ids=_distinct(ids))
        return {told["id"]: node_of(told, note=note) for told, note in rows}

    def all_nodes(self) -> Iterator[Node]:
        """Every concept, by id."""
        for ids in self._pages("MATCH (c:Concept) RETURN c.id"):
            nodes = self.nodes(ids)
            yield from (nodes[id_] for id_ in ids if id_ in nodes)

    def _pages(self, query: str) -> Iterator[list[str]]:
        _ = self.held
        ids = sorted(row[0] for row in self.connection.read(query))
        for start in range(0, len(ids), _PAGE):
            yield ids[start : start + _PAGE]

    # links

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links that touch any of some concepts, by source, line and place in the line."""
        return self._links(self.connection.read(_LINKS[direction], ids=_distinct(ids)))

    def links_within(self, ids: Collection[str]) -> list[Link]:
        """The links between any two of some concepts."""
        return self._links(self.connection.read(_WITHIN, ids=_distinct(ids)))

    def all_links(self) -> Iterator[Link]:
        """Every link occurrence, by source, line and place in the line."""
        for ids in self._pages("MATCH (c:Note) WHERE c.out_degree > 0 RETURN c.id"):
            yield from self.links(ids, "out")

    def _links(self, rows: list[list[Any]]) -> list[Link]:
        rows.sort(key=lambda row: (row[0], row[5]))
        links = []
        for source, target, relation, start, end, _, *values in rows:
            if source not in self._seen:
                self._concept([source, *start])
            if target not in self._seen:
                self._concept([target, *end])
            links.append(link_of(source, target, relation, values))
        return links

    def references(self, ids: Collection[str] | None = None) -> Iterator[Reference]:
        """Attachments and outside addresses, of some notes or of all, by source and line."""
        pages = self._pages(_REFERRING) if ids is None else iter([sorted(set(ids))])
        for page in pages:
            rows = self.connection.read(_REFERENCES, ids=page)
            for source, told in sorted(rows, key=lambda row: str(row[0])):
                yield from references_of(source, told)

    # walking

    def adjacent(
        self, ids: Collection[str], direction: str, without: Collection[str]
    ) -> dict[str, dict[str, int]]:
        """The concepts next to each of some concepts, with their number of neighbours."""
        found: dict[str, dict[str, int]] = {id_: {} for id_ in ids}
        for id_, near in self.connection.read(
            _ADJACENT[direction], ids=_distinct(ids), without=list(without)
        ):
            found[id_] = dict(sorted(near))
        return found

    def index_notes(self, ids: Collection[str] | None = None) -> list[Concept]:
        """Those of some notes, or of all, that are linked with so many others as to say nothing."""
        if ids is None:
            ids = [
                row[0] for row in self.connection.read("MATCH (c:Note {_index: true}) RETURN c.id")
            ]
        concepts = self.concepts(ids)
        return [concepts[id_] for id_ in sorted(concepts) if id_ in self._stops]

    def linked_notes(self, ids: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Every pair of two notes of which the first links to the second, by ids."""
        without = list(self.membership)
        if ids is None:
            rows = self.connection.read(_LINKED, without=without)
        else:
            rows = self.connection.read(_LINKED_SOME, without=without, ids=_distinct(ids))
        return sorted({(source, target) for source, targets in rows for target in targets})

    def linked_places(self) -> tuple[list[str], list[set[int]]]:
        """All notes by id, and for each the places of those that it links to."""
        ids = sorted(id_ for (id_,) in self.connection.read("MATCH (c:Note) RETURN c.id"))
        places = {id_: place for place, id_ in enumerate(ids)}
        found: list[set[int]] = [set() for _ in ids]
        for source, targets in self.connection.read(_LINKED, without=list(self.membership)):
            if source in places:  # the graph may change between the two queries
                found[places[source]].update(places[id_] for id_ in targets if id_ in places)
        return ids, found

    def linked_concepts(self) -> Linked:
        """The links between all concepts at once, as numbers."""
        linked = self.connection.read(_LINKED_ALL, membership=list(self.membership))
        ids = sorted(id_ for (id_,) in self.connection.read("MATCH (c:Concept) RETURN c.id"))
        places = {id_: place for place, id_ in enumerate(ids)}
        known = [row for row in linked if row[0] in places and row[1] in places]  # as above
        return Linked(
            ids,
            [places[source] for source, _, _ in known],
            [places[target] for _, target, _ in known],
            [member for _, _, member in known],
        )

    def marked(self) -> list[Marked]:
        """Every note with its video and tags, by id."""
        rows = self.connection.read(_MARKED)
        marked = (Marked(id_, video, tuple(tags or ())) for id_, video, tags in rows)
        return sorted(marked, key=lambda note: note.id)

    def relations(self) -> dict[str, int]:
        """How many links between two different concepts have each relation, by its name."""
        return dict(sorted(self.connection.read(_RELATIONS)))

    def related(self, relation: str) -> list[tuple[str, str]]:
        """Every pair of two different concepts that a link of a relation leads between, by ids."""
        rows = self.connection.read(_RELATED, relation=_safe(relation))
        return sorted((source, target) for source, target in rows)

    def unresolved_sources(self) -> dict[str, list[str]]:
        """For each concept without a note the ids of the notes that link to it, both in order."""
        rows = self.connection.read(_UNRESOLVED)
        return {target: sorted(sources) for target, sources in sorted(rows)}

    # what was kept in the vault's index when it was loaded

    def kept(self, key: str) -> tuple[str, bool] | None:
        """The clusters as they were loaded; None for all else, or where there were none."""
        told = holder.clusters_text(self.connection) if key == CLUSTERS else None
        return None if told is None else (told, True)

    def keep(
        self, texts: Mapping[str, str], revision: str | None, clustered: Clustered | None = None
    ) -> bool:
        """Only a load changes what is kept here."""
        del texts, clustered, revision
        return False

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
        """Nothing is kept here beside the graph."""
        return None

    @property
    def stamp(self) -> str:
        """When a load last came to its end, and whether another has begun since.

        Raises:
            StoreError: the database holds no graph any more, or a newer graphkit's.
        """
        self._learn_held(holder.held(self.connection))
        return f"{self.held.last_whole} {self.held.whole} {self.held.fingerprint}"

    def relinked(self) -> list[str]:
        """Nothing is kept here that it would concern."""
        return []

    def map_text(self) -> str | None:
        """The text of the vault's map file when it was loaded; None where there was none."""
        return holder.map_text(self.connection)

    # everything

    def texts(self, ids: Collection[str] | None = None) -> Iterator[Text]:
        """What some notes say, or all, by id; only names and headings after ``--no-text``."""
        if ids is None:
            pages = self._pages("MATCH (c:Note) RETURN c.id")
        else:
            pages = iter([sorted(set(ids))])
        for page in pages:
            for row in sorted(self.connection.read(_TEXTS, ids=page), key=lambda row: str(row[0])):
                id_, title, aliases, headings, body, places = row
                yield Text(
                    id_,
                    title,
                    tuple(aliases or ()),
                    tuple(headings.split("\n") if headings else ()),
                    body or "",
                    places or "[]",
                )

    def number_of_notes(self) -> int:
        """How many notes there are."""
        _ = self.held
        ((notes,),) = self.connection.read("MATCH (c:Note) RETURN count(c)")
        return int(notes)

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

    def size(self) -> Size:
        """How large the graph is."""
        ((notes, unresolved, links),) = self.connection.read(_SIZE)
        return Size(notes, unresolved, links)

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

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()


def _wants_a_vault(what: str) -> StoreError:
    return StoreError(
        f"A graph in Neo4j cannot {what}: that wants the vault.",
        "Open the vault's folder; graphkit load brings Neo4j into step with it.",
    )


def _safe(text: str) -> str:
    """Text that UTF-8 can carry: what the command line could not decode is replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _distinct(ids: Collection[str]) -> list[str]:
    return [_safe(id_) for id_ in dict.fromkeys(ids)]
