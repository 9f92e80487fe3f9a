"""The grid that a map of notes is drawn on: hexagonal cells, each with room for one note.

A cell is named by two whole numbers, its column and its row; every next row begins half a cell
further to the right. Where three cells meet lies a corner, with room for a smaller mark. Lengths
are in pixels of a page that is not zoomed, x to the right and y downwards. Knows nothing of notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

Cell = tuple[int, int]
Corner = tuple[Cell, Cell, Cell]
"""A corner is named by the three cells around it, in order."""
Point = tuple[float, float]

WIDE: Final = 160
"""From the middle of a cell to that of the next in its row: room for a line of 18 letters."""
HIGH: Final = 139
"""From row to row, so that all six cells around one are equally far: a dot, and three lines."""
_THIRD: Final = 46
"""From a row to the corners on either side of it."""
CELL_AREA: Final = WIDE * HIGH


def middle(cell: Cell) -> Point:
    """The middle of a cell."""
    column, row = cell
    return WIDE * column + WIDE // 2 * row, HIGH * row


def cell_at(point: Point) -> Cell:
    """The cell that a point lies in."""
    row = point[1] / HIGH
    column = point[0] / WIDE - row / 2
    # Of three coordinates whose sum is 0, the one that is rounded most follows from the others.
    at = round(column), round(row), round(-column - row)
    off_column, off_row = abs(at[0] - column), abs(at[1] - row)
    off_third = abs(at[2] + column + row)
    if off_column > off_row and off_column > off_third:
        return -at[1] - at[2], at[1]
    if off_row > off_third:
        return at[0], -at[0] - at[2]
    return at[0], at[1]


def around(cell: Cell) -> list[Cell]:
    """The six cells around one, clockwise from the right."""
    column, row = cell
    return [
        (column + 1, row),
        (column, row + 1),
        (column - 1, row + 1),
        (column - 1, row),
        (column, row - 1),
        (column + 1, row - 1),
    ]


def ring(centre: Cell, far: int) -> Iterator[Cell]:
    """The cells that are so many steps away from one, clockwise."""
    column, row = centre[0], centre[1] - far
    if not far:
        yield centre
    for right, down in around((0, 0)):
        for _ in range(far):
            yield column, row
            column, row = column + right, row + down


def corners(cell: Cell) -> list[Corner]:
    """The six corners of a cell."""
    column, row = cell
    return [
        _under_two(column, row),
        _under_two(column - 1, row),
        _under_two(column, row - 1),
        _over_two(column - 1, row),
        _over_two(column, row - 1),
        _over_two(column - 1, row - 1),
    ]


def corner_point(corner: Corner) -> Point:
    """Where a corner lies, in whole pixels."""
    (column, row), (other, _), _ = corner
    if column == other:
        return WIDE * column + WIDE // 2 * (row + 1), HIGH * row + _THIRD
    return WIDE * (column + 1) + WIDE // 2 * (row - 1), HIGH * row - _THIRD


def corner_at(point: Point) -> Corner | None:
    """The corner at a point; None where there is none."""
    row = round(point[1] / HIGH)
    column, aside = divmod(point[0] - WIDE // 2 * (row + 1), WIDE)
    if aside:
        return None
    if point[1] - HIGH * row == _THIRD:
        return _under_two(int(column), row)
    return _over_two(int(column), row - 1) if point[1] - HIGH * row == -_THIRD else None


def _under_two(column: int, row: int) -> Corner:
    """The corner between two cells of a row and one of the next."""
    return (column, row), (column, row + 1), (column + 1, row)


def _over_two(column: int, row: int) -> Corner:
    """The corner between one cell of a row and two of the next."""
    return (column, row + 1), (column + 1, row), (column + 1, row + 1)


def mean(points: Sequence[Point]) -> Point:
    """The point in the middle of some; (0, 0) where there are none."""
    number = len(points) or 1
    return sum(x for x, _ in points) / number, sum(y for _, y in points) / number


def square(one: Point, other: Point) -> float:
    """The squared distance between two points."""
    right, down = one[0] - other[0], one[1] - other[1]
    return right * right + down * down


def by_row(cell: Cell) -> tuple[int, int]:
    """Sorts cells as they are read: row by row, from the left."""
    return cell[1], cell[0]


def runs_of(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """The first and the last cell of each row of cells without a gap."""
    ordered = sorted(cells, key=by_row)
    first = ordered[0]
    for cell, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following != (cell[0] + 1, cell[1]):
            yield first, cell
            if following:
                first = following


def closed(cells: Iterable[Cell]) -> set[Cell]:
    """Some cells, and those between them, so that what lies near each other hangs together.

    Args:
        cells: the cells.

    Returns:
        Them and their neighbours, but for those of these that have a neighbour beyond.
    """
    mine = set(cells)
    wide = mine.union(*map(around, mine))
    return {cell for cell in wide if cell in mine or wide.issuperset(around(cell))}


def outline(cells: Collection[Cell]) -> list[list[Point]]:
    """The coasts of an area: closed polygons through the middles of its cells' outer edges.

    The outlines of two areas that share no cell do not overlap.

    Args:
        cells: the area's cells.

    Returns:
        The corners of each polygon in order, outer coasts and those of lakes.
    """
    mine = frozenset(cells)
    edges = {
        (cell, side)
        for cell in mine
        for side, beyond in enumerate(around(cell))
        if beyond not in mine
    }
    polygons = []
    for start in sorted(edges):
        polygon: list[Point] = []
        edge = start
        while edge in edges:
            edges.remove(edge)
            cell, side = edge
            beyond = around(cell)
            (x, y), (other_x, other_y) = middle(cell), middle(beyond[side])
            polygon.append(((x + other_x) / 2, (y + other_y) / 2))
            onward = (side + 1) % 6
            edge = (beyond[onward], (side - 1) % 6) if beyond[onward] in mine else (cell, onward)
        if polygon:
            polygons.append(polygon)
    return polygons


def smoothed(polygon: list[Point]) -> list[Point]:
    """A coast without its zigzag: each corner moves to the middle of it and its neighbours."""
    for _ in range(min(3, len(polygon) // 6)):
        before, after = polygon[-1:] + polygon[:-1], polygon[1:] + polygon[:1]
        polygon = [
            ((a[0] + 2 * b[0] + c[0]) / 4, (a[1] + 2 * b[1] + c[1]) / 4)
            for a, b, c in zip(before, polygon, after, strict=True)
        ]
    return polygon
