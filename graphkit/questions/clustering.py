"""The clusters of a vault as they are kept: which notes, and what each cluster is called."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Self

from graphkit.index.kept import Clustered
from graphkit.questions.communities import LIKE, from_nothing, refreshed
from graphkit.questions.naming import Named, name_clusters, still_fits
from graphkit.questions.note_graph import NoteGraph, graph_after, note_graph
from graphkit.questions.partition import Partition, natural
from graphkit.questions.up_to_date import MAP_SEEN, file_digest
from graphkit.questions.vault_map import USED, vault_map
from graphkit.questions.wording import wording_of
from graphkit.stores.base import CLUSTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.questions.vault_map import HandName, Saved, VaultMap
    from graphkit.questions.wording import Wording
    from graphkit.stores.base import GraphStore

_GRAPH: Final = "note graph"
_TRIES: Final = 5
"""How often it is begun again when another process changes the index meanwhile."""


@dataclass(frozen=True)
class Clustering:
    """Clusters on two levels, each with a name.

    Args:
        partition: which cluster each note belongs to.
        names: for each cluster's id the name that its notes' words gave it.
        graph: the notes and their links.
        by_hand: the names that people gave, by the ids of their clusters.
        map_digest: of the vault's map file that these names were read from.
        saved_digest: of the shared clusters that were last taken over from it.
    """

    partition: Partition
    names: Mapping[str, Named]
    graph: NoteGraph
    by_hand: Mapping[str, str] = field(default_factory=dict)
    map_digest: str = ""
    saved_digest: str = ""

    def called(self, id_: str) -> str:
        """What a cluster is called: by hand, else by its words."""
        return self.by_hand.get(id_) or self.names[id_].name

    def named_by(self, id_: str) -> str:
        """``hand``, or ``words``."""
        return "hand" if id_ in self.by_hand else "words"

    def clustered(self) -> Clustered:
        """Which clusters each note is in, and what they are called."""
        uppers = set(self.partition.upper.values())
        notes = {
            id_: (cluster, self.partition.sub.get(id_))
            for id_, cluster in self.partition.upper.items()
        }
        clusters = {
            id_: (self.called(id_), "upper" if id_ in uppers else "lower", self.named_by(id_))
            for id_ in self.names
        }
        return Clustered(notes, clusters)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, without the graph."""
        names = {
            id_: {"name": named.name, "terms": list(named.terms), "members": sorted(named.members)}
            for id_, named in sorted(self.names.items(), key=lambda item: natural(item[0]))
        }
        told = {"by_hand": dict(self.by_hand), "map": [self.map_digest, self.saved_digest]}
        return {**self.partition.to_dict(), "names": names, **told}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], graph: NoteGraph) -> Self:
        """The clusters that ``to_dict`` told of."""
        names = {
            id_: Named(named["name"], tuple(named["terms"]), frozenset(named["members"]))
            for id_, named in told["names"].items()
        }
        partition = Partition.from_dict(told, graph)
        return cls(partition, names, graph, dict(told["by_hand"]), *told["map"])


def clustering(store: GraphStore, *, recompute: bool = False) -> Clustering:
    """The clusters of the graph as it is now, brought up to date where it has changed.

    Args:
        store: where to ask; what is worked out is kept there, if it can.
        recompute: find the clusters anew; those most like the earlier ones take over their ids.
    """
    for _ in range(_TRIES):
        revision, digest = store.revision, file_digest(store)
        before, current = _kept(store)
        if before is not None and current and before.map_digest == digest and not recompute:
            return before
        shared = vault_map(store)
        now = _brought_up_to_date(store, before, shared, recompute=recompute)
        now = replace(now, map_digest=digest)
        if revision is None:
            return now
        texts = {CLUSTERS: json.dumps(now.to_dict()), MAP_SEEN: digest}
        if shared.problem is None:
            texts[USED] = digest
        if before is None or now.graph is not before.graph:
            texts[_GRAPH] = json.dumps(now.graph.to_dict())
        if store.keep(texts, revision, now.clustered()) or store.revision == revision:
            return now
    return now


def _kept(store: GraphStore) -> tuple[Clustering | None, bool]:
    """The clusters that were kept, and whether they are those of the graph as it is now."""
    told = store.kept(CLUSTERS)
    try:
        graph = _graph_of_kept(store) if told else None
        if told is None or graph is None:
            return None, False
        kept = Clustering.from_dict(json.loads(told[0]), graph)
    except (KeyError, TypeError, ValueError):  # of another make: they are found anew
        return None, False
    return kept, told[1] and kept.partition.upper.keys() <= graph.places.keys()


def _graph_of_kept(store: GraphStore) -> NoteGraph | None:
    """The graph that the kept clusters are those of; a loaded one is read as it is."""
    if store.revision is None:
        return note_graph(store)
    told = store.kept(_GRAPH)
    return NoteGraph.from_dict(json.loads(told[0])) if told else None


