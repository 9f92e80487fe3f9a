"""The whole graph as a ``networkx.MultiDiGraph``, from any store."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from graphkit.model import Link, Node
    from graphkit.stores.base import GraphStore

OWN_PROPERTIES = frozenset(
    "id title name path folder tags aliases video_id words cluster subcluster cluster_name"
    " subcluster_name in_degree out_degree summary neighbours labels label note".split()
)
"""Properties that graphkit gives a node; a frontmatter key of that name becomes ``fm_KEY``.

So does one that begins with ``_``, as graphkit's own bookkeeping does.
"""

LINK_PROPERTIES = tuple(
    "relation kind text anchor alias heading line sentence seconds moment nearest resolved_by"
    " ambiguous".split()
)
"""What a link has besides its two ends."""
_LINK_VALUES = attrgetter(*LINK_PROPERTIES)


def labels_of(node: Node) -> list[str]:
    """The labels of a concept in the graph."""
    return ["Concept", "Note" if node.note else "Unresolved"]


def properties_of(node: Node) -> dict[str, Any]:
    """The properties of a concept in the graph; those that are not known are left out."""
    own: dict[str, Any] = {"id": node.id, "title": node.title, "name": node.name}
    if node.note:
        own |= {
            "path": node.path,
            "folder": node.folder,
            "tags": list(node.tags),
            "aliases": list(node.aliases),
            "video_id": node.video,
            "words": node.words,
            "summary": node.summary,
            "cluster": node.cluster,
            "subcluster": node.subcluster,
            "cluster_name": node.cluster_name,
            "subcluster_name": node.subcluster_name,
        }
    own |= {"in_degree": node.in_degree, "out_degree": node.out_degree}
    own = {key: value for key, value in own.items() if value is not None}
    for key, value in node.properties.items():
        taken = key in OWN_PROPERTIES or key.startswith(("fm_", "_"))
        own[f"fm_{key}" if taken else key] = value
    return own


def link_properties(link: Link) -> dict[str, Any]:
    """The properties of a link in the graph: all of it but its two ends."""
    told = dict(zip(LINK_PROPERTIES, _LINK_VALUES(link), strict=True))
    told["ambiguous"] = list(link.ambiguous)
    return told


def as_networkx(store: GraphStore) -> nx.MultiDiGraph[str]:
    """Builds the whole graph, one edge a link occurrence.

    Args:
        store: where the graph is.

    Returns:
        A graph whose nodes are concept ids. A node carries ``labels``, ``note`` and all
        properties; an edge carries ``relation`` and the link's evidence. Nodes and edges stand in
        the order of ids and lines.
    """
    import networkx as nx  # noqa: PLC0415 - local questions do without it

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in store.all_nodes():
        graph.add_node(node.id, labels=labels_of(node), note=node.note, **properties_of(node))
    for link in store.all_links():
        graph.add_edge(link.source, link.target, **link_properties(link))
    return graph
