"""The graph that communities are found in: notes, and how they are linked with each other.

Undirected: a link in one direction weighs 1, links in both weigh 2. Membership links do not
count, nor does what has no note. Index notes, which are linked with everything, are set aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Self

from graphkit.cycles import no_looking_for_cycles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graphkit.questions.leiden import Adjacency
    from graphkit.stores.base import GraphStore

_FEW: Final = 25
"""A note with so few neighbours is no index note, whatever folder it is in."""


@dataclass(frozen=True)
class NoteGraph:
    """Notes and their links.

    Args:
        ids: all notes, in order.
        adjacency: for each of them, its neighbours by their places in ``ids``, in order, each
            with its weight, 1 or 2.
        set_aside: the index notes, in order, which have no neighbours here.
    """

    ids: tuple[str, ...]
    adjacency: Sequence[dict[int, int]]
    set_aside: tuple[str, ...] = ()

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each note in ``ids``."""
        return {id_: place for place, id_ in enumerate(self.ids)}

    @property
    def pairs(self) -> int:
        """How many pairs of notes are linked."""
        return sum(map(len, self.adjacency)) // 2

    def pairs_of(self, places: Sequence[int]) -> tuple[int, int]:
        """How many linked pairs there are within some notes, and of one of them and another."""
        some = set(places)
        ends = [other in some for place in places for other in self.adjacency[place]]
        return sum(ends) // 2, len(ends) - sum(ends)

    def within(self, places: Sequence[int]) -> Adjacency:
        """The graph of some notes alone, which are numbered in the order in which they come."""
        numbers = {place: number for number, place in enumerate(places)}
        return [
            {numbers[other]: weight for other, weight in near.items() if other in numbers}
            for near in (self.adjacency[place] for place in places)
        ]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, from which ``from_dict`` makes the same graph."""
        return {
            "ids": list(self.ids),
            "near": [list(near) for near in self.adjacency],
            "weights": ["".join(map(str, near.values())) for near in self.adjacency],
            "set_aside": list(self.set_aside),
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Self:
        """The graph that ``to_dict`` told of."""
        adjacency = [
            dict(zip(near, map(int, weights), strict=True))
            for near, weights in zip(told["near"], told["weights"], strict=True)
        ]
        return cls(tuple(told["ids"]), adjacency, tuple(told["set_aside"]))


@no_looking_for_cycles()
def note_graph(store: GraphStore) -> NoteGraph:
    """Reads the graph of notes, whole.

    Args:
        store: any store of the graph.
    """
    notes, targets = store.linked_places()
    set_aside = tuple(note.id for note in store.index_notes())
    index_notes = frozenset(set_aside)
    aside = {place for place, id_ in enumerate(notes) if id_ in index_notes}
    targets = [set() if place in aside else linked - aside for place, linked in enumerate(targets)]
    sources: list[list[int]] = [[] for _ in notes]
    for place, linked in enumerate(targets):
        for other in linked:
            sources[other].append(place)
    adjacency: list[dict[int, int]] = []
    for mine, theirs in zip(targets, sources, strict=True):
        near: dict[int, int] = {}
        for other in sorted((*mine, *theirs)):
            near[other] = 2 if other in near else 1
        adjacency.append(near)
    return NoteGraph(tuple(notes), adjacency, set_aside)


def graph_of(
    ids: Iterable[str], pairs: Iterable[tuple[str, str]], set_aside: Collection[str] = ()
) -> NoteGraph:
    """The graph of some notes and pairs of which the first links to the second.

    Args:
        ids: the notes.
        pairs: their links; what is of other notes, or of a note with itself, is left out.
        set_aside: notes whose links are left out.
    """
    aside = frozenset(set_aside)
    kept = sorted(set(ids))
    places = {id_: place for place, id_ in enumerate(kept)}
    adjacency: list[dict[int, int]] = [{} for _ in kept]
    for source, target in sorted(set(pairs)):
        one, other = places.get(source), places.get(target)
        if one is None or other is None or one == other:
            continue
        if source not in aside and target not in aside:
            adjacency[one][other] = adjacency[other][one] = adjacency[one].get(other, 0) + 1
    rows = [dict(sorted(near.items())) for near in adjacency]
    return NoteGraph(tuple(kept), rows, tuple(sorted(aside)))


def graph_after(store: GraphStore, before: NoteGraph, changed: Collection[str]) -> NoteGraph:
    """Reads only what has changed since a graph was read, and gives the graph as it is now.

    Args:
        store: any store of the graph.
        before: the graph as it was read.
        changed: ids of all notes that came or went, and of one note at least of each pair that
            has been linked, or is linked no more; ids that are no note's, and those of notes
            that did not change, do no harm.

    Returns:
        What ``note_graph`` would read. The rows of unchanged notes are the very same objects
        while no note came or went.
    """
    near_before = dict(zip(before.ids, before.adjacency, strict=True))
    asked = {*changed, *before.set_aside}
    asked.update(id_ for id_, near in near_before.items() if len(near) > _FEW)
    now = {note.id for note in store.index_notes(asked)}
    moved = now.symmetric_difference(before.set_aside)
    new = {*changed, *moved}
    notes = {id_ for id_, concept in store.concepts(new).items() if concept.note}
    pairs = [pair for pair in store.linked_notes(notes - now) if now.isdisjoint(pair)]
    return _with_other_rows(before, new, notes, pairs, tuple(sorted(now)))


def _with_other_rows(
    before: NoteGraph,
    changed: Collection[str],
    notes: set[str],
    pairs: Iterable[tuple[str, str]],
    set_aside: tuple[str, ...],
) -> NoteGraph:
    """A graph in which some notes have other links.

    Args:
        before: the graph as it was.
        changed: the notes whose links are taken away.
        notes: those of them that are there now.
        pairs: their links, as they are now.
        set_aside: the index notes.
    """
    adjacency = list(before.adjacency)
    places = {id_: place for place, id_ in enumerate(before.ids)}
    own: set[int] = set()
    """The rows that have been copied."""

    def row(place: int) -> dict[int, int]:
        if place not in own:
            own.add(place)
            adjacency[place] = dict(adjacency[place])
        return adjacency[place]

    for place in sorted(places[id_] for id_ in changed if id_ in places):
        for other in list(adjacency[place]):
            del row(other)[place]
        own.add(place)
        adjacency[place] = {}
    ids = before.ids
    gone = {id_ for id_ in changed if id_ in places} - notes
    if gone or not notes <= places.keys():
        ids = tuple(sorted((places.keys() - gone) | notes))
        moved = {places[id_]: place for place, id_ in enumerate(ids) if id_ in places}
        adjacency = [
            {moved[other]: weight for other, weight in adjacency[places[id_]].items()}
            if id_ in places
            else {}
            for id_ in ids
        ]
        places = {id_: place for place, id_ in enumerate(ids)}
        own = set(range(len(ids)))
    touched: set[int] = set()
    for one, other in ((places[one], places[other]) for one, other in pairs):
        weight = row(one).get(other, 0) + 1
        row(one)[other] = row(other)[one] = weight
        touched.update((one, other))
    for place in touched:
        adjacency[place] = dict(sorted(adjacency[place].items()))
    return NoteGraph(ids, adjacency, set_aside)
