"""Discs put close together so that none overlaps another and those that are tied are near.

Each disc is put where it touches two that lie already, at the place that is nearest to those it is
tied with and to the middle; then each is taken out once more and put where it is now best. So a
heap of discs is compact, and round. Of very many, the smallest are put around the others. Knows
nothing of notes.
"""

from __future__ import annotations

from itertools import count
from math import ceil, floor, hypot, sqrt
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import WIDE, cell_at, middle, ring
from graphkit.questions.seating import Room, seated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.questions.hexagons import Cell, Point

    Ties = Sequence[Mapping[int, float]]
    Pulls = Sequence[Sequence[tuple[Point, float]]]
    Disc = tuple[float, float, float]

_CLOSELY: Final = 40
"""So many discs, the largest, are put closely together, at a cost that grows with their cube."""
_AGAIN: Final = 3
"""How often each of them is put anew."""
_TO_THE_MIDDLE: Final = 1.0
"""How much the middle pulls, where all ties of a disc together pull with 1."""
_SLACK: Final = 1e-6
_TURN: Final = (sqrt(3) / 2, 0.5)
"""A twelfth of a turn: its cosine and its sine."""


def packed(radii: Sequence[float], ties: Ties, pulls: Pulls | None = None) -> list[Point]:
    """Puts discs close together.

    Args:
        radii: of each disc, above 0.
        ties: for each, how strongly it is tied with others, by their numbers; the same both ways.
        pulls: for each, points outside that it is drawn to, and how strongly; none without it.

    Returns:
        The middle of each; all together they lie around (0, 0).
    """
    if len(radii) == 1:
        return [(0.0, 0.0)]
    heap = _Heap(radii, ties, pulls or [()] * len(radii))
    ordered = sorted(range(len(radii)), key=lambda disc: (-radii[disc], disc))
    closely, rest = ordered[:_CLOSELY], ordered[_CLOSELY:]
    waiting = set(closely)
    while waiting:
        disc = min(waiting, key=lambda disc: (-heap.tied(disc), -radii[disc], disc))
        waiting.remove(disc)
        heap.at[disc] = heap.best(disc)
    for _ in range(_AGAIN):
        heap.centre()
        if not heap.put_anew(closely[::-1]):
            break
    heap.centre()
    _put_around(heap, rest)
    return [heap.at[disc] for disc in range(len(radii))]


class _Heap:
    """Discs, those of them in ``at`` at their places."""

    def __init__(self, radii: Sequence[float], ties: Ties, pulls: Pulls) -> None:
        self.at: dict[int, Point] = {}
        self.radii = radii
        self._ties = ties
        self._pulls = pulls
        self._all = [
            sum(tied.values()) + sum(pull for _, pull in pulled) or 1.0
            for tied, pulled in zip(ties, pulls, strict=True)
        ]

    def tied(self, disc: int) -> float:
        """How strongly a disc is tied with those that lie already."""
        return sum(tie for other, tie in self._ties[disc].items() if other in self.at)

    def ties_among(self, discs: Sequence[int]) -> dict[int, dict[int, float]]:
        """How strongly some discs are tied with each other and with those that lie already."""
        there = {*discs, *self.at}
        return {
            disc: {other: tie for other, tie in self._ties[disc].items() if other in there}
            for disc in discs
        }

    def best(self, disc: int) -> Point:
        """The best of the points at which a disc touches two others, or the only one."""
        return min(self._beside(disc), key=lambda point: (round(self._cost(disc, point), 6), point))

    def put_anew(self, discs: Iterable[int]) -> bool:
        """Takes discs out, one after the other, and puts each where it is best.

        Returns:
            Whether any of them lies elsewhere now.
        """
        moved = False
        for disc in discs:
            old = self.at.pop(disc)
            new = self.best(disc)
            better = self._cost(disc, new) < self._cost(disc, old) - self.radii[disc] / 1000
            self.at[disc] = new if better else old
            moved = moved or better
        return moved

    def centre(self) -> None:
        """Moves all discs so that the middle of their area is (0, 0)."""
        weights = [(self.radii[disc] ** 2, point) for disc, point in self.at.items()]
        whole = sum(weight for weight, _ in weights)
        if whole:
            x = sum(weight * point[0] for weight, point in weights) / whole
            y = sum(weight * point[1] for weight, point in weights) / whole
            self.at = {disc: (at[0] - x, at[1] - y) for disc, at in self.at.items()}

    def _cost(self, disc: int, point: Point) -> float:
        x, y = point
        far = sum(pull * hypot(a - x, b - y) for (a, b), pull in self._pulls[disc])
        for other, tie in self._ties[disc].items():
            if other in self.at:
                a, b = self.at[other]
                far += tie * hypot(a - x, b - y)
        return far / self._all[disc] + _TO_THE_MIDDLE * hypot(x, y)

    def _beside(self, disc: int) -> Iterator[Point]:
        """Where a disc touches two others and overlaps none."""
        radius = self.radii[disc]
        there = [(x, y, self.radii[other] + radius) for other, (x, y) in self.at.items()]
        if len(there) < 2:  # noqa: PLR2004 - two are touched from there on
            x, y, far = there[0] if there else (0.0, 0.0, 0.0)
            right, down = 1.0, 0.0
            for _ in range(12):
                yield x + far * right, y + far * down
                right, down = _turned((right, down), _TURN)
            return
        for number, one in enumerate(there):
            for other in there[:number]:
                for x, y in _crossings(one, other):
                    if all(
                        (x - a) * (x - a) + (y - b) * (y - b) >= far * far - _SLACK
                        for a, b, far in there
                    ):
                        yield x, y


