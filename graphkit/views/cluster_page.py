"""What the pages of clusters show: one of them, all of them, and the files of a linked set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.errors import UsageError
from graphkit.questions.cluster_map import area_middle, cluster_map
from graphkit.questions.clustering import clustering
from graphkit.questions.overview import overview
from graphkit.questions.placing import placing
from graphkit.views.overview import Topic, render_overview
from graphkit.views.page import Beyond, Group, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.model import Link
    from graphkit.questions.cluster_map import ClusterMap, MapArea
    from graphkit.stores.base import GraphStore
    from graphkit.topics import ClusterCard

READ_FIRST: Final = 12
"""Notes of a cluster that its page leads through, at the most."""


def cluster_page(
    store: GraphStore, card: ClusterCard, pages: Mapping[str, str] | None = None
) -> Page:
    """A cluster on its map.

    Args:
        store: where to ask.
        card: the cluster, with all its notes.
        pages: of a linked set, the files that show clusters, by their ids.

    Returns:
        The page: its notes at their places, by parts, and the other clusters around it.
    """
    ids = [note.id for note in card.concepts]
    drawn = cluster_map(store, card)
    nodes = store.nodes(ids)
    links = [link for other in drawn.others for bridge in other.bridges for link in bridge.links]
    return Page(
        card.name,
        [nodes[id_] for id_ in sorted(nodes)],
        card.links,
        groups=[_group(area) for area in drawn.areas],
        group_of={id_: number for number, area in enumerate(drawn.areas) for id_ in area.notes},
        places=drawn.points,
        ranks=_ranks(ids, drawn),
        beyond=[
            Beyond(
                other.name,
                other.hue,
                other.towards,
                other.bridges,
                other.ends,
                pages.get(other.id) if pages else None,
            )
            for other in drawn.others
        ],
        titles=_titles(store, links),
        card=card,
        up="index.html" if pages else None,
    )


def _group(area: MapArea) -> Group:
    return Group(area.id, area.name, area.hue, area.outline, area.room)


def _ranks(ids: Iterable[str], drawn: ClusterMap) -> dict[str, int]:
    """Notes by how near they are to what the cluster is about: the nearest of each part first."""
    part = {id_: number for number, area in enumerate(drawn.areas) for id_ in area.notes}
    seen = [0] * len(drawn.areas)
    turns = []
    for place, id_ in enumerate(ids):
        turns.append((seen[part[id_]], place, id_))
        seen[part[id_]] += 1
    return {id_: rank for rank, (_, _, id_) in enumerate(sorted(turns))}


def _titles(store: GraphStore, links: Iterable[Link]) -> dict[str, str]:
    ends = {end for link in links for end in (link.source, link.target)}
    return {id_: concept.title for id_, concept in store.concepts(ends).items()}


def clusters_page(store: GraphStore, pages: Mapping[str, str] | None = None) -> str:
    """All upper clusters on the map of the vault.

    Args:
        store: where to ask.
        pages: of a linked set, the files that show clusters, by their ids.

    Returns:
        The HTML of the page.

    Raises:
        UsageError: there are no clusters.
    """
    seen, places = overview(store), placing(store)
    if not seen.clusters:
        raise UsageError("No notes are linked with each other, so there are no clusters to draw.")
    links = [link for joint in seen.joints for bridge in joint.bridges for link in bridge.links]
    topics = [
        Topic(
            cluster,
            seen.parts[cluster.id],
            places.hues[cluster.id],
            area_middle(places, cluster.id),
            places.outline(cluster.id),
            pages[cluster.id] if pages else None,
        )
        for cluster in seen.clusters
    ]
    members = clustering(store).partition.members("upper")
    concepts = store.concepts([id_ for ids in members.values() for id_ in ids])
    notes = {topic: [concepts[id_] for id_ in ids] for topic, ids in members.items()}
    title = store.stats().vault
    return render_overview(
        title, topics, seen.joints, _titles(store, links), notes, folder=bool(pages)
    )
