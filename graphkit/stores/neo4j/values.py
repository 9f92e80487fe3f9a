"""Concepts, links and references as nodes and relationships of Neo4j, and back again.

Keys that begin with ``_`` are graphkit's own bookkeeping: they are never shown. What Neo4j cannot
hold as a property (maps, mixed or nested lists, nulls, integers beyond 64 bits, lone surrogates)
becomes JSON text, and comes back as it was.
"""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from graphkit.model import Link, Node, Reference
from graphkit.stores.neo4j.words import slugs_of, spellings_of
from graphkit.stores.networkx import LINK_PROPERTIES, OWN_PROPERTIES
from graphkit.stores.stored import stored_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LINK_KEYS: Final = tuple(key for key in LINK_PROPERTIES if key != "relation")
"""A link's values, but for its relation, which is the relationship's type."""
_LINK_VALUES: Final = attrgetter(*LINK_KEYS)


def concept_row(
    node: Node,
    names: Sequence[tuple[str, str, str]],
    *,
    stop: bool = False,
    references: Sequence[Reference] = (),
    problems: int = 0,
) -> dict[str, Any]:
    """The properties of a concept's node.

    Args:
        node: the concept.
        names: what it is called: rule, folded, exact.
        stop: whether it is an index note.
        references: its attachments and outside addresses.
        problems: how many findings there are in its note.
    """
    row, as_text, aside = stored_node(node)
    slugs = slugs_of(exact for _, _, exact in names)
    row |= {
        "_slugs": slugs,
        "_spellings": spellings_of(slugs),
        "_names": json.dumps(names, ensure_ascii=False),
        "_neighbours": node.neighbours,
    }
    more = {"_index": stop, "_json": as_text, "_problems": problems}
    row |= {key: value for key, value in more.items() if value}
    if aside:
        row["_aside"] = json.dumps(aside)
    if references:
        told = [[r.of, r.kind, r.text, r.anchor, r.alias, r.line] for r in references]
        row["_references"] = json.dumps(told)
    return row


def node_of(row: Mapping[str, Any], *, note: bool) -> Node:
    """A concept out of its node's properties.

    Args:
        row: the properties.
        note: whether the node has the label ``Note``.
    """
    told = {key: value for key, value in row.items() if not key.startswith("_")}
    for key in row.get("_json") or ():
        told[key] = json.loads(told[key])
    told |= json.loads(row.get("_aside") or "{}")
    rest = {
        key.removeprefix("fm_"): value for key, value in told.items() if key not in OWN_PROPERTIES
    }
    return Node(
        id=told["id"],
        title=told["title"],
        note=note,
        name=told["name"],
        path=told.get("path"),
        folder=told.get("folder"),
        video=told.get("video_id"),
        tags=tuple(told.get("tags") or ()),
        aliases=tuple(told.get("aliases") or ()),
        words=told.get("words"),
        summary=told.get("summary"),
        cluster=told.get("cluster"),
        subcluster=told.get("subcluster"),
        cluster_name=told.get("cluster_name"),
        subcluster_name=told.get("subcluster_name"),
        in_degree=told["in_degree"],
        out_degree=told["out_degree"],
        neighbours=row["_neighbours"],
        properties={key: rest[key] for key in sorted(rest)},
    )


def references_of(source: str, told: str | None) -> list[Reference]:
    """A note's references out of its property ``_references``."""
    return [
        Reference(of, source, kind, text, anchor, alias, line)
        for of, kind, text, anchor, alias, line in json.loads(told or "[]")
    ]


def link_row(link: Link, place: int) -> list[Any]:
    """A link as it is sent: its ends, its type, its place, then its values as ``LINK_KEYS`` says.

    Args:
        link: the link.
        place: its place among the links of its note.
    """
    *values, ambiguous = _LINK_VALUES(link)
    return [link.source, link.target, link.relation, place, *values, list(ambiguous)]


def link_of(source: str, target: str, relation: str, values: Iterable[Any]) -> Link:
    """A link out of its relationship.

    Args:
        source: id of the concept where it starts.
        target: id of the concept where it ends.
        relation: the relationship's type.
        values: its properties in the order of ``LINK_KEYS``.
    """
    *told, ambiguous = values
    held: list[Any] = [*told, tuple(ambiguous or ())]
    return Link(source, target, relation, *held)
