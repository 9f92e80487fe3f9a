"""Where on the map the areas of all clusters lie: those that are linked with each other are near.

Upper clusters are discs that are packed by the links between them, and within each of these its
lower clusters by theirs. Then all grow, cell by cell, into areas that touch but do not overlap.
"""

from __future__ import annotations

from collections import Counter
from math import ceil, hypot, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.growth import Disc, Seed, grow_together, radius_of
from graphkit.questions.hexagons import WIDE
from graphkit.questions.land import Land
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
    parts: dict[str, list[str]] = {}
    for lower, upper in partition.parents.items():
        parts.setdefault(upper, []).append(lower)
    notes = {id_: len(members) for id_, members in partition.members("lower").items()}
    sizes = {id_: roomy(number, marks.get(id_, 0)) for id_, number in notes.items()}
    clusters = _Clusters(parts, notes, sizes, *_links(graph, partition))
    discs = _discs(clusters)
    seeds: dict[str, Seed] = {}
    for upper in parts:
        seeds |= _seeds(clusters, upper, discs)
    land = Land({lower: (upper, ()) for lower, upper in partition.parents.items()})
    grow_together(land, seeds, discs)
    return land


class _Clusters(NamedTuple):
    """Clusters that are to have areas.

    Args:
        parts: the lower ones of each upper one.
        notes: how many notes there are in each lower one.
        sizes: how many cells it is to have.
        inside: for each lower one the weight of its links with the others of its upper one.
        outside: for each lower one the weight of its links with each other upper one.
    """

    parts: Mapping[str, list[str]]
    notes: Mapping[str, int]
    sizes: Mapping[str, int]
    inside: Mapping[str, Counter[str]]
    outside: Mapping[str, Counter[str]]

    def notes_of(self, upper: str) -> int:
        """How many notes there are in an upper cluster."""
        return sum(self.notes[lower] for lower in self.parts[upper])


def _discs(clusters: _Clusters) -> dict[str, Disc]:
    """Packs the upper clusters, by the links between them."""
    links: dict[str, Mapping[str, int]] = {}
    radii, wide = [], []
    for upper, lowers in clusters.parts.items():
        links[upper] = sum((clusters.outside[lower] for lower in lowers), Counter())
        radius = radius_of(sum(clusters.sizes[lower] for lower in lowers))
        radii.append(radius)
        wide.append(radius + _APART + _RAGGED / radius)
    notes = {upper: clusters.notes_of(upper) for upper in clusters.parts}
    points = packed(wide, _ties(links, notes))
    discs = map(Disc, points, radii)
    return dict(zip(clusters.parts, discs, strict=True))


def _seeds(clusters: _Clusters, upper: str, discs: Mapping[str, Disc]) -> dict[str, Seed]:
    """Packs the lower clusters of an upper one, drawn to the side on which their links lead out."""
    lowers = clusters.parts[upper]
    (x, y), radius = discs[upper]
    pulls: list[list[tuple[Point, float]]] = []
    for lower in lowers:
        pulls.append([])
        for other, weight in clusters.outside[lower].items():
            right, down = discs[other].middle[0] - x, discs[other].middle[1] - y
            far = hypot(right, down) / radius
            pull = weight / sqrt(clusters.notes[lower] * clusters.notes_of(other))
            pulls[-1].append(((right / far, down / far), _OUTWARD * pull))
    wide = [_OVERLAP * radius_of(clusters.sizes[lower]) for lower in lowers]
    links = {lower: clusters.inside[lower] for lower in lowers}
    points = packed(wide, _ties(links, clusters.notes), pulls)
    return {
        lower: Seed((x + right, y + down), clusters.sizes[lower])
        for lower, (right, down) in zip(lowers, points, strict=True)
    }


def _links(
    graph: NoteGraph, partition: Partition
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """What each lower cluster is linked with: ``inside`` and ``outside`` of ``_Clusters``."""
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
