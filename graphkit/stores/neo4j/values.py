"""Concepts, links and references as nodes and relationships of Neo4j, and back again.

Keys that begin with ``_`` are graphkit's own bookkeeping: they are never shown. What Neo4j cannot
hold as a property (maps, mixed or nested lists, nulls, integers beyond 64 bits, lone surrogates)
becomes JSON text, and comes back as it was.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from graphkit.model import Link, Node, Reference
from graphkit.stores.neo4j.words import slugs_of, spellings_of
from graphkit.stores.networkx import OWN_PROPERTIES, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_LARGEST: Final = 2**63
_LONGEST_KEY: Final = 1_000
LINK_KEYS: Final = (
    "kind text anchor alias heading line sentence seconds moment nearest resolved_by ambiguous"
).split()


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
    row: dict[str, Any] = {}
    as_text: list[str] = []
    aside: dict[str, Any] = {}
    for key, value in properties_of(node).items():
        if not _is_key(key):
            aside[key] = value
        elif _holds(value):
            row[key] = value
        elif value is None:
            aside[key] = None
        else:
            row[key] = json.dumps(value)
            as_text.append(key)
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


def _is_key(key: str) -> bool:
    return 0 < len(key) <= _LONGEST_KEY and "\0" not in key and _is_text(key)


def _is_text(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _holds(value: object) -> bool:
    """Whether a property can be this value, and comes back as it is."""
    if isinstance(value, list):
        kinds = {type(item) for item in value}
        return not kinds or (
            len(kinds) == 1 and kinds <= {bool, int, float, str} and all(map(_holds, value))
        )
    if isinstance(value, bool | float):
        return True
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return isinstance(value, str) and _is_text(value)


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


def link_row(link: Link, place: int) -> dict[str, Any]:
    """A link as it is sent: its ends, its type and its properties.

    Args:
        link: the link.
        place: its place among the links of its note.
    """
    told = {key: getattr(link, key) for key in LINK_KEYS}
    told = {key: value for key, value in told.items() if value is not None}
    told["ambiguous"] = list(link.ambiguous)
    return {"s": link.source, "t": link.target, "r": link.relation, "p": told | {"_place": place}}


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
