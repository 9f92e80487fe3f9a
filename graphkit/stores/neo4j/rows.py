"""The rows of a load, read from the index a part at a time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from graphkit.index import sending
from graphkit.model import Node
from graphkit.stores.neo4j.values import concept_row, link_row
from graphkit.stores.neo4j.words import words_of
from graphkit.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkit.model import Reference
    from graphkit.stores.embedded import EmbeddedStore
    from graphkit.stores.neo4j.plan import Plan

_LINKS: Final = 2_500
_NOTES: Final = 200
"""Of one transaction."""


def note_chunks(plan: Plan) -> Iterator[list[str]]:
    """The notes to be sent, in parts of some thousand links."""
    part: list[str] = []
    links = 0
    for id_ in plan.sent:
        part.append(id_)
        links += plan.known[id_].out_degree
        if links >= _LINKS or len(part) >= _NOTES:
            yield part
            part, links = [], 0
    if part:
        yield part


def concept_rows(vault: EmbeddedStore, plan: Plan, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of concepts without a note, for good or until theirs is sent or they are deleted."""
    nodes = vault.nodes([id_ for id_ in ids if id_ not in plan.hashes])
    rows = []
    for id_ in ids:
        if (node := nodes.get(id_)) is None:
            told = plan.known.get(id_)
            title = id_.rpartition("/")[2]
            degree = told.in_degree if told else 0
            node = Node(id_, title, note=False, name=title, in_degree=degree)
        # A note to come is not to be found by name before it is there.
        names = [] if id_ in plan.hashes else [("unresolved", fold(id_), id_)]
        rows.append(concept_row(node, names))
    return rows


def note_rows(
    vault: EmbeddedStore, plan: Plan, ids: Sequence[str]
) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Rows of notes and of all their links."""
    connection = vault.connection
    nodes = vault.nodes(ids)
    names = sending.names_of(connection, ids)
    problems = sending.problems_of(connection, ids)
    headings = sending.headings_of(connection, ids)
    texts = sending.texts_of(connection, ids) if plan.text else {}
    references: dict[str, list[Reference]] = defaultdict(list)
    for reference in vault.references(ids):
        references[reference.source].append(reference)
    notes = []
    for id_ in ids:
        row = concept_row(
            nodes[id_],
            names[id_],
            stop=id_ in plan.stops,
            references=references[id_],
            problems=problems.get(id_, 0),
        )
        row["_hash"] = plan.hashes[id_]
        if mark := plan.known[id_].place.mark:
            row["_clustered"] = mark
        row["_title_words"] = words_of(nodes[id_].title)
        row["_alias_words"] = words_of("\n".join(nodes[id_].aliases))
        if headings[id_]:
            row["_headings"] = headings[id_]
        row["_heading_words"] = words_of(headings[id_])
        if text := texts.get(id_):
            row["_text"], row["_places"] = text
            row["_text_words"] = words_of(text.body)
        notes.append(row)
    places: dict[str, int] = defaultdict(int)
    links = []
    for link in vault.links(ids, "out"):
        links.append(link_row(link, places[link.source]))
        places[link.source] += 1
    return notes, links
