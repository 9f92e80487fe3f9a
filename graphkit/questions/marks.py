"""Where on a map the concepts without a note lie: at corners, beside notes that mention them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from heapq import heappop, heappush
from math import sqrt
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import (
    HIGH,
    WIDE,
    cell_at,
    corner_point,
    corners,
    mean,
    middle,
    ring,
    square,
)
from graphkit.questions.places import RIM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.questions.hexagons import Cell, Corner, Point
    from graphkit.questions.land import Land

    Mentions = Mapping[str, Sequence[str]]

_OUTSIDE: Final = 0.5 * WIDE
"""So much further is a corner taken to be for each of its cells that is not of the area."""
_EMPTY: Final = 0.25 * WIDE
"""The same for each in which there is no note: names of areas are written there."""


def home_of(mentioned: Sequence[str], homes: Mapping[str, str]) -> str | None:
    """The area in which a concept is mentioned most.

    Args:
        mentioned: the notes that mention it.
        homes: the area of each note.

    Returns:
        The area, ties by id; the rim only where it is the only one, None where there is none.
    """
    counted = Counter(homes[note] for note in mentioned if note in homes)
    return min(counted, key=lambda area: (area == RIM, -counted[area], area), default=None)


def marks_placed(
    land: Land,
    seats: Mapping[str, Cell],
    mentions: Mentions,
    kept: Mapping[str, Corner],
) -> dict[str, Corner]:
    """Finds a corner for each concept that has no note.

    Args:
        land: the areas; one that has too few corners grows.
        seats: the cell of each note.
        mentions: for each concept, the notes that mention it.
        kept: the corners that concepts had.

    Returns:
        The corner of each concept that a note with a seat mentions. It stays the same as long as it
        lies beside an area in which the concept is mentioned.
    """
    homes = {note: land.owner[cell] for note, cell in seats.items()}
    found: dict[str, Corner] = {}
    waiting: dict[tuple[str, Point], list[str]] = {}
    for mark in sorted(mentions):
        areas = {homes[note] for note in mentions[mark] if note in homes}
        corner = kept.get(mark)
        if corner and not areas.isdisjoint(map(land.owner.get, corner)):
            found[mark] = corner
        elif home := home_of(mentions[mark], homes):
            near = [middle(seats[note]) for note in mentions[mark] if homes.get(note) == home]
            waiting.setdefault((home, mean(near)), []).append(mark)
    corners_ = _Corners(land, frozenset(seats.values()), set(found.values()))
    for (home, point), marks in sorted(waiting.items()):
        found.update(zip(marks, corners_.take(home, point, len(marks)), strict=True))
    return dict(sorted(found.items()))


class _Corners:
    """The corners of a land that are not taken yet."""

    def __init__(self, land: Land, seated: frozenset[Cell], taken: set[Corner]) -> None:
        self._land = land
        self._seated = seated
        self._taken = taken
        self._corners = cache(corners)

    def take(self, area: str, near: Point, number: int) -> list[Corner]:
        """Takes the corners of an area that are nearest to a point."""
        found = self._nearest(area, near, number)
        while len(found) < number:
            self._land.widen(area, number - len(found), near, self._seated)
            self._taken.difference_update(found)
            found = self._nearest(area, near, number)
        return found

    def _nearest(self, area: str, near: Point, number: int) -> list[Corner]:
        centre = cell_at(near)
        found: list[Corner] = []
        front: list[tuple[float, Corner]] = []
        seen: set[Corner] = set()
        left = len(self._land.cells[area])
        far = 0
        while len(found) < number and (left or front):
            for cell in ring(centre, far):
                if self._land.owner.get(cell) == area:
                    left -= 1
                    for corner in self._corners(cell):
                        if corner not in seen and corner not in self._taken:
                            seen.add(corner)
                            heappush(front, (self._cost(corner, area, near), corner))
            far += 1
            # What the next ring has to offer is at least as far as this.
            while front and len(found) < number and (not left or front[0][0] <= (far - 1) * HIGH):
                corner = heappop(front)[1]
                found.append(corner)
                self._taken.add(corner)
        return found

    def _cost(self, corner: Corner, area: str, near: Point) -> float:
        outside = sum(self._land.owner.get(cell) != area for cell in corner)
        empty = sum(cell not in self._seated for cell in corner)
        far = sqrt(square(corner_point(corner), near))
        return far + _OUTSIDE * outside + _EMPTY * empty
