"""Clusters of notes on two levels, found once and then kept as the notes change.

A run from nothing finds the communities of the note graph and splits each large one again. A
refresh starts from the clusters that were kept and only moves notes that now belong elsewhere:
a fresh run after an edit of one link in a hundred gives other clusters, this keeps them. Each
cluster has an id that no other cluster ever gets.

A note without links, and an index note, belongs to no cluster: nothing ties it to a topic, and a
list of clusters of one would only repeat the list of notes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.leiden import leiden, local_moves, modularity, split_disconnected
from graphkit.questions.partition import Partition, natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphkit.questions.leiden import Adjacency
    from graphkit.questions.note_graph import NoteGraph

SPLIT_FROM: Final = 30
"""An upper cluster of so many notes is split again; a smaller one is its own only lower one."""
WORTH: Final = 0.01
"""What a full run must gain in modularity to be taken instead of what is there."""
MANY: Final = 0.05
"""When more of the linked pairs have changed since the last full run, another one is tried."""
LIKE: Final = 0.1
"""With less in common (Jaccard), a cluster is another one and does not take over an id."""


class _Part(NamedTuple):
    """A cluster of either level: its notes by their places, in order, and its id if it has one."""

    places: list[int]
    id: str | None = None


class _Cluster(NamedTuple):
    """An upper cluster and its lower ones; none for a cluster that is not split."""

    whole: _Part
    parts: list[_Part]


def from_nothing(graph: NoteGraph, kept: Partition | None = None) -> Partition:
    """Finds the clusters of a graph, whatever they were before.

    Args:
        graph: the notes and their links.
        kept: the clusters as they were, if any: those most like them take over their ids.

    Returns:
        The clusters. New ids are given from the largest cluster to the smallest.
    """
    uppers = _parts(graph, range(len(graph.ids)), leiden(graph.adjacency))
    split = [_fresh_parts(graph, part.places) for part in uppers]
    if kept is not None:
        uppers = _matched(graph, uppers, kept.upper)
        flat = iter(_matched(graph, [part for parts in split for part in parts], kept.sub))
        split = [[next(flat) for _ in parts] for parts in split]
    clusters = [_Cluster(whole, parts) for whole, parts in zip(uppers, split, strict=True)]
    return _named(graph, clusters, kept.next if kept else 1)


def refreshed(graph: NoteGraph, kept: Partition) -> Partition:
    """Brings clusters up to date, and keeps all that can be kept.

    Notes whose links changed are looked at, then the neighbours of those that move. A note that
    comes into another upper cluster leaves its lower one. What is connected no more is split, and
    the largest part keeps the id. When more than 5 % of the linked pairs have changed since the
    last full run, another one is tried, and taken where it gains more than 0.01 in modularity:
    at the upper level, else within each upper cluster.

    Args:
        graph: the notes and their links, as they are now.
        kept: the clusters as they were. Where their graph is not known, as on a second machine,
            they are taken at their word: only notes without a cluster are looked at, and what
            is connected no more.

    Returns:
        The clusters as they are now, with this graph.
    """
    before = kept.graph
    if before is None:
        changed = {place for place, id_ in enumerate(graph.ids) if id_ not in kept.upper}
        edited = max(kept.edited, abs(graph.pairs - kept.pairs))  # at least
    else:
        changed, edited = changes(before, graph)
        edited += kept.edited
    full = edited > MANY * kept.pairs
    start, labels = _start(graph, kept)
    found = _settled(graph.adjacency, start, sorted(changed), whole=before is None)
    if full:
        fresh = leiden(graph.adjacency)
        if modularity(graph.adjacency, fresh) > modularity(graph.adjacency, found) + WORTH:
            return from_nothing(graph, kept)
    sizes = Counter(kept.upper.values())
    clusters = []
    for whole in _parts(graph, range(len(graph.ids)), found, labels, kept.upper):
        same = (
            not full
            and before is not None
            and whole.id is not None
            and len(whole.places) == sizes[whole.id]
            and changed.isdisjoint(whole.places)
            and all(kept.upper.get(graph.ids[place]) == whole.id for place in whole.places)
        )
        if same:
            parts = _as_before(graph, whole, kept)
        else:
            parts = _moved_parts(graph, whole, kept, changed, full=full)
        clusters.append(_Cluster(whole, parts))
    partition = _named(graph, _each_id_once(graph, clusters, kept), kept.next)
    return partition if full else replace(partition, pairs=kept.pairs, edited=edited)


def changes(before: NoteGraph, now: NoteGraph) -> tuple[set[int], int]:
    """What has changed between two graphs.

    Returns:
        The places in ``now`` of the notes that are linked otherwise, or with other weights; and
        how many pairs of notes that concerns.
    """
    pairs: set[tuple[int, int]] = set()
    rows: Iterable[tuple[int, Mapping[int, int], Mapping[int, int]]]
    if before.ids == now.ids:
        rows = zip(range(len(now.ids)), before.adjacency, now.adjacency, strict=True)
    else:
        places = {id_: place for place, id_ in enumerate(now.ids)}
        # A note that has gone gets a number of its own below 0.
        moved = [places.get(id_, -1 - place) for place, id_ in enumerate(before.ids)]
        old = {
            place: {moved[other]: weight for other, weight in near.items()}
            for place, near in zip(moved, before.adjacency, strict=True)
        }
        new = dict(enumerate(now.adjacency))
        rows = [(place, old.get(place, {}), new.get(place, {})) for place in old.keys() | new]
    for place, one, other in rows:
        if one is not other and one != other:
            for near, _ in one.items() ^ other.items():
                pairs.add((place, near) if place < near else (near, place))
    return {place for pair in pairs for place in pair if place >= 0}, len(pairs)


def _start(graph: NoteGraph, kept: Partition) -> tuple[list[int], list[str]]:
    """The kept clusters as numbers, and the ids of these; what is new or unlinked is alone."""
    present = {kept.upper[id_] for id_ in graph.ids if id_ in kept.upper}
    labels = sorted(present, key=natural)
    numbers = {cluster: number for number, cluster in enumerate(labels)}
    start, alone = [], len(numbers)
    for id_, near in zip(graph.ids, graph.adjacency, strict=True):
        cluster = kept.upper.get(id_) if near else None
        if cluster is None:
            start.append(alone)
            alone += 1
        else:
            start.append(numbers[cluster])
    return start, labels


def _settled(
    adjacency: Adjacency, start: list[int], nodes: Sequence[int], *, whole: bool = True
) -> list[int]:
    """Moves nodes and splits what is not connected, until neither changes anything.

    Args:
        adjacency: the graph.
        start: the number of each node's community.
        nodes: those to look at first.
        whole: whether any community may be no longer connected; else only those of ``nodes``.
    """
    while True:
        found = local_moves(adjacency, start, only=nodes)
        touched = set(found) if whole else {found[node] for node in nodes}
        for one, other in zip(start, found, strict=True):
            if one != other:
                touched.update((one, other))
        start = split_disconnected(adjacency, found, touched)
        nodes = [node for node, here in enumerate(start) if here != found[node]]
        if not nodes:
            return start


def _parts(
    graph: NoteGraph,
    places: Iterable[int],
    membership: Iterable[int],
    labels: Sequence[str] = (),
    before: Mapping[str, str] | None = None,
) -> list[_Part]:
    """The communities of some notes, by their first ones; notes without links are left out.

    Args:
        graph: the notes and their links.
        places: some of the notes.
        membership: the number of the community of each.
        labels: the ids of the first communities. A community keeps its id while at least one
            of its notes had it: else its number had become free, and it is another one.
        before: the id that each note had.
    """
    found: dict[int, list[int]] = {}
    for place, here in zip(places, membership, strict=True):
        if graph.adjacency[place]:
            found.setdefault(here, []).append(place)
    had = before or {}
    parts = []
    for here, mine in found.items():
        id_ = labels[here] if here < len(labels) else None
        kept = id_ is not None and any(had.get(graph.ids[place]) == id_ for place in mine)
        parts.append(_Part(mine, id_ if kept else None))
    return parts


def _fresh_parts(graph: NoteGraph, places: list[int]) -> list[_Part]:
    """The lower clusters of an upper one, from nothing; none where it is not split."""
    if len(places) < SPLIT_FROM:
        return []
    return _if_split(_parts(graph, places, leiden(graph.within(places))))


def _if_split(parts: list[_Part]) -> list[_Part]:
    return parts if len(parts) > 1 else []


def _as_before(graph: NoteGraph, whole: _Part, kept: Partition) -> list[_Part]:
    parts: dict[str, list[int]] = {}
    for place in whole.places:
        parts.setdefault(kept.lower[graph.ids[place]], []).append(place)
    return _if_split([_Part(part, id_) for id_, part in parts.items()])


def _moved_parts(
    graph: NoteGraph, whole: _Part, kept: Partition, changed: set[int], *, full: bool
) -> list[_Part]:
    """The lower clusters of an upper one that has changed, from those that were kept."""
    if len(whole.places) < SPLIT_FROM:
        return []
    ids = [graph.ids[place] for place in whole.places]
    uppers = Counter(kept.upper[id_] for id_ in ids if id_ in kept.upper)
    origin = whole.id or min(uppers, key=lambda id_: (-uppers[id_], natural(id_)), default=None)
    subs = [kept.sub.get(id_) if kept.upper.get(id_) == origin else None for id_ in ids]
    present = sorted({sub for sub in subs if sub}, key=natural)
    if not present:
        return _fresh_parts(graph, whole.places)
    numbers = {sub: number for number, sub in enumerate(present)}
    start, nodes = [], []
    for number, (place, sub) in enumerate(zip(whole.places, subs, strict=True)):
        start.append(len(numbers) + number if sub is None else numbers[sub])
        if sub is None or place in changed:
            nodes.append(number)
    adjacency = graph.within(whole.places)
    found = _settled(adjacency, start, nodes)
    if full:
        fresh = leiden(adjacency)
        if modularity(adjacency, fresh) > modularity(adjacency, found) + WORTH:
            return _matched(graph, _if_split(_parts(graph, whole.places, fresh)), kept.sub)
    return _if_split(_parts(graph, whole.places, found, present, kept.sub))


def _matched(graph: NoteGraph, parts: list[_Part], before: Mapping[str, str]) -> list[_Part]:
    """The parts with the ids of the clusters most like them, one to one."""
    sizes = Counter(before.values())
    likeness = []
    for number, part in enumerate(parts):
        common = Counter(
            before[graph.ids[place]] for place in part.places if graph.ids[place] in before
        )
        for id_, both in common.items():
            jaccard = both / (len(part.places) + sizes[id_] - both)
            if jaccard >= LIKE:
                likeness.append((-jaccard, natural(id_), number, id_))
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, number, id_ in sorted(likeness):
        if number not in given and id_ not in taken:
            given[number] = id_
            taken.add(id_)
    return [_Part(part.places, given.get(number)) for number, part in enumerate(parts)]


def _each_id_once(graph: NoteGraph, clusters: list[_Cluster], kept: Partition) -> list[_Cluster]:
    """Of lower clusters with one id, parted with their upper ones, the largest keeps it."""
    held: dict[str, tuple[int, int]] = {}
    for cluster in clusters:
        for part in cluster.parts:
            if part.id is not None:
                had = sum(kept.sub.get(graph.ids[place]) == part.id for place in part.places)
                best = held.get(part.id, (0, 0))
                held[part.id] = max(best, (had, -part.places[0]))
    return [
        _Cluster(
            cluster.whole,
            [
                part
                if part.id is None or held[part.id][1] == -part.places[0]
                else _Part(part.places)
                for part in cluster.parts
            ],
        )
        for cluster in clusters
    ]


def _named(graph: NoteGraph, clusters: list[_Cluster], next_: int) -> Partition:
    """The partition; what has no id yet gets the next ones, the largest first."""
    upper: dict[str, str] = {}
    lower: dict[str, str] = {}

    def by_size(part: _Part) -> tuple[int, int]:
        return -len(part.places), part.places[0]

    ordered = sorted(clusters, key=lambda cluster: by_size(cluster.whole))
    wholes = []
    for cluster in ordered:
        id_ = cluster.whole.id
        if id_ is None:
            id_, next_ = f"c{next_}", next_ + 1
        wholes.append(id_)
    for whole, cluster in zip(wholes, ordered, strict=True):
        for place in cluster.whole.places:
            upper[graph.ids[place]] = lower[graph.ids[place]] = whole
        for part in sorted(cluster.parts, key=by_size):
            id_ = part.id
            if id_ is None:
                id_, next_ = f"s{next_}", next_ + 1
            for place in part.places:
                lower[graph.ids[place]] = id_
    return Partition(upper, lower, next_, graph.pairs, 0, graph)
