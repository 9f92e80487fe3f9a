"""What a graph in Neo4j can be asked: concepts, links and texts with all that is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkit.model import Marked, Text
from graphkit.stores.base import Size
from graphkit.stores.neo4j.linked import GraphLinked
from graphkit.stores.neo4j.names import GraphNames
from graphkit.stores.neo4j.opened import OURS, distinct
from graphkit.stores.neo4j.values import LINK_KEYS, link_of, node_of, references_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graphkit.model import Link, Node, Reference

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
_LINK: Final = (
    "s.id, t.id, type(r), [s.title, s:Note, s._index], [t.title, t:Note, t._index], r._place, "
    + ", ".join(f"r.{key}" for key in LINK_KEYS)
)
_LINKS: Final = {
    "out": (
        f"UNWIND $ids AS id MATCH (s:Concept {{id: id}})-[r]->(t:Concept) {OURS} RETURN {_LINK}"
    ),
    "in": (
        f"UNWIND $ids AS id MATCH (s:Concept)-[r]->(t:Concept {{id: id}}) {OURS} RETURN {_LINK}"
    ),
    "both": (
        f"UNWIND $ids AS id MATCH (:Concept {{id: id}})-[r]-(:Concept) {OURS}"
        f" WITH DISTINCT r WITH r, startNode(r) AS s, endNode(r) AS t RETURN {_LINK}"
    ),
}
_WITHIN: Final = (
    f"UNWIND $ids AS id MATCH (s:Concept {{id: id}})-[r]->(t:Concept) {OURS} AND t.id IN $ids"
    f" RETURN {_LINK}"
)
_MARKED: Final = "MATCH (c:Note) RETURN c.id, c.video_id, c.tags"
_TEXTS: Final = (
    "UNWIND $ids AS id MATCH (c:Note {id: id})"
    " RETURN c.id, c.title, c.aliases, c._headings, c._text, c._places"
)
_REFERENCES: Final = "UNWIND $ids AS id MATCH (c:Concept {id: id}) RETURN c.id, c._references"
_REFERRING: Final = "MATCH (c:Note) WHERE c._references IS NOT NULL RETURN c.id"


class GraphReader(GraphNames, GraphLinked):
    """Reads concepts, links and texts: one query for each set that is asked for."""

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """All that is known of the concepts with these ids."""
        rows = self.connection.read(_NODES, ids=distinct(ids))
        return {told["id"]: node_of(told, note=note) for told, note in rows}

    def all_nodes(self) -> Iterator[Node]:
        """Every concept, by id."""
        for ids in self._pages("MATCH (c:Concept) RETURN c.id"):
            nodes = self.nodes(ids)
            yield from (nodes[id_] for id_ in ids if id_ in nodes)

    def marked(self) -> list[Marked]:
        """Every note with its video and tags, by id."""
        rows = self.connection.read(_MARKED)
        marked = (Marked(id_, video, tuple(tags or ())) for id_, video, tags in rows)
        return sorted(marked, key=lambda note: note.id)

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links that touch any of some concepts, by source, line and place in the line."""
        return self._links(self.connection.read(_LINKS[direction], ids=distinct(ids)))

    def links_within(self, ids: Collection[str]) -> list[Link]:
        """The links between any two of some concepts."""
        return self._links(self.connection.read(_WITHIN, ids=distinct(ids)))

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

    def size(self) -> Size:
        """How large the graph is."""
        ((notes, unresolved, links),) = self.connection.read(_SIZE)
        return Size(notes, unresolved, links)
