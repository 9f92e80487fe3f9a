"""A vault at a glance: its upper clusters, their parts, and what joins each two of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphkit.questions.bridges import bridges
from graphkit.questions.cluster_card import parts_of
from graphkit.questions.clustering import clustering
from graphkit.questions.clusters import clusters
from graphkit.questions.partition import natural

if TYPE_CHECKING:
    from graphkit.questions.clustering import Clustering
    from graphkit.stores.base import GraphStore
    from graphkit.topics import Bridge, Cluster, Part

_BRIDGES: Final = 400
"""The best ones of the whole vault, of which each pair of clusters has its own."""
_OF_A_PAIR: Final = 3


@dataclass(frozen=True, slots=True)
class Joint:
    """What joins two upper clusters.

    Args:
        a: the id of the one.
        b: the id of the other.
        pairs: how many pairs of a note of either are linked.
        bridges: the best of what holds them together.
    """

    a: str
    b: str
    pairs: int
    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All upper clusters.

    Args:
        clusters: the largest first.
        parts: for each the lower clusters that it is split into.
        joints: each pair that is linked, the most linked first.
    """

    clusters: tuple[Cluster, ...]
    parts: dict[str, tuple[Part, ...]]
    joints: tuple[Joint, ...]


def overview(store: GraphStore) -> Overview:
    """Looks at a vault as a whole.

    Args:
        store: where to ask.

    Returns:
        Its upper clusters and what joins them; none where no notes are linked.
    """
    told = clusters(store).clusters
    found = clustering(store)
    best: dict[tuple[str, str], list[Bridge]] = {}
    for bridge in bridges(store, limit=_BRIDGES).bridges:
        if bridge.a.id is not None and bridge.b.id is not None:
            best.setdefault((bridge.a.id, bridge.b.id), []).append(bridge)
    counted = linked(found)
    ordered = sorted(counted, key=lambda pair: (-counted[pair], *map(natural, pair)))
    return Overview(
        told,
        {cluster.id: parts_of(found, cluster.id) for cluster in told},
        tuple(
            Joint(*pair, counted[pair], tuple(best.get(pair, ())[:_OF_A_PAIR])) for pair in ordered
        ),
    )


def linked(found: Clustering) -> Counter[tuple[str, str]]:
    """How many pairs of notes are linked across each two upper clusters."""
    upper, ids = found.partition.upper, found.graph.ids
    counted: Counter[tuple[str, str]] = Counter()
    for place, near in enumerate(found.graph.adjacency):
        one = upper.get(ids[place])
        for number in near:
            other = upper.get(ids[number])
            if one and other and natural(one) < natural(other):
                counted[one, other] += 1
    return counted
