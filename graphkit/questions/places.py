"""Where every concept of a vault lies on its map, and the areas of its clusters.

Plain data for whoever keeps it: in the index, or in a file that people see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self
from zlib import crc32

from graphkit.questions.hexagons import (
    HIGH,
    WIDE,
    by_row,
    corner_at,
    middle,
    outline,
    runs_of,
    smoothed,
)
from graphkit.questions.partition import ID, natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.questions.hexagons import Cell, Corner, Point

RIM: Final = "rim"
"""The area of what belongs to no cluster: index notes above the others, unlinked notes below."""
HUES: Final = 10
"""So many hues there are; a cluster's is told as one of the numbers from 0."""
LARGEST: Final = 37
"""Discs of such a radius, in pixels, do not overlap, whatever concepts they stand for."""
_ASIDE: Final = 14
_ABOVE: Final = 12
"""How far from the middle of its cell a note lies at most, to the side and up or down. In straight
rows, lines between notes would run through others, and over each other."""
_FAR: Final = 1_000_000_000
_MOST_CELLS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Area:
    """The area of a lower cluster.

    Args:
        parent: the id of its upper cluster, its own where that is not split.
        cells: its cells, row by row.
    """

    parent: str
    cells: tuple[Cell, ...]


class NameRoom(NamedTuple):
    """Where in an area its name can be written without covering a note, as long as there is room.

    Args:
        middle: of the room, in pixels.
        wide: how wide it is, in pixels; it is as high as a row, three lines of 40 pixels.
    """

    middle: Point
    wide: float


@dataclass(frozen=True)
class Places:
    """A map of a vault.

    Args:
        points: for each concept where it lies, in pixels of a page that is not zoomed, x to the
            right and y downwards; about (0, 0) is the middle.
        areas: those of the lower clusters by their ids, and ``rim`` for what belongs to none.
        hues: for each cluster of either level the number of its hue.
    """

    points: Mapping[str, Point] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    hues: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def owner(self) -> dict[Cell, str]:
        """The area that each cell belongs to."""
        return {cell: id_ for id_, area in self.areas.items() for cell in area.cells}

    @cached_property
    def seats(self) -> dict[str, Cell]:
        """The cells of the notes; concepts without a note are at corners and have none."""
        return {id_: cell for id_, point in self.points.items() if (cell := seat_at(point))}

    @cached_property
    def corners(self) -> dict[str, Corner]:
        """The corners of the concepts without a note."""
        return {
            id_: corner
            for id_, point in self.points.items()
            if id_ not in self.seats and (corner := corner_at(point))
        }

    def cells(self, cluster: str) -> list[Cell]:
        """The cells of a cluster of either level, or of the rim."""
        return [
            cell
            for id_, area in self.areas.items()
            if cluster in {id_, area.parent}
            for cell in area.cells
        ]

    def outline(self, cluster: str) -> list[list[Point]]:
        """The coasts of a cluster's area as smooth polygons; of lakes too."""
        return [smoothed(polygon) for polygon in outline(self.cells(cluster))]

    def name_room(self, cluster: str) -> NameRoom:
        """Where the name of a cluster can be written.

        Returns:
            The longest row of its cells that are free, of equals the uppermost; where none is
            free, the longest of all.
        """
        taken = set(self.seats.values())
        cells = self.cells(cluster)
        runs = runs_of([cell for cell in cells if cell not in taken] or cells)
        first, last = min(runs, key=lambda run: (run[0][0] - run[1][0], run[0][1], run))
        (left, y), (right, _) = middle(first), middle(last)
        return NameRoom(((left + right) / 2, y), right - left + WIDE)

    def to_dict(self) -> dict[str, Any]:
        """Plain, sorted data for JSON.

        Returns:
            ``{"hues": {cluster: number}, "areas": {lower: {"parent", "rows": [[row, first column,
            last column]…]}}, "concepts": {id: [x, y]}}``
        """
        return {
            "hues": dict(self.hues),
            "areas": {
                id_: {
                    "parent": area.parent,
                    "rows": [[first[1], first[0], last[0]] for first, last in runs_of(area.cells)],
                }
                for id_, area in self.areas.items()
            },
            "concepts": {id_: list(point) for id_, point in self.points.items()},
        }

    @classmethod
    def from_dict(cls, told: object) -> Self:
        """The places that ``to_dict`` told of.

        Args:
            told: what ``to_dict`` gave, perhaps merged by hand since.

        Raises:
            ValueError: it is not of that form, a cell belongs to two areas, or a concept lies
                outside any area or where another one is.
        """
        parts = _mapping(told, "there are no places")
        hues, areas, concepts = (
            _mapping(parts.get(key), f"there are no {key}") for key in ("hues", "areas", "concepts")
        )
        for id_, hue in hues.items():
            _check_id(id_)
            if type(hue) is not int or not 0 <= hue < HUES:
                raise ValueError(f"the hue of {id_!r} is none of 0 to {HUES - 1}: {hue!r}")
        places = cls(
            {
                id_: _point(_numbers(point, 2, f"the place of {id_!r}", int, float))
                for id_, point in sorted(concepts.items())
            },
            in_order({id_: _area(id_, area) for id_, area in areas.items()}),
            dict(sorted(hues.items(), key=lambda item: natural(item[0]))),
        )
        places._check()
        return places

    def _check(self) -> None:
        """Raises ValueError where two areas or concepts are in one place, or a concept in none."""
        cells: set[Cell] = set()
        for id_, area in self.areas.items():
            for cell in area.cells:
                if cell in cells:
                    raise ValueError(f"the cell {list(cell)} of {id_!r} comes twice")
                cells.add(cell)
        there: dict[Cell | Corner, str] = {}
        for id_ in self.points:
            seat, corner = self.seats.get(id_), self.corners.get(id_)
            spot = seat or corner
            if spot is None:
                raise ValueError(f"{id_!r} lies between the places of the map")
            if cells.isdisjoint([seat] if seat else corner or ()):
                raise ValueError(f"{id_!r} lies outside any area")
            if spot in there:
                raise ValueError(f"{there[spot]!r} and {id_!r} lie in the same place")
            there[spot] = id_