def _brought_up_to_date(
    store: GraphStore, before: Clustering | None, shared: VaultMap, *, recompute: bool
) -> Clustering:
    if before is None:
        graph = note_graph(store)
    else:
        graph = graph_after(store, before.graph, store.relinked())
    base = before.partition if before else None
    names = before.names if before else {}
    if shared.saved and (before is None or before.saved_digest != shared.digest):
        base, names = _taken_over(shared.saved, base)
    partition = refreshed(graph, base) if base and not recompute else from_nothing(graph, base)
    by_hand = _by_hand(partition, shared.names, before.by_hand if before else {})
    named = _named(store, partition, names, graph, by_hand)
    return Clustering(partition, named, graph, by_hand, saved_digest=shared.digest)


def _taken_over(saved: Saved, base: Partition | None) -> tuple[Partition, dict[str, Named]]:
    """The clusters of the vault's map, and their names."""
    partition = saved.partition
    if base:  # numbers that were used here are not used again either
        partition = replace(partition, next=max(partition.next, base.next))
    names = {
        id_: Named(saved.names[id_], saved.terms[id_], frozenset(members))
        for siblings in families(partition)
        for id_, members in siblings.items()
    }
    return partition, names


def _by_hand(
    partition: Partition, names: Iterable[HandName], before: Mapping[str, str]
) -> dict[str, str]:
    """Which clusters the names belong to that people gave.

    A name stays with the cluster that has it. One that is new here, or whose cluster has gone, is
    that of the cluster which has most in common (Jaccard) with the notes that it was given to.
    """
    found: dict[str, str] = {}
    left: list[tuple[HandName, dict[str, list[str]]]] = []
    parts = {
        id_: ids for id_, ids in partition.members("lower").items() if _is_part(partition, id_)
    }
    clusters = {"upper": partition.members("upper"), "lower": parts}
    for given in names:
        of_level = clusters[given.level]
        mine = next(
            (id_ for id_, name in before.items() if name == given.name and id_ in of_level), ""
        )
        if mine and mine not in found:
            found[mine] = given.name
        else:
            left.append((given, of_level))
    likeness = []
    for number, (given, of_level) in enumerate(left):
        for id_, members in of_level.items():
            common = len(given.members.intersection(members))
            if common:
                jaccard = common / (len(given.members) + len(members) - common)
                likeness.append((-jaccard, id_ != given.cluster, natural(id_), number))
    settled: set[int] = set()
    for jaccard, _, (_, id_), number in sorted(likeness):
        if -jaccard >= LIKE and id_ not in found and number not in settled:
            found[id_] = left[number][0].name
            settled.add(number)
    return dict(sorted(found.items(), key=lambda item: natural(item[0])))


def _is_part(partition: Partition, id_: str) -> bool:
    return partition.parents[id_] != id_


def _named(
    store: GraphStore,
    partition: Partition,
    kept: Mapping[str, Named],
    graph: NoteGraph,
    by_hand: Mapping[str, str],
) -> dict[str, Named]:
    """The clusters' names; what the notes say is read only if a new name is wanted."""
    names: dict[str, Named] = {}
    wording: Wording | None = None
    for siblings in families(partition):
        taken = {by_hand[id_] for id_ in siblings if id_ in by_hand}
        if all(
            id_ in kept and still_fits(kept[id_], siblings[id_]) and kept[id_].name not in taken
            for id_ in siblings
        ):
            names |= {id_: kept[id_] for id_ in siblings}
            continue
        if wording is None:
            wording = wording_of(store.texts(), partition.members("lower").values())
        central = {id_: by_centrality(graph, members) for id_, members in siblings.items()}
        names |= name_clusters(central, wording, kept=kept, taken=taken)
    return names


def families(partition: Partition) -> list[dict[str, list[str]]]:
    """The notes of each cluster: all upper ones, then the parts of each that is split."""
    found = [partition.members("upper")]
    parts: dict[str, dict[str, list[str]]] = {}
    for id_, members in partition.members("lower").items():
        if (parent := partition.parents[id_]) != id_:
            parts.setdefault(parent, {})[id_] = members
    return found + [parts[parent] for parent in sorted(parts, key=natural)]


def centrality(graph: NoteGraph, members: Iterable[str]) -> dict[str, int]:
    """How much some notes are linked with each other.

    Returns:
        For each the weight of its links with the others, the most first; ties by id.
    """
    mine = sorted(members)
    places = graph.places
    rows = [places[id_] for id_ in mine]
    weights = [sum(near.values()) for near in graph.within(rows)]
    return dict(sorted(zip(mine, weights, strict=True), key=lambda pair: (-pair[1], pair[0])))


def by_centrality(graph: NoteGraph, members: Iterable[str]) -> list[str]:
    """Notes by how much they are linked with each other, most first; ties by id."""
    return list(centrality(graph, members))
