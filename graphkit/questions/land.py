"""Whose the cells of a map are: areas that grow, keep apart from strangers, and never overlap.

Areas belong to groups. Those of one group lie beside each other; those of two groups keep a free
cell between them as long as there is room elsewhere. Knows nothing of notes.
"""

from __future__ import annotations

from collections import Counter
from heapq import heappop, heappush
from math import pi, sqrt
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import CELL_AREA, WIDE, around, cell_at, middle, ring, square

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphkit.questions.hexagons import Cell, Point

_NOTCH: Final = 4
"""A free cell with so many neighbours of one group lies in a notch of its coast."""
_LAKE: Final = 40
"""So many free cells that one group encloses are a lake, no sea."""
_TIP: Final = 2
"""A cell with so few neighbours of its group sticks out of the coast."""
_HELD: Final = WIDE / 4
"""So much nearer is a cell taken to be for each neighbour in the group: no area grows arms."""
_FEW: Final = 6
"""An area of fewer cells is as it is."""


def radius_of(cells: int) -> float:
    """The radius of a disc with the area of so many cells."""
    return sqrt(cells * CELL_AREA / pi)


class Land:
    """The cells of a map, and the areas that they belong to.

    Args:
        areas: the group of each area, and its cells.
    """

    def __init__(self, areas: Mapping[str, tuple[str, Iterable[Cell]]]) -> None:
        self.group = {area: group for area, (group, _) in areas.items()}
        self.cells: dict[str, list[Cell]] = {area: list(mine) for area, (_, mine) in areas.items()}
        self.owner = {cell: area for area, mine in self.cells.items() for cell in mine}
        self.changed: set[str] = set()
        """The areas that have got or lost a cell."""

    def grow_together(
        self,
        seeds: Mapping[str, Point],
        sizes: Mapping[str, int],
        discs: Mapping[str, tuple[Point, float]],
    ) -> None:
        """Lets areas that have no cells yet grow from single points, all at once.

        Args:
            seeds: where each begins.
            sizes: how many cells it is to have; notches and lakes between the areas of its group
                come on top.
            discs: the disc that each group would best fill: its middle and its radius.
        """
        far = {area: radius_of(size) for area, size in sizes.items()}
        front: list[tuple[float, str, Cell]] = []
        seen: set[tuple[str, Cell]] = set()

        def look_at(area: str, cell: Cell) -> None:
            if cell not in self.owner and (area, cell) not in seen:
                seen.add((area, cell))
                point, (centre, radius) = middle(cell), discs[self.group[area]]
                beyond = max(0.0, sqrt(square(point, centre)) - radius)
                if beyond < WIDE:
                    distance = sqrt(square(point, seeds[area]))
                    heappush(front, (distance - far[area] + beyond, area, cell))

        for area, seed in seeds.items():
            look_at(area, cell_at(seed))
        while front:
            _, area, cell = heappop(front)
            if len(self.cells[area]) < sizes[area] and self.is_free(cell, self.group[area]):
                self._take(area, cell)
                for other in around(cell):
                    look_at(area, other)
        for area, size in sizes.items():
            for _ in range(size - len(self.cells[area])):
                self._push_outward(area, seeds, discs[self.group[area]][0])
        self._fill_notches()
        self._fill_lakes()
        self._round_off(seeds)

    def settle(self, area: str, group: str, size: int, near: Point) -> None:
        """Finds room for a new area, where nobody is.

        Args:
            area: its id.
            group: the group that it belongs to.
            size: how many cells it is to have.
            near: where it would best lie.
        """
        self.group[area] = group
        self.cells[area] = []
        tried: set[Cell] = set()
        for cell in self._free_near(near, group):
            if cell not in tried:
                room = self._room(cell, size, group)
                if len(room) == size:
                    self._take(area, *room)
                    return
                tried.update(room)

    def widen(self, area: str, number: int, near: Point, held: Collection[Cell] = ()) -> None:
        """Gives an area more cells: free ones around it, else spare ones of its group, else apart.

        Args:
            area: the area.
            number: how many cells it is to get.
            near: where they would best lie.
            held: cells that no area gives away; without them, none gives away any.
        """
        for apart in (True, False):
            if number > 0:
                room = self._beside(area, number, near, held, apart=apart)
                for cell in room:
                    self._free(cell)
                self._take(area, *room)
                number -= len(room)
        if number > 0:
            for cell in self._free_near(near, self.group[area]):
                self._take(area, cell)
                number -= 1
                if not number:
                    break

    def claim(self, area: str, group: str, cell: Cell) -> None:
        """Gives a free cell to an area, which may be a new one."""
        self.group[area] = group
        self.cells.setdefault(area, [])
        self._take(area, cell)

    def is_free(self, cell: Cell, group: str, *, apart: bool = True) -> bool:
        """Whether a cell is nobody's, and if that is wanted, touches no area of another group."""
        if cell in self.owner:
            return False
        return not apart or all(self.group[area] == group for area in self._areas_around(cell))

    def _take(self, area: str, *cells: Cell) -> None:
        self.cells[area].extend(cells)
        self.owner.update(dict.fromkeys(cells, area))
        self.changed.add(area)

    def _free(self, cell: Cell) -> None:
        if cell in self.owner:
            area = self.owner.pop(cell)
            self.cells[area].remove(cell)
            self.changed.add(area)

    def _free_near(self, near: Point, group: str) -> Iterator[Cell]:
        """Cells in which a group could begin, the nearest first."""
        centre, far = cell_at(near), 0
        while True:
            for cell in ring(centre, far):
                if self.is_free(cell, group):
                    yield cell
            far += 1

    def _room(self, start: Cell, size: int, group: str) -> list[Cell]:
        """Free cells around one that hang together, the nearest ones, at most so many."""
        found: list[Cell] = []
        front = [(0.0, start)]
        seen = {start}
        while front and len(found) < size:
            _, cell = heappop(front)
            found.append(cell)
            for other in around(cell):
                if other not in seen and self.is_free(other, group):
                    seen.add(other)
                    heappush(front, (square(middle(other), middle(start)), other))
        return found

    def _beside(
        self, area: str, number: int, near: Point, held: Collection[Cell], *, apart: bool
    ) -> list[Cell]:
        """Cells around an area that it could have, the nearest to a point first."""
        group = self.group[area]
        found: list[Cell] = []
        front: list[tuple[float, Cell]] = []
        seen: set[Cell] = set()

        def look_around(cell: Cell) -> None:
            for other in around(cell):
                if other in seen:
                    continue
                seen.add(other)
                owner = self.owner.get(other)
                far = sqrt(square(middle(other), near)) - _HELD * self._kin(other, area)
                if owner is None:
                    if self.is_free(other, group, apart=apart):
                        heappush(front, (far, other))
                elif held and owner != area and self.group[owner] == group and other not in held:
                    heappush(front, (far + WIDE, other))

        for cell in self.cells[area]:
            look_around(cell)
        while front and len(found) < number:
            _, cell = heappop(front)
            found.append(cell)
            look_around(cell)
        return found

    def _push_outward(self, area: str, seeds: Mapping[str, Point], centre: Point) -> None:
        """Gives an area one more cell: a free one, or one of a neighbour, which gets another.

        Args:
            area: the area.
            seeds: the point that each area lies around.
            centre: the point that the whole group lies around.
        """
        taken_from = {area: area}
        waiting = [area]
        free: dict[Cell, str] = {}
        for here in waiting:  # grows as it is walked
            shore = (beside for mine in self.cells[here] for beside in around(mine))
            for cell in dict.fromkeys(shore):
                owner = self.owner.get(cell)
                if owner is None:
                    if self.is_free(cell, self.group[here]):
                        free.setdefault(cell, here)
                elif self.group[owner] == self.group[area] and owner not in taken_from:
                    taken_from[owner] = here
                    waiting.append(owner)
        if not free:
            self.widen(area, 1, seeds[area])
            return
        cell = min(free, key=lambda cell: (square(middle(cell), centre), cell))
        here = free[cell]
        self._take(here, cell)
        while here != area:
            giver, here = here, taken_from[here]
            seed = seeds[here]
            shared = [
                cell
                for cell in self.cells[giver]
                if any(self.owner.get(other) == here for other in around(cell))
            ]
            cell = min(shared, key=lambda cell: (square(middle(cell), seed), cell))
            self._free(cell)
            self._take(here, cell)

    def _fill_notches(self) -> None:
        """Gives a group what reaches into its coasts."""
        waiting = sorted(self.owner)
        for cell in waiting:  # grows as it is walked
            for free in around(cell):
                if free not in self.owner:
                    near = self._areas_around(free)
                    if len(near) >= _NOTCH and len({self.group[area] for area in near}) == 1:
                        self._take(_commonest(near), free)
                        waiting.append(free)

    def _fill_lakes(self) -> None:
        """Gives a group the free cells that it encloses."""
        seen: set[Cell] = set()
        for cell in sorted(self.owner):
            for start in around(cell):
                if start in self.owner or start in seen:
                    continue
                lake, shore = self._lake(start)
                seen.update(lake)
                if len(lake) <= _LAKE and len({self.group[area] for area in shore}) == 1:
                    self._take(_commonest(shore), *lake)

    def _lake(self, start: Cell) -> tuple[list[Cell], list[str]]:
        """Free cells that hang together, hardly more than a lake has, and the areas around."""
        lake, shore = [start], []
        seen = {start}
        for cell in lake:  # grows as it is walked
            for other in around(cell):
                if other in self.owner:
                    shore.append(self.owner[other])
                elif other not in seen and len(lake) <= _LAKE:
                    seen.add(other)
                    lake.append(other)
        return lake, shore

    def _round_off(self, seeds: Mapping[str, Point]) -> None:
        """Moves cells that stick out to bays, the nearest to the area's seed, where there are."""
        for cell in sorted(self.owner):
            area = self.owner[cell]
            if len(self.cells[area]) < _FEW or self._kin(cell, area) > _TIP:
                continue
            self._free(cell)
            bays = {
                bay
                for mine in self.cells[area]
                for bay in around(mine)
                if self.is_free(bay, self.group[area]) and self._kin(bay, area) > _TIP
            }
            seed = seeds[area]
            self._take(
                area, min(bays, key=lambda bay: (square(middle(bay), seed), bay), default=cell)
            )

    def _kin(self, cell: Cell, area: str) -> int:
        """How many neighbours of a cell belong to the group of an area."""
        return sum(self.group[near] == self.group[area] for near in self._areas_around(cell))

    def _areas_around(self, cell: Cell) -> list[str]:
        """The areas that the cells around one belong to; those of several cells so many times."""
        owner = self.owner
        return [owner[near] for near in around(cell) if near in owner]


def _commonest(areas: Iterable[str]) -> str:
    counted = Counter(areas)
    return min(counted, key=lambda area: (-counted[area], area))