def _crossings(one: Disc, other: Disc) -> Iterator[Point]:
    """Where the rims of two discs cross."""
    (x, y, radius), (other_x, other_y, other_radius) = one, other
    right, down = other_x - x, other_y - y
    square = right * right + down * down
    if square > (radius + other_radius) ** 2:
        return
    along = (square + radius * radius - other_radius * other_radius) / (2 * square)
    aside = radius * radius / square - along * along
    if aside < 0:
        return
    aside = sqrt(aside)
    for side in (aside, -aside):
        yield x + right * along - down * side, y + down * along + right * side


def _turned(way: Point, by: Point) -> Point:
    return way[0] * by[0] - way[1] * by[1], way[0] * by[1] + way[1] * by[0]


def _put_around(heap: _Heap, discs: Sequence[int]) -> None:
    """Puts discs outside of those that lie already: those of about a size in one grid."""
    if not discs:
        return
    taken = _Taken(2 * heap.radii[discs[0]])
    for disc, (x, y) in heap.at.items():
        taken.add((x, y, heap.radii[disc]))
    left = list(discs)
    while left:
        radius = heap.radii[left[0]]
        tier = [disc for disc in left if heap.radii[disc] > radius / 2]
        left = left[len(tier) :]
        scale = 2 * radius / WIDE

        def lies(cell: Cell, scale: float = scale) -> Point:
            x, y = middle(cell)
            return x * scale, y * scale

        free: list[Cell] = []
        for far in count():
            if len(free) >= len(tier):
                break
            free.extend(
                cell for cell in ring((0, 0), far) if not taken.overlaps((*lies(cell), radius))
            )
        others = {disc: cell_at((x / scale, y / scale)) for disc, (x, y) in heap.at.items()}
        cells = seated([Room(tier, free)], heap.ties_among(tier), others)
        for disc in tier:
            heap.at[disc] = lies(cells[disc])
            taken.add((*heap.at[disc], heap.radii[disc]))


class _Taken:
    """Discs, found by where they lie.

    Args:
        wide: of the squares that they are kept by.
    """

    def __init__(self, wide: float) -> None:
        self._wide = wide
        self._squares: dict[tuple[int, int], list[Disc]] = {}

    def add(self, disc: Disc) -> None:
        """Takes a disc in."""
        for square in self._under(disc):
            self._squares.setdefault(square, []).append(disc)

    def overlaps(self, disc: Disc) -> bool:
        """Whether a disc overlaps any that is there."""
        x, y, radius = disc
        return any(
            (x - a) ** 2 + (y - b) ** 2 < (radius + other) ** 2 - _SLACK
            for square in self._under(disc)
            for a, b, other in self._squares.get(square, ())
        )

    def _under(self, disc: Disc) -> Iterator[tuple[int, int]]:
        x, y, radius = disc
        for column in range(floor((x - radius) / self._wide), ceil((x + radius) / self._wide)):
            for row in range(floor((y - radius) / self._wide), ceil((y + radius) / self._wide)):
                yield column, row
