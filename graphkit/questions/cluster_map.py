"""Where the notes of one cluster lie, in which areas, and in which direction the others lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from graphkit.questions.bridges import bridges_around, bridges_of
from graphkit.questions.clustering import clustering
from graphkit.questions.hexagons import middle, outline
from graphkit.questions.layout import places_from_nothing
from graphkit.questions.note_graph import NoteGraph
from graphkit.questions.partition import Partition, natural
from graphkit.questions.places import RIM, Places
from graphkit.questions.placing import placing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.questions.clustering import Clustering
    from graphkit.questions.hexagons import Point
    from graphkit.stores.base import GraphStore
    from graphkit.topics import Bridge, ClusterCard

_BRIDGES: Final = 60
"""The best ones of a cluster, of which each other cluster has its own."""
_OF_ANOTHER: Final = 4
_OTHERS: Final = 10
_SMALL: Final = 0.04
"""Around a word, a cluster with a smaller share of the notes is none of its topics."""
_MOST_AREAS: Final = 9
_REST: Final = "of other topics"


@dataclass(frozen=True, slots=True)
class MapArea:
    """A part of a cluster's map.

    Args:
        id: of the cluster whose notes lie there; None for those of several others.
        name: what that is called.
        hue: number of its colour; -1 for those of several others.
        notes: ids of its notes.
        outline: its borders, closed polygons.
        room: where its name stands best.
    """

    id: str | None
    name: str
    hue: int
    notes: tuple[str, ...]
    outline: tuple[tuple[Point, ...], ...]
    room: Point


@dataclass(frozen=True, slots=True)
class Other:
    """Another cluster that a cluster leads on to.

    Args:
        id: the cluster's.
        name: what it is called.
        hue: number of its colour.
        towards: the direction in which it lies, to the right and downward.
        bridges: the best of what holds both together.
        ends: ids of the notes that lead there, with the number of their links in the bridges.
    """

    id: str
    name: str
    hue: int
    towards: Point
    bridges: tuple[Bridge, ...]
    ends: dict[str, int]


@dataclass(frozen=True, slots=True)
class ClusterMap:
    """The map of one cluster.

    Args:
        points: where each note lies, in pixels of a page that is not zoomed.
        areas: the parts of the map, the largest first.
        others: the clusters around it, the one that is joined best first.
    """

    points: Mapping[str, Point]
    areas: tuple[MapArea, ...]
    others: tuple[Other, ...]


def cluster_map(store: GraphStore, card: ClusterCard) -> ClusterMap:
    """The map of a cluster.

    A cluster that is kept lies where it lies on the map of the vault. One around words or concepts
    has notes from anywhere, and is laid out anew, by the topics that its notes are of.

    Args:
        store: where to ask.
        card: the cluster, with all its notes.
    """
    found, places = clustering(store), placing(store)
    ids = tuple(sorted(note.id for note in card.concepts))
    if card.id is None:
        topics = _topics(found, ids)
        local = _laid_out(found, topics)
        bridges = bridges_around(store, found, card.name, ids, limit=_BRIDGES)
        here = (0.0, 0.0)
    else:
        parts = [part.id for part in card.parts if part.id is not None] or [card.id]
        members = found.partition.members("lower")
        topics = {part: tuple(members[part]) for part in parts}
        local = places
        bridges = bridges_of(store, found, card.id, limit=_BRIDGES)
        here = area_middle(places, card.id)
    areas = [_area(found, places, local, topic, notes) for topic, notes in topics.items()]
    points = {id_: local.points[id_] for id_ in ids}
    told: dict[str, list[Bridge]] = {}
    for bridge in bridges:
        if bridge.b.id is not None:
            told.setdefault(bridge.b.id, []).append(bridge)
    others = []
    for id_, best in list(told.items())[:_OTHERS]:
        ends = _ends(best[:_OF_ANOTHER], points)
        there = area_middle(places, id_) if card.id else _mean(points[end] for end in ends)
        towards = (there[0] - here[0], there[1] - here[1])
        name, hue = found.called(id_), places.hues[id_]
        others.append(Other(id_, name, hue, towards, tuple(best[:_OF_ANOTHER]), ends))
    areas.sort(key=lambda area: (area.id is None, -len(area.notes)))
    return ClusterMap(points, tuple(areas), tuple(others))


def area_middle(places: Places, id_: str) -> Point:
    """The middle of a cluster's area."""
    return _mean(map(middle, places.cells(id_)))


def _topics(found: Clustering, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Some notes by the lower clusters that they are of, the largest first.

    Those of clusters of which hardly a note is there come under an id that no cluster has.
    """
    lower = found.partition.lower
    by: dict[str, list[str]] = {}
    for id_ in ids:
        by.setdefault(lower.get(id_, RIM), []).append(id_)
    fewest = max(2, ceil(_SMALL * sum(map(len, by.values()))))
    ordered = sorted(by.keys() - {RIM}, key=lambda id_: (-len(by[id_]), natural(id_)))
    chosen = [id_ for id_ in ordered if len(by[id_]) >= fewest][:_MOST_AREAS]
    topics = {id_: tuple(by[id_]) for id_ in chosen}
    rest = sorted(note for id_, notes in by.items() if id_ not in chosen for note in notes)
    if rest:
        topics[f"s{found.partition.next}"] = tuple(rest)
    return topics


def _laid_out(found: Clustering, topics: Mapping[str, Sequence[str]]) -> Places:
    """Some notes on a map of their own, their topics beside each other."""
    lower = {note: topic for topic, notes in topics.items() for note in notes}
    ids = tuple(sorted(lower))
    adjacency = found.graph.within([found.graph.places[id_] for id_ in ids])
    graph = NoteGraph(ids, [dict(near) for near in adjacency])
    whole = f"c{found.partition.next + 1}"
    return places_from_nothing(graph, Partition(dict.fromkeys(ids, whole), lower), {})


def _area(
    found: Clustering, places: Places, local: Places, id_: str, notes: tuple[str, ...]
) -> MapArea:
    kept = id_ in found.names
    polygons = outline(local.cells(id_))
    return MapArea(
        id=id_ if kept else None,
        name=found.called(id_) if kept else _REST,
        hue=places.hues[id_] if kept else -1,
        notes=notes,
        outline=tuple(map(tuple, polygons)),
        room=local.name_room(id_).middle,
    )


def _ends(bridges: Iterable[Bridge], points: Mapping[str, Point]) -> dict[str, int]:
    """The notes of a map at this side of some bridges, with the number of their links."""
    ends = Counter(
        end
        for bridge in bridges
        for link in bridge.links
        for end in (link.source, link.target)
        if end in points and (end == bridge.concept.id or bridge.concept.id not in points)
    )
    return dict(sorted(ends.items()))


def _mean(points: Iterable[Point]) -> Point:
    told = list(points)
    many = len(told) or 1
    return sum(x for x, _ in told) / many, sum(y for _, y in told) / many
