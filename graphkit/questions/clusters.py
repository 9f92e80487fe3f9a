"""The clusters of a vault as answers: all of a level, with their sizes, links and central notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.errors import UsageError
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
_CENTRAL: Final = 5


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


def _modularity(found: Clustering, level: Level) -> float:
    """Of the clusters of a level; notes in no cluster have no links that would count."""
    part = found.partition.upper if level == "upper" else found.partition.lower
    numbers: dict[str, int] = {}
    membership = [numbers.setdefault(part.get(id_, id_), len(numbers)) for id_ in found.graph.ids]
    return modularity(found.graph.adjacency, membership)


def _clusters(store: GraphStore, found: Clustering, level: Level) -> list[Cluster]:
    partition, graph = found.partition, found.graph
    of = partition.upper if level == "upper" else partition.lower
    inside: dict[str, int] = dict.fromkeys(of.values(), 0)
    outside = inside.copy()
    for id_, near in zip(graph.ids, graph.adjacency, strict=True):
        if (here := of.get(id_)) is None:
            continue
        for other in near:
            there = of.get(graph.ids[other])
            (inside if there == here else outside)[here] += 1
    central = {
        id_: by_centrality(graph, members)[:_CENTRAL]
        for id_, members in partition.members(level).items()
    }
    sizes = {id_: len(members) for id_, members in partition.members(level).items()}
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
            links_inside=inside[id_] // 2,
            links_outside=outside[id_],
            central=_known(concepts, central[id_]),
        )
        for id_ in ordered
    ]


def _parent(id_: str, parents: dict[str, str]) -> str | None:
    """The cluster that one is a part of; None for one that is not split, and so no part."""
    return parents[id_] if parents[id_] != id_ else None


def _known(concepts: dict[str, Concept], ids: list[str]) -> tuple[Concept, ...]:
    return tuple(concepts[id_] for id_ in ids if id_ in concepts)
