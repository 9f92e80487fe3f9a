"""Where on the map the areas of all clusters lie: those that are linked with each other are near.

Upper clusters are discs that are packed by the links between them, and within each of these its
lower clusters by theirs. Then all grow, cell by cell, into areas that touch but do not overlap.
"""

from __future__ import annotations

from collections import Counter
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import WIDE
from graphkit.questions.land import Land, radius_of
from graphkit.questions.packing import packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.questions.hexagons import Point
    from graphkit.questions.note_graph import NoteGraph
    from graphkit.questions.partition import Partition


_SPARE: Final = 0.25
"""What notches and lakes of the coasts bring to about 30 %."""
_A_MARK: Final = 0.75
"""A cell has two corners to itself; not all of them are wanted."""
_APART: Final = 0.3 * WIDE
"""How far within its disc a group's coast lies, where other groups are near."""
_RAGGED: Final = 0.3 * WIDE * WIDE
"""The fewer cells, the less they look like a disc: so much further within, over the radius."""
_OVERLAP: Final = 0.9
"""Lower clusters are packed as discs that are so much smaller, so that hardly a gap is left."""
_OUTWARD: Final = 0.5
"""What a link into another upper cluster weighs where lower clusters are packed."""


def roomy(notes: int, marks: int = 0) -> int:
    """How many cells an area has at first.

    Args:
        notes: how many notes there are in it, each with a cell of its own.
        marks: how many concepts without a note there are in it, each at a corner of its own.
    """
    return max(notes + max(1, ceil(_SPARE * notes)), ceil(_A_MARK * marks))


def areas_of(graph: NoteGraph, partition: Partition, marks: Mapping[str, int]) -> Land:
    """Lays out the areas of all clusters, from nothing.

    Args:
        graph: the notes and their links.
        partition: their clusters.
        marks: how many concepts without a note are to be in each lower cluster's area.

    Returns:
        A land whose areas are the lower clusters, and whose groups are the upper ones.
    """
    notes = {id_: len(members) for id_, members in partition.members("lower").items()}
    sizes = {id_: roomy(number, marks.get(id_, 0)) for id_, number in notes.items()}
    parts: dict[str, list[str]] = {}
    for lower, upper in partition.parents.items():
        parts.setdefault(upper, []).append(lower)
    inside, outside = _links(graph, partition)
    between = {
        upper: sum((outside[lower] for lower in lowers), Counter())
        for upper, lowers in parts.items()
    }
    whole = {upper: sum(notes[lower] for lower in lowers) for upper, lowers in parts.items()}
    radii = {upper: radius_of(sum(sizes[lower] for lower in parts[upper])) for upper in parts}
    discs = [radius + _APART + _RAGGED / radius for radius in radii.values()]
    middles = dict(zip(parts, packed(discs, _ties(between, whole)), strict=True))
    seeds: dict[str, Point] = {}
    for upper, lowers in parts.items():
        x, y = middles[upper]
        ways = {
            other: ((to_x - x) / far, (to_y - y) / far)
            for other in between[upper]
            for to_x, to_y in [middles[other]]
            for far in [hypot(to_x - x, to_y - y) / radii[upper]]
        }
        pulls = [
            [
                (ways[other], _OUTWARD * links / sqrt(notes[lower] * whole[other]))
                for other, links in outside[lower].items()
            ]
            for lower in lowers
        ]
        own = {lower: notes[lower] for lower in lowers}
        discs = [_OVERLAP * radius_of(sizes[lower]) for lower in lowers]
        points = packed(discs, _ties({lower: inside[lower] for lower in lowers}, own), pulls)
        for lower, (right, down) in zip(lowers, points, strict=True):
            seeds[lower] = x + right, y + down
    land = Land({lower: (upper, ()) for lower, upper in partition.parents.items()})
    land.grow_together(seeds, sizes, {upper: (middles[upper], radii[upper]) for upper in parts})
    return land


def _links(
    graph: NoteGraph, partition: Partition
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """The weight of the links of each lower cluster, in the order of the others' ids.

    Returns:
        That of the links with the other lower ones of its upper cluster; that of the links with
        each other upper cluster.
    """
    inside: dict[str, Counter[str]] = {lower: Counter() for lower in partition.parents}
    outside: dict[str, Counter[str]] = {lower: Counter() for lower in partition.parents}
    upper = [partition.upper.get(id_, "") for id_ in graph.ids]
    lower = [partition.lower.get(id_, "") for id_ in graph.ids]
    for place, near in enumerate(graph.adjacency):
        here = lower[place]
        for other, weight in near.items():
            if here and lower[other] and lower[other] != here:
                if upper[other] == upper[place]:
                    inside[here][lower[other]] += weight
                else:
                    outside[here][upper[other]] += weight
    return inside, outside


def _ties(
    links: Mapping[str, Mapping[str, int]], notes: Mapping[str, int]
) -> list[dict[int, float]]:
    """How strongly clusters are tied: by their links, each of which counts more for few notes."""
    numbers = {id_: number for number, id_ in enumerate(links)}
    return [
        {
            numbers[other]: weight / sqrt(notes[id_] * notes[other])
            for other, weight in sorted(tied.items())
        }
        for id_, tied in links.items()
    ]
