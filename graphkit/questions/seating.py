"""Who sits where: each of many guests gets a cell of its room, near those that it is tied with.

First all guests of a room are put in order, again and again: each is drawn to the middle of those
it is tied with; the guests are halved, left from right or top from bottom, and halved again, and
take the cells that are halved in the same way. Then single guests change places, or take a free
cell, as long as that brings together what is tied. What is tied with many comes to the middle.

The measure is the sum of all squared distances, each times the strength of its tie: then all that
counts for a guest is how far it is from the middle of its neighbours. Knows nothing of notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.hexagons import around, cell_at, mean, middle, square

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.questions.hexagons import Cell, Point

    Ties = Mapping[int, Mapping[int, float]]

_ORDERED: Final = 6
"""How often all guests are put in order."""
_SWEEPS: Final = 8
"""How often each may change its place then, at the most."""
_SLACK: Final = 1e-6
_NOBODY: Final = -1


class Room(NamedTuple):
    """Guests, and at least as many cells."""

    guests: list[int]
    cells: list[Cell]


def seated(
    rooms: Sequence[Room], ties: Ties, others: Mapping[int, Cell] | None = None
) -> dict[int, Cell]:
    """Gives each guest a cell of its own.

    Args:
        rooms: no guest and no cell comes twice.
        ties: for each guest, how strongly it is tied with others, by their numbers from 0; between
            two guests, the same both ways.
        others: the cells of those that are no guests.

    Returns:
        The cell of each guest.
    """
    seats = _Seats(rooms, ties, others or {})
    for _ in range(_ORDERED):
        seats.put_in_order()
    seats.draw()
    for _ in range(_SWEEPS):
        if not seats.sweep():
            break
    return seats.cell


class _Seats:
    """Guests at their cells.

    Where each guest is drawn to, the middle of what it is tied with, is kept in step with every
    move.
    """

    def __init__(self, rooms: Sequence[Room], ties: Ties, others: Mapping[int, Cell]) -> None:
        self.cell: dict[int, Cell] = {}
        self._ties = ties
        self._pull = {guest: sum(ties[guest].values()) for room in rooms for guest in room.guests}
        self._drawn: dict[int, Point] = {}
        self._at = {other: middle(cell) for other, cell in others.items()}
        self._middle = {cell: middle(cell) for room in rooms for cell in room.cells}
        self._stirred = set(self._pull)
        self._rooms: list[Room] = []
        for room in rooms:
            known = frozenset(room.guests)
            inside = {
                guest: sum(tie for near, tie in ties[guest].items() if near in known)
                for guest in room.guests
            }
            guests = sorted(room.guests, key=lambda guest: (-inside[guest], guest))
            self._rooms.append(Room(guests, self._from_the_middle(room.cells)))
            for guest, cell in zip(*self._rooms[-1], strict=False):
                self._put(guest, cell)

    def draw(self) -> None:
        """Works out where each guest is drawn to."""
        at, drawn = self._at, self._drawn
        for guest, pull in self._pull.items():
            x = y = 0.0
            for other, tie in self._ties[guest].items():
                other_x, other_y = at[other]
                x += tie * other_x
                y += tie * other_y
            drawn[guest] = (x / pull, y / pull) if pull else at[guest]

    def put_in_order(self) -> None:
        """Gives all guests cells in the order of the points that they are drawn to."""
        self.draw()
        for guests, cells in self._rooms:
            self._halve(guests, cells[: len(guests)])

    def sweep(self) -> bool:
        """Lets guests go where it is better for all: those for whom something has changed.

        Returns:
            Whether any did.
        """
        moved = False
        for guests, cells in self._rooms:
            who = dict.fromkeys(cells, _NOBODY)
            who.update((self.cell[guest], guest) for guest in guests)
            for guest in guests:
                if guest in self._stirred:
                    self._stirred.discard(guest)
                    cell = self._better(guest, who)
                    if cell is not None:
                        self._change(guest, cell, who)
                        moved = True
        return moved

    def _from_the_middle(self, cells: Sequence[Cell]) -> list[Cell]:
        centre = mean([self._middle[cell] for cell in cells])
        return sorted(cells, key=lambda cell: (square(self._middle[cell], centre), cell))

    def _put(self, guest: int, cell: Cell) -> None:
        self.cell[guest] = cell
        self._at[guest] = self._middle[cell]

    def _halve(self, guests: Sequence[int], cells: Sequence[Cell]) -> None:
        if len(guests) == 1:
            self._put(guests[0], cells[0])
            return
        middles, drawn = self._middle, self._drawn
        across = [middles[cell][0] for cell in cells]
        down = [middles[cell][1] for cell in cells]
        axis = int(max(across) - min(across) < max(down) - min(down))
        guests = sorted(guests, key=lambda guest: (drawn[guest][axis], guest))
        cells = sorted(cells, key=lambda cell: (middles[cell][axis], cell))
        half = len(guests) // 2
        self._halve(guests[:half], cells[:half])
        self._halve(guests[half:], cells[half:])

    def _better(self, guest: int, who: Mapping[Cell, int]) -> Cell | None:
        """The best place for a guest: near where it is drawn to, or a step from where it is."""
        pull, drawn, ties = self._pull, self._drawn, self._ties[guest]
        (x, y), (to_x, to_y) = self._at[guest], drawn[guest]
        mine = pull[guest]
        cost = mine * ((x - to_x) ** 2 + (y - to_y) ** 2)
        best, least = None, -_SLACK
        towards = cell_at((to_x, to_y))
        for cell in (towards, *around(towards), *around(self.cell[guest])):
            other = who.get(cell)
            if other is None or other == guest:
                continue
            new_x, new_y = self._middle[cell]
            change = mine * ((new_x - to_x) ** 2 + (new_y - to_y) ** 2) - cost
            if other != _NOBODY:
                a, b = drawn[other]
                back = (x - a) ** 2 + (y - b) ** 2 - (new_x - a) ** 2 - (new_y - b) ** 2
                change += pull[other] * back
                if other in ties:  # these two stay as far apart as they are
                    change += 2 * ties[other] * ((x - new_x) ** 2 + (y - new_y) ** 2)
            if change < least:
                best, least = cell, change
        return best

    def _change(self, guest: int, cell: Cell, who: dict[Cell, int]) -> None:
        """Puts a guest elsewhere; who sits there takes its place."""
        old, other = self.cell[guest], who[cell]
        for moved, to in ((guest, cell), (other, old)):
            who[to] = moved
            if moved != _NOBODY:
                self._pull_along(moved, self._middle[to])
                self._put(moved, to)
                self._stirred.add(moved)

    def _pull_along(self, guest: int, to: Point) -> None:
        """Keeps in step where the neighbours of a guest that moves are drawn to."""
        right, down = to[0] - self._at[guest][0], to[1] - self._at[guest][1]
        for other, tie in self._ties[guest].items():
            if other in self._pull:
                x, y = self._drawn[other]
                share = tie / self._pull[other]
                self._drawn[other] = x + share * right, y + share * down
                self._stirred.add(other)
