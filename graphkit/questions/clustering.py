"""The clusters of a vault as they are kept: which notes, and what each cluster is called."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from graphkit.questions.communities import from_nothing, refreshed
from graphkit.questions.naming import Named, name_clusters, still_fits
from graphkit.questions.note_graph import NoteGraph, graph_after, note_graph
from graphkit.questions.partition import Partition, natural
from graphkit.questions.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.questions.wording import Wording
    from graphkit.stores.base import GraphStore

_CLUSTERS: Final = "clusters"
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
    """

    partition: Partition
    names: Mapping[str, Named]
    graph: NoteGraph
    by_hand: Mapping[str, str] = field(default_factory=dict)

    def called(self, id_: str) -> str:
        """What a cluster is called: by hand, else by its words."""
        return self.by_hand.get(id_) or self.names[id_].name

    def named_by(self, id_: str) -> str:
        """``hand``, or ``words``."""
        return "hand" if id_ in self.by_hand else "words"

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, without the graph."""
        names = {
            id_: {"name": named.name, "terms": list(named.terms), "members": sorted(named.members)}
            for id_, named in sorted(self.names.items(), key=lambda item: natural(item[0]))
        }
        return {**self.partition.to_dict(), "names": names}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], graph: NoteGraph) -> Self:
        """The clusters that ``to_dict`` told of."""
        names = {
            id_: Named(named["name"], tuple(named["terms"]), frozenset(named["members"]))
            for id_, named in told["names"].items()
        }
        return cls(Partition.from_dict(told, graph), names, graph)


def clustering(store: GraphStore, *, recompute: bool = False) -> Clustering:
    """The clusters of the graph as it is now, brought up to date where it has changed.

    Args:
        store: where to ask; what is worked out is kept there, if it can.
        recompute: find the clusters anew; those most like the earlier ones take over their ids.
    """
    for _ in range(_TRIES):
        revision = store.revision
        before, current = _kept(store)
        if before is not None and current and not recompute:
            return before
        now = _brought_up_to_date(store, before, recompute=recompute)
        if revision is None:
            return now
        texts = {_CLUSTERS: json.dumps(now.to_dict())}
        if before is None or now.graph is not before.graph:
            texts[_GRAPH] = json.dumps(now.graph.to_dict())
        if store.keep(texts, revision) or store.revision == revision:
            return now
    return now


def _kept(store: GraphStore) -> tuple[Clustering | None, bool]:
    """The clusters that were kept, and whether they are those of the graph as it is now."""
    told, graph = store.kept(_CLUSTERS), store.kept(_GRAPH)
    if told is None or graph is None:
        return None, False
    try:
        kept = Clustering.from_dict(json.loads(told[0]), NoteGraph.from_dict(json.loads(graph[0])))
    except (KeyError, TypeError, ValueError):  # of another make: they are found anew
        return None, False
    return kept, told[1]


def _brought_up_to_date(
    store: GraphStore, before: Clustering | None, *, recompute: bool
) -> Clustering:
    if before is None:
        graph = note_graph(store)
        return _named(store, from_nothing(graph), {}, graph)
    graph = graph_after(store, before.graph, store.relinked())
    if recompute:
        partition = from_nothing(graph, before.partition)
    else:
        partition = refreshed(graph, before.partition)
    return _named(store, partition, before.names, graph)


def _named(
    store: GraphStore, partition: Partition, kept: Mapping[str, Named], graph: NoteGraph
) -> Clustering:
    """The clusters with their names; what the notes say is read only if a new name is wanted."""
    names: dict[str, Named] = {}
    wording: Wording | None = None
    for siblings in families(partition):
        if all(id_ in kept and still_fits(kept[id_], siblings[id_]) for id_ in siblings):
            names |= {id_: kept[id_] for id_ in siblings}
            continue
        if wording is None:
            wording = wording_of(store.texts(), partition.members("lower").values())
        central = {id_: by_centrality(graph, members) for id_, members in siblings.items()}
        names |= name_clusters(central, wording, kept=kept)
    return Clustering(partition, names, graph)


def families(partition: Partition) -> list[dict[str, list[str]]]:
    """The notes of each cluster: all upper ones, then the parts of each that is split."""
    found = [partition.members("upper")]
    parts: dict[str, dict[str, list[str]]] = {}
    for id_, members in partition.members("lower").items():
        if (parent := partition.parents[id_]) != id_:
            parts.setdefault(parent, {})[id_] = members
    return found + [parts[parent] for parent in sorted(parts, key=natural)]


def by_centrality(graph: NoteGraph, members: Iterable[str]) -> list[str]:
    """Notes by how many of each other they are linked with, most first; ties by id."""
    mine = sorted(members)
    places = graph.places
    rows = [places[id_] for id_ in mine]
    weights = {id_: sum(near.values()) for id_, near in zip(mine, graph.within(rows), strict=True)}
    return sorted(mine, key=lambda id_: (-weights[id_], id_))
