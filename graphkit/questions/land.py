"""Whose the cells of a map are: areas that keep apart from strangers, and never overlap.

Areas belong to groups. Those of one group lie beside each other; those of two groups keep a free
cell between them as long as there is room elsewhere. Knows nothing of notes.
"""

from __future__ import annotations

from heapq import heappop, heappush
from math import sqrt
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import WIDE, around, cell_at, middle, ring, square

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphkit.questions.hexagons import Cell, Point

_HELD: Final = WIDE / 4
"""So much nearer is a cell taken to be for each neighbour in the group: no area grows arms."""


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

    def add(self, area: str, group: str) -> None:
        """Makes an area known that has no cells yet."""
        self.group[area], self.cells[area] = group, []

    def settle(self, area: str, group: str, size: int, near: Point) -> None:
        """Finds room for a new area, where nobody is.

        Args:
            area: its id.
            group: the group that it belongs to.
            size: how many cells it is to have.
            near: where it would best lie.
        """
        self.add(area, group)
        tried: set[Cell] = set()
        for cell in self._free_near(near, group):
            if cell not in tried:
                room = self._room(cell, size, group)
                if len(room) == size:
                    self.take(area, *room)
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
                    self.give_back(cell)
                self.take(area, *room)
                number -= len(room)
        if number > 0:
            for cell in self._free_near(near, self.group[area]):
                self.take(area, cell)
                number -= 1
                if not number:
                    break

    def take(self, area: str, *cells: Cell) -> None:
        """Gives free cells to an area."""
        self.cells[area].extend(cells)
        self.owner.update(dict.fromkeys(cells, area))
        self.changed.add(area)

    def give_back(self, cell: Cell) -> None:
        """Takes a cell from the area that it belongs to, if it does to any."""
        if cell in self.owner:
            area = self.owner.pop(cell)
            self.cells[area].remove(cell)
            self.changed.add(area)

    def is_free(self, cell: Cell, group: str, *, apart: bool = True) -> bool:
        """Whether a cell is nobody's, and if that is wanted, touches no area of another group."""
        if cell in self.owner:
            return False
        return not apart or all(self.group[area] == group for area in self.areas_around(cell))

    def kin(self, cell: Cell, area: str) -> int:
        """How many neighbours of a cell belong to the group of an area."""
        return sum(self.group[near] == self.group[area] for near in self.areas_around(cell))

    def areas_around(self, cell: Cell) -> list[str]:
        """The areas that the cells around one belong to; those of several cells so many times."""
        owner = self.owner
        return [owner[near] for near in around(cell) if near in owner]

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
                far = sqrt(square(middle(other), near)) - _HELD * self.kin(other, area)
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
