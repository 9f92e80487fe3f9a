"""The numbers of ``stats``, counted in the database where it can count them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import Counted, Stats
from graphkit.stores.components import components
from graphkit.stores.neo4j.values import references_of

if TYPE_CHECKING:
    from graphkit.stores.neo4j.connection import Connection

_RANKED: Final = 10
_NODES: Final = (
    "MATCH (c:Concept) RETURN count(CASE WHEN c:Note THEN 1 END), count(CASE WHEN c:Note THEN null"
    " ELSE 1 END), sum(coalesce(c._problems, 0))"
)
_TAGS: Final = "MATCH (c:Note) UNWIND c.tags AS tag RETURN count(DISTINCT tag)"
_LINKS: Final = (
    "MATCH (:Concept)-[r]->(:Concept) WHERE r._place IS NOT NULL"
    " RETURN r.kind, count(*), count(r.resolved_by),"
    " sum(CASE WHEN size(r.ambiguous) > 0 THEN 1 ELSE 0 END), count(r.seconds)"
)
_EDGES: Final = (
    "MATCH (s:Concept)-[r]->(t:Concept) WHERE s <> t AND r._place IS NOT NULL WITH DISTINCT s, t"
    " RETURN s.id, collect([t.id, t:Note])"
)
_IDS: Final = "MATCH (c:Concept) RETURN c.id, c:Note"
_REFERENCES: Final = "MATCH (c:Note) WHERE c._references IS NOT NULL RETURN c.id, c._references"
_MOST: Final = (
    "MATCH (c:Concept) WHERE c.in_degree > 0 AND c:Note = $note RETURN c.id, c.title, c.in_degree"
    f" ORDER BY c.in_degree DESC, c.id LIMIT {_RANKED}"
)


def count(connection: Connection, vault: str) -> Stats:
    """The numbers of the whole graph.

    Args:
        connection: to the server.
        vault: the name of the vault.
    """
    ((notes, unresolved, problems),) = connection.read(_NODES)
    ((tags,),) = connection.read(_TAGS)
    links = {row[0]: row[1:] for row in connection.read(_LINKS)}
    total, resolved, ambiguous, moments = (
        sum(row[place] for row in links.values()) for place in range(4)
    )
    of = [
        reference.of
        for source, told in connection.read(_REFERENCES)
        for reference in references_of(source, told)
    ]
    note_of = dict(connection.read(_IDS))
    edges = [
        (source, target, to_note)
        for source, targets in connection.read(_EDGES)
        for target, to_note in targets
    ]
    linked = {end for edge in edges for end in edge[:2]}
    return Stats(
        vault=vault,
        notes=notes,
        unresolved=unresolved,
        links=total,
        links_by_kind={
            kind: links.get(kind, [0])[0] for kind in ("wiki", "markdown", "embed", "property")
        },
        resolved_links=resolved,
        unresolved_links=total - resolved,
        ambiguous_links=ambiguous,
        edges=sum(to_note for _, _, to_note in edges),
        links_with_moment=moments,
        external_links=of.count("external"),
        attachments=of.count("attachment"),
        components=components(note_of, [edge[:2] for edge in edges]),
        orphans=sum(note and id_ not in linked for id_, note in note_of.items()),
        tags=tags,
        problems=problems,
        best_linked=_most(connection, note=True),
        most_wanted=_most(connection, note=False),
    )


def _most(connection: Connection, *, note: bool) -> tuple[Counted, ...]:
    rows: list[list[Any]] = connection.read(_MOST, note=note)
    return tuple(Counted(id_, title, note, degree) for id_, title, degree in rows)
