"""All about one concept: what it is, where it is said, what leads there and on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.answers import Card
from graphkit.questions.up_to_date import bring_up_to_date

if TYPE_CHECKING:
    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore


def card_of(store: GraphStore, concept: Concept) -> Card:
    """The card of a concept.

    Args:
        store: where to ask.
        concept: whose card.

    Returns:
        The card; links in the order of the note, backlinks by source and line.
    """
    bring_up_to_date(store)
    node = store.nodes([concept.id])[concept.id]
    return Card(
        id=node.id,
        title=node.title,
        note=node.note,
        path=node.path,
        video=node.video,
        tags=node.tags,
        aliases=node.aliases,
        words=node.words,
        summary=node.summary,
        cluster=node.cluster,
        subcluster=node.subcluster,
        cluster_name=node.cluster_name,
        subcluster_name=node.subcluster_name,
        in_degree=node.in_degree,
        out_degree=node.out_degree,
        properties=node.properties,
        links=tuple(store.links([concept.id], "out")),
        backlinks=tuple(store.links([concept.id], "in")),
    )
