"""The network of a page, as pyvis makes it: dots, one line a pair, and vis-network's options."""

from __future__ import annotations

import json
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from graphkit.views.page_file import rounded
from graphkit.views.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.model import Link, Node
    from graphkit.views.page import Page

_MANY: Final = 120
"""Concepts from which a page saves on what makes it slow: curves, arrows, labels of edges."""
_CROWD: Final = 1_000
"""Lines on a map from which each is drawn fainter."""
ROOM: Final = 160
"""Pixels from a note's place to the next one's."""


def network_of(page: Page, numbers: Mapping[str, int]) -> dict[str, Any]:
    """What the page's script draws.

    Args:
        page: what it shows.
        numbers: of the concepts, by id.
    """
    nodes = [_node(page, node, numbers[node.id]) for node in page.nodes]
    edges = _edges(page, numbers)
    rim = [
        {
            "name": visible(other.name),
            "hue": other.hue,
            "page": other.page,
            "towards": other.towards,
            "ends": [[numbers[id_], count] for id_, count in sorted(other.ends.items())],
        }
        for other in page.beyond
    ]
    areas = [
        {
            "group": number,
            "name": visible(group.name),
            "hue": group.hue,
            "polygons": [rounded(polygon) for polygon in group.outline],
            "room": rounded([group.room])[0] if group.room else None,
        }
        for number, group in enumerate(page.groups)
    ]
    placed = bool(page.places)
    options = drawing_options(
        placed=placed,
        large=len(page.nodes) > _MANY,
        moving=not placed and len(page.nodes) > len(page.chain),
    )
    told = by_pyvis(nodes, edges, options)
    return told | {"areas": areas, "rim": rim, "room": ROOM if page.places else None}


def by_pyvis(
    nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Nodes, edges and options as pyvis gives them to vis-network."""
    from pyvis.network import Network  # noqa: PLC0415 - 0.4 s, for pages only

    network = Network(directed=True, cdn_resources="in_line")
    network.nodes.extend(nodes)
    network.edges.extend(edges)
    network.set_options(json.dumps(options))
    nodes, edges, *_, told = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(told)}


def dot_size(node: Node) -> float:
    """The radius of a concept's dot, in pixels: from 12 to 31, by its number of links."""
    return 12 + sqrt(min(node.in_degree + node.out_degree, 60)) * 2.4


def _node(page: Page, node: Node, number: int) -> dict[str, Any]:
    group = page.group_of.get(node.id, -1)
    size = dot_size(node) + (6 if node.id in page.middle else 0)
    told: dict[str, Any] = {
        "id": number,
        "title": visible(node.title),
        "shape": "dot" if node.note else "diamond",
        "size": round(size, 1),
        "hue": page.groups[group].hue if group >= 0 else -1,
        "group": group,
        "rank": page.ranks.get(node.id, -node.in_degree - node.out_degree),
        "hollow": not node.note,
        "middle": node.id in page.middle,
    }
    if group >= 0 and not page.groups[group].outline:
        told["number"] = group + 1
    if node.id in page.places:
        x, y = page.places[node.id]
        told |= {"x": round(x), "y": round(y)}
    if node.id in page.chain:
        told |= {"x": page.chain.index(node.id) * 260, "y": 0, "fixed": True}
    return told


def _edges(page: Page, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    along = set(zip(page.chain, page.chain[1:], strict=False))
    pairs: dict[tuple[int, int], list[Link]] = {}
    for link in page.links:
        ends = {link.source, link.target}
        if len(ends) > 1 and link.relation not in page.undrawn and not ends & page.lineless:
            one, other = sorted(numbers[end] for end in ends)
            pairs.setdefault((one, other), []).append(link)
    edges = []
    opacity = max(0.1, 0.22 * min(1, _CROWD / (len(pairs) or 1))) if page.places else 0.45
    for (one, other), links in pairs.items():
        edge = line(one, other, len(links), opacity=round(opacity, 2))
        if len(page.nodes) <= _MANY and not page.places:
            relations = sorted({link.relation for link in links} - {"LINKS_TO"})
            edge["label"] = visible(", ".join(relations))
            edge["arrows"] = {
                "to": {"enabled": any(numbers[link.source] == one for link in links)},
                "from": {"enabled": any(numbers[link.source] == other for link in links)},
            }
        edge["onpath"] = any(
            (link.source, link.target) in along or (link.target, link.source) in along
            for link in links
        )
        edges.append(edge)
    return edges


def line(one: int, other: int, count: int, *, opacity: float) -> dict[str, Any]:
    """A line between two nodes.

    Args:
        one: the id of the one.
        other: the id of the other.
        count: how many links it stands for; it makes the line wider.
        opacity: from 0 to 1.
    """
    return {
        "id": f"{one}-{other}",
        "from": one,
        "to": other,
        "arrows": "",
        "width": round(1 + min(count, 9) ** 0.5, 2),
        "opacity": opacity,
    }


def drawing_options(*, placed: bool, large: bool, moving: bool) -> dict[str, Any]:
    """The options of vis-network.

    Args:
        placed: whether all nodes have their places.
        large: whether there are so many that it has to be saved on looks.
        moving: whether nodes look for their places themselves.
    """
    return {
        "physics": {
            "enabled": moving,
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {
                "gravitationalConstant": -70 if large else -110,
                "springLength": 90 if large else 130,
                "avoidOverlap": 0.4,
            },
            "stabilization": {"iterations": 150 if large else 400},
        },
        "layout": {"randomSeed": 7, "improvedLayout": not large and not placed},
        "edges": {
            "smooth": False if large or placed else {"type": "continuous"},
            "arrows": {"to": {"scaleFactor": 0.5}, "from": {"scaleFactor": 0.5}},
            "selectionWidth": 2,
            "hoverWidth": 0,
        },
        "interaction": {
            "hover": True,
            "navigationButtons": False,
            "keyboard": False,
            "dragNodes": not placed,
        },
        "nodes": {"scaling": {"label": {"enabled": False}}},
    }
