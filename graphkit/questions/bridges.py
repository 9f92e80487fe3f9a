"""Bridges: the notes, and the sentences in them, that hold two clusters together.

A note's score for two clusters is what its links from one into the other are worth (``crossing``),
weighted with the part of these two in its participation coefficient (Guimerà and Amaral, 2005):

    score = worth * 4 * here * there / all ** 2

``here``, ``there`` and ``all`` are the numbers of its neighbours in the one cluster, in the other,
and anywhere. The weight is 1 for a note with half of its neighbours in either cluster; it is small
for one with a single link across among many, and for one that is linked with other clusters too.

Index notes are no bridges, and neither are hubs that are linked with all clusters alike, unless
nothing else joins two clusters.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from graphkit.errors import UsageError
from graphkit.questions.cluster_lookup import find_cluster
from graphkit.questions.clustering import clustering
from graphkit.questions.crossing import crossing, kinless_hubs
from graphkit.questions.partition import natural
from graphkit.topics import Bridge, Bridges, ClusterName

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from graphkit.model import Link
    from graphkit.questions.clustering import Clustering
    from graphkit.stores.base import GraphStore

_PAIRS: Final = 60
"""Of more pairs of clusters only those with the most links across are looked at."""
_STEPS: Final = 1_000_000
"""How many links are followed for two clusters; in larger ones not all paths are."""
_FEWEST: Final = 16
"""From so many notes paths are followed in any case."""
_DIGITS: Final = 4


def bridges(
    store: GraphStore,
    one: str | None = None,
    other: str | None = None,
    *,
    limit: int | None = 20,
) -> Bridges:
    """Finds what holds clusters together.

    Args:
        store: what is asked.
        one: a cluster, by id or name; all pairs of upper clusters without it.
        other: the other cluster; without it, each one of the same level that is linked with it.
        limit: the most bridges to give back; all that were found without one.

    Returns:
        The bridges, best first. Where clusters are so large that not all paths between them are
        followed, scores are estimated from those of a sample of the notes.

    Raises:
        NoSuchClusterError: there is no such cluster; ``clusters`` holds the nearest.
        AmbiguousClusterError: there are several.
        UsageError: the limit is below 1, or the two clusters have notes in common.
    """
    found = clustering(store)
    given = [find_cluster(found, text) for text in (one, other) if text is not None]
    if len(given) == 1:
        return Bridges(bridges_of(store, found, given[0], limit=limit))
    finder = _Finder(store, found)
    if given:
        _check_apart(found, *given)
        pairs = [(given[0], given[1])]
    else:
        pairs = finder.linked(found.partition.upper)
    sides = [(finder.side(a), finder.side(b)) for a, b in pairs]
    return Bridges(finder.best(sides, limit))


def bridges_of(
    store: GraphStore, found: Clustering, id_: str, *, limit: int | None
) -> tuple[Bridge, ...]:
    """What holds one cluster and the others of its level together.

    Args:
        store: what is asked.
        found: the clusters.
        id_: one of them.
        limit: the most bridges to give back; all without one.

    Returns:
        The bridges, best first; ``a`` of each is the cluster.

    Raises:
        UsageError: the limit is below 1.
    """
    finder = _Finder(store, found)
    partition = found.partition
    level = partition.upper if id_ in partition.parents.values() else partition.lower
    others = [b if a == id_ else a for a, b in finder.linked(level, id_)]
    return finder.best([(finder.side(id_), finder.side(other)) for other in others], limit)


def bridges_around(
    store: GraphStore, found: Clustering, name: str, ids: Collection[str], *, limit: int | None
) -> tuple[Bridge, ...]:
    """What holds some notes and the upper clusters together.

    Args:
        store: what is asked.
        found: the clusters.
        name: what the notes are called.
        ids: the notes.
        limit: the most bridges to give back; all without one.

    Returns:
        The bridges, best first; ``a`` of each are the notes, ``b`` the others of a cluster.

    Raises:
        UsageError: the limit is below 1.
    """
    finder = _Finder(store, found)
    places = found.graph.places
    some = _Side(ClusterName(None, name), frozenset(places[id_] for id_ in ids if id_ in places))
    sides = [finder.side(id_) for id_ in found.partition.members("upper")]
    return finder.best(
        [(some, side._replace(notes=side.notes - some.notes)) for side in sides], limit
    )


def _check_apart(found: Clustering, one: str, other: str) -> None:
    parents = found.partition.parents
    if one == other:
        raise UsageError(f"Both are the cluster {one} ({found.called(one)}).", "Name two.")
    for part, whole in ((one, other), (other, one)):
        if parents.get(part) == whole:
            raise UsageError(
                f"{part} ({found.called(part)}) is a part of {whole} ({found.called(whole)}).",
                "Name two clusters that have no notes in common.",
            )


class _Side(NamedTuple):
    """One of two clusters: what it is called, and the places of its notes in the graph."""

    told: ClusterName
    notes: frozenset[int]


class _Found(NamedTuple):
    """A bridge that is not put into words yet; the pair by its number."""

    score: float
    pair: int
    note: int


class _Finder:
    """Finds the bridges between any two clusters of a graph."""

    def __init__(self, store: GraphStore, found: Clustering) -> None:
        self._store = store
        self._found = found
        self._graph = found.graph
        upper = found.partition.upper
        parts = [upper.get(id_) for id_ in found.graph.ids]
        self._hubs = kinless_hubs(found.graph.adjacency, parts)
        self._members = found.partition.members("lower") | found.partition.members("upper")

    def side(self, id_: str) -> _Side:
        """A cluster by its id."""
        places = self._graph.places
        notes = frozenset(places[note] for note in self._members[id_])
        return _Side(ClusterName(id_, self._found.called(id_)), notes)

    def linked(self, clusters: Mapping[str, str], one: str | None = None) -> list[tuple[str, str]]:
        """The pairs of clusters that are linked, those with the most links first.

        Args:
            clusters: for each note its cluster.
            one: a cluster that is to be one of each pair.
        """
        ids, adjacency = self._graph.ids, self._graph.adjacency
        of = {place: clusters[id_] for place, id_ in enumerate(ids) if id_ in clusters}
        across = Counter(
            (here, of[other]) for place, here in of.items() for other in adjacency[place]
        )
        pairs = [
            (a, b) for a, b in across if natural(a) < natural(b) and (one is None or one in {a, b})
        ]
        pairs.sort(key=lambda pair: (-across[pair], *map(natural, pair)))
        return pairs[:_PAIRS]

    def best(self, pairs: Sequence[tuple[_Side, _Side]], limit: int | None) -> tuple[Bridge, ...]:
        """The best bridges of some pairs, ties by pair and note."""
        if limit is not None and limit < 1:
            raise UsageError(f"The limit is {limit}; it has to be at least 1.")
        ids = self._graph.ids
        found = [
            _Found(score, number, note)
            for number, (one, other) in enumerate(pairs)
            for note, score in self._scores(one.notes, other.notes).items()
        ]
        found.sort(key=lambda bridge: (-bridge.score, bridge.pair, bridge.note))
        chosen = found[:limit]
        wanted = sorted({ids[bridge.note] for bridge in chosen})
        concepts, links = self._store.concepts(wanted), self._links(wanted)
        told = []
        for score, pair, note in chosen:
            one, other = pairs[pair]
            across = {ids[far] for far in (other if note in one.notes else one).notes}
            ties = [link for link in links[ids[note]] if {link.source, link.target} & across]
            told.append(Bridge(one.told, other.told, concepts[ids[note]], score, tuple(ties)))
        return tuple(told)

    def _links(self, ids: Sequence[str]) -> dict[str, list[Link]]:
        """The links of each of some notes, membership links left out."""
        links: dict[str, list[Link]] = {id_: [] for id_ in ids}
        for link in self._store.links(ids, "both"):
            if link.relation not in self._store.membership:
                for end in {link.source, link.target} & links.keys():
                    links[end].append(link)
        return links

    def _scores(self, one: frozenset[int], other: frozenset[int]) -> dict[int, float]:
        """The bridges between two sets of notes, each with its score."""
        worth = self._worth(one - self._hubs, other - self._hubs) or self._worth(one, other)
        return {
            note: round(links * self._weight(note, one, other), _DIGITS)
            for note, links in worth.items()
        }

    def _weight(self, note: int, one: frozenset[int], other: frozenset[int]) -> float:
        """The part of two clusters in a note's participation, from 0 to 1."""
        near = self._graph.adjacency[note]
        here, there = (sum(place in side for place in near) for side in (one, other))
        return 4 * here * there / len(near) ** 2

    def _worth(self, one: frozenset[int], other: frozenset[int]) -> dict[int, float]:
        """What the links across of each note are worth, see ``crossing``."""
        smaller, larger = sorted((sorted(one), sorted(other)), key=lambda part: (len(part), part))
        places = smaller + larger
        adjacency = self._graph.within(places)
        most = max(_FEWEST, _STEPS // (sum(map(len, adjacency)) or 1))
        sources: Sequence[int] = range(len(smaller))
        if len(smaller) > most:
            ranked = sorted(range(len(places)), key=lambda number: self._rank(places[number]))
            sources = ranked[:most]
        worth = crossing(adjacency, len(smaller), sources)
        return {places[number]: links for number, links in worth.items()}

    def _rank(self, note: int) -> tuple[int, int]:
        """An order by chance that stays the same as other notes come and go."""
        return crc32(self._graph.ids[note].encode("utf-8", "surrogatepass")), note
