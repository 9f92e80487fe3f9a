"""The map of a vault: a place for every concept, found once and then kept as the notes change.

Areas of clusters come first (``areas``), then each note takes a cell of its lower cluster's area
(``seating``). Concepts without a note are at corners of cells, beside notes that mention them.
Index notes stand in rows above everything, notes that belong to no cluster in rows below.

A refresh leaves every note where it is, unless its cluster is another now. What is new takes a
free cell of its area, the nearest to the notes that it is linked with; an area that is full grows.
"""

from __future__ import annotations

from collections import Counter
from itertools import count
from math import isqrt
from typing import TYPE_CHECKING, Final
from zlib import crc32

from graphkit.questions.areas import areas_of, roomy
from graphkit.questions.colouring import hues_of
from graphkit.questions.hexagons import corner_point, mean, middle, runs_of, square
from graphkit.questions.land import Land
from graphkit.questions.marks import home_of, marks_placed
from graphkit.questions.partition import natural
from graphkit.questions.places import RIM, Places, area_of, in_order, point_of
from graphkit.questions.seating import Room, seated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphkit.questions.hexagons import Cell, Point
    from graphkit.questions.note_graph import NoteGraph
    from graphkit.questions.partition import Partition

    Mentions = Mapping[str, Sequence[str]]

_OUT_OF_LOWER: Final = 0.4
_OUT_OF_UPPER: Final = 0.15
"""What a link into another cluster of either level weighs, where one within a cluster weighs 1."""
_FOR_A_NAME: Final = 12
"""So many cells at the top of an area are left free for its name, where it has so many to spare."""
_WIDE_ENOUGH: Final = 3
"""In the uppermost row of so many cells, if there is one."""


def places_from_nothing(graph: NoteGraph, partition: Partition, mentions: Mentions) -> Places:
    """Lays out the map of a vault, whatever it was before.

    Args:
        graph: the notes and their links.
        partition: their clusters.
        mentions: for each concept without a note, the ids of the notes that link to it.

    Returns:
        The places of all notes, and of all concepts that one of them mentions.
    """
    return places_refreshed(Places(), graph, partition, mentions)


def places_refreshed(
    kept: Places, graph: NoteGraph, partition: Partition, mentions: Mentions
) -> Places:
    """Brings a map up to date, and keeps all that can be kept.

    Args:
        kept: the places as they were.
        graph: the notes and their links, as they are now.
        partition: their clusters.
        mentions: for each concept without a note, the ids of the notes that link to it.

    Returns:
        The places as they are now. A note that was there keeps its place unless its cluster, of
        either level, is another now; a concept without a note as long as it lies beside an area in
        which it is mentioned.
    """
    layout = _Layout(kept, graph, partition)
    layout.make_areas(mentions)
    layout.seat_in_new_areas()
    layout.seat_in_old_areas()
    layout.seat_at_the_rim()
    return layout.places(mentions)