def point_of(id_: str, cell: Cell) -> Point:
    """Where in its cell a note lies: a little aside from the middle, always the same for an id."""
    x, y = middle(cell)
    chance = crc32(id_.encode("utf-8", "surrogatepass"))
    aside, chance = chance % (2 * _ASIDE + 1) - _ASIDE, chance // (2 * _ASIDE + 1)
    return x + aside, y + chance % (2 * _ABOVE + 1) - _ABOVE


def seat_at(point: Point) -> Cell | None:
    """The cell that a note at a point lies in; None where a note could not lie."""
    row = round(point[1] / HIGH)
    column = round((point[0] - WIDE // 2 * row) / WIDE)
    x, y = middle((column, row))
    near = abs(point[0] - x) <= _ASIDE and abs(point[1] - y) <= _ABOVE
    return (column, row) if near else None


def area_of(parent: str, cells: Iterable[Cell]) -> Area:
    """An area with its cells in order."""
    return Area(parent, tuple(sorted(cells, key=by_row)))


def in_order(areas: Mapping[str, Area]) -> dict[str, Area]:
    """The areas by their ids, the rim last."""
    return dict(sorted(areas.items(), key=lambda item: (item[0] == RIM, *_number(item[0]))))


def _number(id_: str) -> tuple[int, str]:
    return (0, id_) if id_ == RIM else natural(id_)


def _point(numbers: list[float]) -> Point:
    x, y = numbers
    return x, y


def _mapping(told: object, otherwise: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ValueError(otherwise)  # noqa: TRY004 - the data is wrong
    return told


def _area(id_: str, told: object) -> Area:
    area = _mapping(told, f"{id_!r} is no area")
    parent, rows = area.get("parent"), area.get("rows")
    for name in (id_, parent):
        if name != RIM:
            _check_id(name)
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"the area {id_!r} has no rows")
    what = f"a row of {id_!r}"
    cells: list[Cell] = []
    for row, first, last in (_numbers(told, 3, what, int) for told in rows):
        if not 0 <= last - first < _MOST_CELLS - len(cells):
            raise ValueError(f"{what} has no end, or is too long: {[row, first, last]}")
        cells.extend((column, row) for column in range(first, last + 1))
    return area_of(str(parent), cells)


def _check_id(told: object) -> None:
    if not (isinstance(told, str) and ID.fullmatch(told)):
        raise ValueError(f"{told!r} is no id of a cluster")


def _numbers(told: object, number: int, what: str, *kinds: type) -> list[Any]:
    """So many numbers, none of them endless or too large to count with."""
    if not (
        isinstance(told, list)
        and len(told) == number
        and all(type(value) in kinds and abs(value) < _FAR for value in told)
    ):
        raise ValueError(f"{what} is not {number} numbers: {told!r}")
    return told
