"""What is around a concept: everything within some hops, with the links that lead there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkit.answers import Neighbour, Neighbourhood
from graphkit.errors import UsageError
from graphkit.text import fold, relation_name

if TYPE_CHECKING:
    from graphkit.model import Concept, Link, Node
    from graphkit.stores.base import GraphStore

DIRECTIONS = ("both", "out", "in")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which neighbours are wanted; what is left empty does not matter.

    Args:
        relations: links that are walked, by their relation in UPPER_SNAKE.
        folder: the neighbour's folder, or one above it.
        tag: a tag of the neighbour, or one above it (``a`` for ``a/b``).
        notes_only: leave out concepts that have no note.
    """

    relations: tuple[str, ...] = ()
    folder: str | None = None
    tag: str | None = None
    notes_only: bool = False

    def wants(self, node: Node) -> bool:
        """Whether a neighbour is one of those wanted."""
        if self.notes_only and not node.note:
            return False
        if self.folder is not None:
            folder = self.folder.strip("/")
            if node.folder is None or not (node.folder + "/").startswith(
                folder + "/" * bool(folder)
            ):
                return False
        if self.tag is not None:
            tag = fold(self.tag.lstrip("#").strip("/"))
            return any(own == tag or own.startswith(tag + "/") for own in node.tags)
        return True


def neighbourhood(
    store: GraphStore,
    concept: Concept,
    *,
    depth: int = 1,
    direction: str = "both",
    only: Filter | None = None,
    limit: int | None = None,
    through_index: bool = False,
) -> Neighbourhood:
    """Finds the concepts around one, a frontier at a time.

    From the concept itself every link is walked. Beyond, index notes and membership links say
    nothing about two concepts being near, so they are not walked unless asked for.

    Args:
        store: where to ask.
        concept: the middle.
        depth: the most hops, from 1.
        direction: ``out`` along the links, ``in`` against them, ``both`` either way.
        only: which neighbours are wanted.
        limit: the most neighbours to give back; all without it.
        through_index: walk on through index notes and membership links too.

    Returns:
        The neighbours, nearest first, then by number of links, then by id.
    """
    if depth < 1:
        raise UsageError(f"The depth is {depth}; it has to be at least 1.")
    if direction not in DIRECTIONS:
        raise UsageError(f"There is no direction {direction!r}.", f"Use {', '.join(DIRECTIONS)}.")
    if limit is not None and limit < 1:
        raise UsageError(f"The limit is {limit}; it has to be at least 1.")
    only = only or Filter()
    only = replace(only, relations=tuple(relation_name(name) for name in only.relations))
    hops = {concept.id: 0}
    links_to: dict[str, list[Link]] = {}
    frontier = [concept.id]
    not_walked: list[Concept] = []
    for hop in range(1, depth + 1):
        if hop > 1 and not through_index:
            stops = store.index_notes(frontier)
            not_walked += stops
            stopped = {stop.id for stop in stops}
            frontier = [id_ for id_ in frontier if id_ not in stopped]
        if not frontier:
            break
        near = set(frontier)
        for link in store.links(frontier, direction):
            if only.relations and link.relation not in only.relations:
                continue
            if (
                hop > 1
                and link.relation in store.membership
                and not (through_index or link.relation in only.relations)
            ):
                continue
            ends = []
            if direction != "in" and link.source in near:
                ends.append(link.target)
            if direction != "out" and link.target in near:
                ends.append(link.source)
            for end in ends:
                if hops.setdefault(end, hop) == hop:
                    links_to.setdefault(end, []).append(link)
        frontier = sorted(id_ for id_, far in hops.items() if far == hop)
    found = sorted(links_to, key=lambda id_: (hops[id_], -len(links_to[id_]), id_))
    if only.notes_only or only.folder is not None or only.tag is not None:
        nodes = store.nodes(found)
        found = [id_ for id_ in found if only.wants(nodes[id_])]
    shown = found[:limit]
    concepts = store.concepts(shown)
    neighbours = tuple(
        Neighbour(id_, concepts[id_].title, concepts[id_].note, hops[id_], tuple(links_to[id_]))
        for id_ in shown
    )
    stops_ = tuple(dict.fromkeys(not_walked))
    return Neighbourhood(concept, depth, direction, neighbours, len(found), stops_)
