"""Which concepts of a graph in Neo4j are linked with which, without the links' evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.stores.base import Linked
from graphkit.stores.neo4j.opened import OURS, OpenedGraph, distinct
from graphkit.text import in_utf8

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphkit.model import Concept

_ADJACENT: Final = {
    way: f"UNWIND $ids AS id MATCH (c:Concept {{id: id}}){arrow}(o:Concept)"
    f" {OURS} AND o <> c AND NOT type(r) IN $without"
    " RETURN id, collect(DISTINCT [o.id, o._neighbours])"
    for way, arrow in (("out", "-[r]->"), ("in", "<-[r]-"), ("both", "-[r]-"))
}
_LINKED: Final = (
    f"MATCH (s:Note)-[r]->(t:Note) {OURS} AND s <> t AND NOT type(r) IN $without"
    " RETURN s.id, collect(DISTINCT t.id)"
)
_LINKED_ALL: Final = (
    f"MATCH (s:Concept)-[r]->(t:Concept) {OURS} AND s <> t"
    " RETURN DISTINCT s.id, t.id, type(r) IN $membership"
)
_RELATIONS: Final = f"MATCH (s:Concept)-[r]->(t:Concept) {OURS} AND s <> t RETURN type(r), count(*)"
_RELATED: Final = (
    f"MATCH (s:Concept)-[r]->(t:Concept) {OURS} AND s <> t AND type(r) = $relation"
    " RETURN DISTINCT s.id, t.id"
)
_UNRESOLVED: Final = (
    f"MATCH (s:Note)-[r]->(t:Unresolved) {OURS} RETURN t.id, collect(DISTINCT s.id)"
)
_LINKED_SOME: Final = (
    f"UNWIND $ids AS id MATCH (c:Note {{id: id}})-[r]-(o:Note) {OURS} AND c <> o"
    " AND NOT type(r) IN $without RETURN startNode(r).id, collect(DISTINCT endNode(r).id)"
)


class GraphLinked(OpenedGraph):
    """Asks for pairs of linked concepts."""

    def adjacent(
        self, ids: Collection[str], direction: str, without: Collection[str]
    ) -> dict[str, dict[str, int]]:
        """The concepts next to each of some concepts, with their number of neighbours."""
        found: dict[str, dict[str, int]] = {id_: {} for id_ in ids}
        for id_, near in self.connection.read(
            _ADJACENT[direction], ids=distinct(ids), without=list(without)
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
            rows = self.connection.read(_LINKED_SOME, without=without, ids=distinct(ids))
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

    def relations(self) -> dict[str, int]:
        """How many links between two different concepts have each relation, by its name."""
        return dict(sorted(self.connection.read(_RELATIONS)))

    def related(self, relation: str) -> list[tuple[str, str]]:
        """Every pair of two different concepts that a link of a relation leads between, by ids."""
        rows = self.connection.read(_RELATED, relation=in_utf8(relation))
        return sorted((source, target) for source, target in rows)

    def unresolved_sources(self) -> dict[str, list[str]]:
        """For each concept without a note the ids of the notes that link to it, both in order."""
        rows = self.connection.read(_UNRESOLVED)
        return {target: sorted(sources) for target, sources in sorted(rows)}
