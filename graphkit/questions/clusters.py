"""The clusters of a vault as answers: all of a level, with their sizes, links and central notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.errors import UsageError
from graphkit.questions.cluster_card import CENTRAL
from graphkit.questions.cluster_lookup import find_cluster
from graphkit.questions.clustering import by_centrality, clustering
from graphkit.questions.leiden import modularity
from graphkit.questions.partition import natural
from graphkit.topics import Cluster, Clusters

if TYPE_CHECKING:
    from graphkit.model import Concept
    from graphkit.questions.clustering import Clustering
    from graphkit.questions.partition import Level
    from graphkit.stores.base import GraphStore

LEVELS: Final[dict[str, Level]] = {"upper": "upper", "lower": "lower"}


def clusters(store: GraphStore, *, level: str = "upper", recompute: bool = False) -> Clusters:
    """All clusters of a level.

    Args:
        store: where to ask.
        level: ``upper``, or ``lower`` for the parts that large clusters are split into; a small
            one is its own only part.
        recompute: find the clusters anew instead of bringing them up to date.

    Returns:
        The clusters, the largest first, ties by id.

    Raises:
        UsageError: there is no such level.
    """
    wanted = LEVELS.get(level)
    if wanted is None:
        raise UsageError(f"There is no level {level!r}.", "Say upper or lower.")
    found = clustering(store, recompute=recompute)
    return Clusters(
        level=wanted,
        modularity=round(_modularity(found, wanted), 6),
        clusters=tuple(_clusters(store, found, wanted)),
    )


def notes_of(store: GraphStore, name: str) -> list[str]:
    """The ids of a cluster's notes.

    Args:
        store: where to ask.
        name: of the cluster; see ``cluster_lookup.find_cluster``, also for what is raised.
    """
    found = clustering(store)
    id_ = find_cluster(found, name)
    members = found.partition.members("upper")
    return members[id_] if id_ in members else found.partition.members("lower")[id_]


def _modularity(found: Clustering, level: Level) -> float:
    """Of the clusters of a level; notes in no cluster have no links that would count."""
    part = found.partition.upper if level == "upper" else found.partition.lower
    numbers: dict[str, int] = {}
    membership = [numbers.setdefault(part.get(id_, id_), len(numbers)) for id_ in found.graph.ids]
    return modularity(found.graph.adjacency, membership)


def _clusters(store: GraphStore, found: Clustering, level: Level) -> list[Cluster]:
    partition, graph = found.partition, found.graph
    members = partition.members(level)
    places = graph.places
    pairs = {
        id_: graph.pairs_of([places[note] for note in notes]) for id_, notes in members.items()
    }
    central = {id_: by_centrality(graph, notes)[:CENTRAL] for id_, notes in members.items()}
    sizes = {id_: len(notes) for id_, notes in members.items()}
    concepts = store.concepts([id_ for ids in central.values() for id_ in ids])
    ordered = sorted(sizes, key=lambda id_: (-sizes[id_], natural(id_)))
    return [
        Cluster(
            id=id_,
            name=found.called(id_),
            named_by=found.named_by(id_),
            level=level,
            parent=_parent(id_, partition.parents) if level == "lower" else None,
            size=sizes[id_],
            links_inside=pairs[id_][0],
            links_outside=pairs[id_][1],
            central=_known(concepts, central[id_]),
        )
        for id_ in ordered
    ]


def _parent(id_: str, parents: dict[str, str]) -> str | None:
    """The cluster that one is a part of; None for one that is not split, and so no part."""
    return parents[id_] if parents[id_] != id_ else None


def _known(concepts: dict[str, Concept], ids: list[str]) -> tuple[Concept, ...]:
    return tuple(concepts[id_] for id_ in ids if id_ in concepts)