class _Layout:
    """A map that is being made: whose the cells are, and who sits where."""

    def __init__(self, kept: Places, graph: NoteGraph, partition: Partition) -> None:
        self._kept = kept
        self._graph = graph
        self._partition = partition
        self._upper = [partition.upper.get(id_) for id_ in graph.ids]
        self._home = [partition.lower.get(id_, RIM) for id_ in graph.ids]
        parents = {**partition.parents, RIM: RIM}
        self._old = old = {
            id_ for id_, area in kept.areas.items() if area.parent == parents.get(id_)
        }
        self._seats: dict[int, Cell] = {}
        self._waiting: dict[str, list[int]] = {}
        for place, (id_, home) in enumerate(zip(graph.ids, self._home, strict=True)):
            cell = kept.seats.get(id_)
            if cell and home in old and kept.owner[cell] == home:
                self._seats[place] = cell
            else:
                self._waiting.setdefault(home, []).append(place)
        areas = {id_: (parents[id_], kept.areas[id_].cells) for id_ in kept.areas if id_ in old}
        rim = [cell for place, cell in self._seats.items() if self._home[place] == RIM]
        self._land = Land({**areas, RIM: (RIM, rim)})
        self._new: list[str] = [id_ for id_ in partition.parents if id_ not in old]

    def make_areas(self, mentions: Mentions) -> None:
        """Finds room for the clusters that have no area yet."""
        if not self._new:
            return
        homes = dict(zip(self._graph.ids, self._home, strict=True))
        marks = Counter(home_of(mentioned, homes) or RIM for mentioned in mentions.values())
        if not self._kept.areas:
            self._land = areas_of(self._graph, self._partition, marks)
            self._land.add(RIM, RIM)
            return
        self._new.sort(key=lambda id_: (-len(self._waiting[id_]), natural(id_)))
        for id_ in self._new:
            notes = self._waiting[id_]
            size = roomy(len(notes), marks[id_])
            self._land.settle(id_, self._partition.parents[id_], size, self._drawn_to(notes))

    def seat_in_new_areas(self) -> None:
        """Seats all notes of new areas at once."""
        rooms = [
            Room(notes, _without_spare(self._land.cells[id_], len(notes)))
            for id_, notes in ((id_, self._waiting[id_]) for id_ in self._new)
        ]
        guests = {note for room in rooms for note in room.guests}
        ties = {
            note: {
                other: self._weight(note, other) * weight
                for other, weight in self._graph.adjacency[note].items()
                if other in guests or other in self._seats
            }
            for note in guests
        }
        if rooms:
            self._seats |= seated(rooms, ties, self._seats)

    def seat_in_old_areas(self) -> None:
        """Seats notes that came into an area, beside those that they are linked with."""
        taken = set(self._seats.values())
        for id_, notes in sorted(self._waiting.items()):
            if id_ == RIM or id_ not in self._old:
                continue
            # First those that are drawn to most of what is there already.
            notes.sort(key=lambda note: (-len(self._seated_near(note)), note))
            missing = len(notes) - sum(cell not in taken for cell in self._land.cells[id_])
            if missing > 0:
                self._land.widen(id_, roomy(missing), self._drawn_to(notes), taken)
            free = [cell for cell in self._land.cells[id_] if cell not in taken]
            for note in notes:
                to = self._drawn_to([note])
                cell = min(free, key=lambda cell: (square(middle(cell), to), cell))
                self._seats[note] = cell
                taken.add(cell)
                free.remove(cell)

    def seat_at_the_rim(self) -> None:
        """Seats index notes in rows above all areas, notes of no cluster in rows below."""
        notes = self._waiting.get(RIM, [])
        aside = frozenset(self._graph.set_aside)
        rows = [row for id_, cells in self._land.cells.items() if id_ != RIM for _, row in cells]
        wide = max(max(rows, default=0) - min(rows, default=0), isqrt(len(notes))) + 1
        above = _rows(min(rows, default=0) - 2, -1, wide)
        below = _rows(max(rows, default=0) + 2, 1, wide)
        for note in notes:
            cells = above if self._graph.ids[note] in aside else below
            cell = next(cell for cell in cells if self._land.is_free(cell, RIM))
            self._land.take(RIM, cell)
            self._seats[note] = cell

    def places(self, mentions: Mentions) -> Places:
        """The map, with the concepts that have no note and with the hues of the clusters."""
        ids, kept, land = self._graph.ids, self._kept, self._land
        seats = {ids[place]: cell for place, cell in self._seats.items()}
        marks = marks_placed(land, seats, mentions, kept.corners)
        points = {
            id_: kept.points[id_] if kept.seats.get(id_) == cell else point_of(id_, cell)
            for id_, cell in seats.items()
        }
        points |= {id_: corner_point(corner) for id_, corner in marks.items()}
        changed = {*land.changed, RIM}
        areas = {
            id_: area_of(land.group[id_], cells) if id_ in changed else kept.areas[id_]
            for id_, cells in land.cells.items()
            if cells
        }
        return Places(dict(sorted(points.items())), in_order(areas), self._hues())

    def _hues(self) -> dict[str, int]:
        """The hues of all upper clusters, and of the parts of each that is split."""
        kept, land = self._kept.hues, self._land
        areas = {id_: cells for id_, cells in land.cells.items() if id_ != RIM}
        parts: dict[str, dict[str, list[Cell]]] = {}
        for id_, cells in areas.items():
            parts.setdefault(land.group[id_], {})[id_] = cells
        whole = {group: [c for cells in of.values() for c in cells] for group, of in parts.items()}
        hues = hues_of(whole, kept, {land.group[id_] for id_ in land.changed})
        for group, of in parts.items():
            if group not in of:  # it is split
                hues |= hues_of(of, kept, land.changed)
        return {id_: hues[id_] for id_ in sorted(hues, key=natural)}

    def _seated_near(self, note: int) -> list[int]:
        """The notes that one is linked with and that have a seat; those of its area, if any."""
        near = [other for other in self._graph.adjacency[note] if other in self._seats]
        return [other for other in near if self._home[other] == self._home[note]] or near

    def _drawn_to(self, notes: Sequence[int]) -> Point:
        """The point between all that some notes are linked with and that has a seat."""
        x = y = whole = 0.0
        for note in notes:
            for other in self._seated_near(note):
                weight = self._weight(note, other) * self._graph.adjacency[note][other]
                to = middle(self._seats[other])
                x, y, whole = x + weight * to[0], y + weight * to[1], whole + weight
        return (x / whole, y / whole) if whole else self._middle_of(self._home[notes[0]])

    def _middle_of(self, area: str) -> Point:
        """The middle of an area; where it has none yet, that of its group, else of the map."""
        group = self._partition.parents.get(area, area)
        cells = self._land.cells.get(area) or [
            cell
            for other, cells in self._land.cells.items()
            if self._land.group[other] == group
            for cell in cells
        ]
        return mean([middle(cell) for cell in cells])

    def _weight(self, note: int, other: int) -> float:
        """What a link between two notes weighs, besides being mutual or not."""
        if self._home[note] == self._home[other]:
            return 1.0
        return _OUT_OF_LOWER if self._upper[note] == self._upper[other] else _OUT_OF_UPPER


def _without_spare(cells: Sequence[Cell], number: int) -> list[Cell]:
    """The cells of an area to sit in at first.

    The others are left free for what comes: those at the top, where its name is written; in a large
    one, also some here and there, so that none of its notes is far from one.
    """
    spare = min(len(cells) - number, _FOR_A_NAME)
    across, _ = mean([middle(cell) for cell in cells])
    downwards = sorted(cells, key=lambda cell: (cell[1], abs(middle(cell)[0] - across), cell))
    runs = [(last[0] - first[0] + 1, first) for first, last in runs_of(cells)]
    widest = max(wide for wide, _ in runs)
    wide, (column, row) = next(run for run in runs if run[0] >= min(spare, _WIDE_ENOUGH, widest))
    begin = column + (wide - min(wide, spare)) // 2
    name = {(begin + place, row) for place in range(min(wide, spare))}
    name.update([cell for cell in downwards if cell not in name][: spare - len(name)])
    rest = [cell for cell in cells if cell not in name]
    return sorted(rest, key=lambda cell: (crc32(b"%d %d" % cell), cell))[:number]


def _rows(first: int, step: int, wide: int) -> Iterator[Cell]:
    """Cells row by row, each row from its middle outwards."""
    for row in count(first, step):
        for number in range(wide):
            yield (number + 1) // 2 * (-1 if number % 2 else 1) - row // 2, row
