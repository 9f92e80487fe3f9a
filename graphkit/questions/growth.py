"""Areas that grow from single points, all at once, until each has its cells: a map from nothing.

They are as round as their neighbours let them be, hang together and have smooth coasts. Knows
nothing of notes.
"""

from __future__ import annotations

from collections import Counter
from heapq import heappop, heappush
from math import pi, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.hexagons import CELL_AREA, WIDE, around, cell_at, middle, square

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.questions.hexagons import Cell, Point
    from graphkit.questions.land import Land

_NOTCH: Final = 4
"""A free cell with so many neighbours of one group lies in a notch of its coast."""
_LAKE: Final = 40
"""So many free cells that one group encloses are a lake, no sea."""
_TIP: Final = 2
"""A cell with so few neighbours of its group sticks out of the coast."""
_FEW: Final = 6
"""An area of fewer cells is as it is."""


class Seed(NamedTuple):
    """What an area grows from.

    Args:
        point: where it begins.
        size: how many cells it is to have.
    """

    point: Point
    size: int


class Disc(NamedTuple):
    """What all areas of a group would best fill together."""

    middle: Point
    radius: float


def radius_of(cells: int) -> float:
    """The radius of a disc with the area of so many cells."""
    return sqrt(cells * CELL_AREA / pi)


def grow_together(land: Land, seeds: Mapping[str, Seed], discs: Mapping[str, Disc]) -> None:
    """Lets areas grow that have no cells yet.

    Args:
        land: whose areas they are; nothing else is on it.
        seeds: of each area. What notches and lakes between the areas of a group bring comes on
            top.
        discs: of each group.
    """
    _fill_discs(land, seeds, discs)
    for area, seed in seeds.items():
        for _ in range(seed.size - len(land.cells[area])):
            _push_outward(land, area, seeds, discs[land.group[area]].middle)
    _fill_notches(land)
    _fill_lakes(land)
    _round_off(land, seeds)


def _fill_discs(land: Land, seeds: Mapping[str, Seed], discs: Mapping[str, Disc]) -> None:
    """Gives cells to areas, in the order in which growing discs would reach them."""
    far = {area: radius_of(seed.size) for area, seed in seeds.items()}
    front: list[tuple[float, str, Cell]] = []
    seen: set[tuple[str, Cell]] = set()

    def look_at(area: str, cell: Cell) -> None:
        if cell not in land.owner and (area, cell) not in seen:
            seen.add((area, cell))
            point, disc = middle(cell), discs[land.group[area]]
            beyond = max(0.0, _distance(point, disc.middle) - disc.radius)
            if beyond < WIDE:
                late = _distance(point, seeds[area].point) - far[area] + beyond
                heappush(front, (late, area, cell))

    for area, seed in seeds.items():
        look_at(area, cell_at(seed.point))
    while front:
        _, area, cell = heappop(front)
        if len(land.cells[area]) < seeds[area].size and land.is_free(cell, land.group[area]):
            land.take(area, cell)
            for other in around(cell):
                look_at(area, other)


def _push_outward(land: Land, area: str, seeds: Mapping[str, Seed], centre: Point) -> None:
    """Gives an area one more cell: a free one, or one of a neighbour, which gets another.

    Args:
        land: whose area it is.
        area: the area.
        seeds: of all areas.
        centre: the point that the whole group lies around.
    """
    taken_from = {area: area}
    waiting = [area]
    free: dict[Cell, str] = {}
    for here in waiting:  # grows as it is walked
        shore = (beside for mine in land.cells[here] for beside in around(mine))
        for cell in dict.fromkeys(shore):
            owner = land.owner.get(cell)
            if owner is None:
                if land.is_free(cell, land.group[here]):
                    free.setdefault(cell, here)
            elif land.group[owner] == land.group[area] and owner not in taken_from:
                taken_from[owner] = here
                waiting.append(owner)
    if not free:
        land.widen(area, 1, seeds[area].point)
        return
    cell = _nearest(free, centre)
    here = free[cell]
    land.take(here, cell)
    while here != area:
        giver, here = here, taken_from[here]
        shared = [
            cell
            for cell in land.cells[giver]
            if any(land.owner.get(other) == here for other in around(cell))
        ]
        cell = _nearest(shared, seeds[here].point)
        land.give_back(cell)
        land.take(here, cell)


def _fill_notches(land: Land) -> None:
    """Gives a group what reaches into its coasts."""
    waiting = sorted(land.owner)
    for cell in waiting:  # grows as it is walked
        for free in around(cell):
            if free not in land.owner:
                near = land.areas_around(free)
                if len(near) >= _NOTCH and len({land.group[area] for area in near}) == 1:
                    land.take(_commonest(near), free)
                    waiting.append(free)


def _fill_lakes(land: Land) -> None:
    """Gives a group the free cells that it encloses."""
    seen: set[Cell] = set()
    for cell in sorted(land.owner):
        for start in around(cell):
            if start in land.owner or start in seen:
                continue
            lake, shore = _lake(land, start)
            seen.update(lake)
            if len(lake) <= _LAKE and len({land.group[area] for area in shore}) == 1:
                land.take(_commonest(shore), *lake)


def _lake(land: Land, start: Cell) -> tuple[list[Cell], list[str]]:
    """Free cells that hang together, hardly more than a lake has, and the areas around."""
    lake, shore = [start], []
    seen = {start}
    for cell in lake:  # grows as it is walked
        shore += land.areas_around(cell)
        for other in around(cell):
            if other not in land.owner and other not in seen and len(lake) <= _LAKE:
                seen.add(other)
                lake.append(other)
    return lake, shore


def _round_off(land: Land, seeds: Mapping[str, Seed]) -> None:
    """Moves cells that stick out into bays of their area's coast, where there are any."""
    for cell in sorted(land.owner):
        area = land.owner[cell]
        if len(land.cells[area]) < _FEW or land.kin(cell, area) > _TIP:
            continue
        land.give_back(cell)
        bays = {
            bay
            for mine in land.cells[area]
            for bay in around(mine)
            if land.is_free(bay, land.group[area]) and land.kin(bay, area) > _TIP
        }
        land.take(area, _nearest(bays, seeds[area].point) if bays else cell)


def _nearest(cells: Iterable[Cell], point: Point) -> Cell:
    return min(cells, key=lambda cell: (square(middle(cell), point), cell))


def _distance(one: Point, other: Point) -> float:
    return sqrt(square(one, other))


def _commonest(areas: Iterable[str]) -> str:
    counted = Counter(areas)
    return min(counted, key=lambda area: (-counted[area], area))
