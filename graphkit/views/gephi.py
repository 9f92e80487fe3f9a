"""The map for Gephi: each concept's place, size and colour, in GEXF and in GraphML.

Gephi's y grows upwards, and so does that of networkx's drawings; a page's grows downwards.
"""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.questions.clustering import clustering
from graphkit.questions.placing import placing
from graphkit.stores.networkx import link_properties, properties_of
from graphkit.views.colours import HUES
from graphkit.views.export import NOT_IN_XML
from graphkit.views.network import dot_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphkit.model import Link, Node
    from graphkit.stores.base import GraphStore

DRAWN: Final = ("x", "y", "size", "r", "g", "b")
"""What GraphML tells of a look; a frontmatter key of that name stands as ``fm_KEY`` there."""
_DATE: Final = re.compile(r' lastmodifieddate="[^"]*"')
_GREY: Final = "#7d858d"
_OTHERWISE: Final = frozenset("id label viz pid parents start end spells slices".split())
"""Names under which networkx's writer takes something else than a property."""


class Look(NamedTuple):
    """How a concept stands on the map; what is not known is None.

    Args:
        x: to the right.
        y: upwards.
        size: radius of its dot.
        r: red, from 0 to 255.
        g: green.
        b: blue.
    """

    x: float | None
    y: float | None
    size: float
    r: int
    g: int
    b: int

    def told(self) -> dict[str, Any]:
        """What is known, by name."""
        return {name: value for name, value in self._asdict().items() if value is not None}


def looks(store: GraphStore) -> Callable[[Node], Look]:
    """How concepts stand on the map of a vault.

    Args:
        store: where to ask.

    Returns:
        A function that tells of one.
    """
    found, places = clustering(store), placing(store)
    upper = found.partition.upper

    def look(node: Node) -> Look:
        x, y = places.points.get(node.id, (None, None))
        cluster = upper.get(node.id)
        shade = HUES[places.hues[cluster]][0] if cluster else _GREY
        red, green, blue = bytes.fromhex(shade[1:])
        return Look(
            x=x,
            y=None if y is None else -y,
            size=round(dot_size(node), 1),
            r=red,
            g=green,
            b=blue,
        )

    return look


def write_gexf(
    nodes: Iterable[Node], links: Iterable[Link], look: Callable[[Node], Look], out: IO[str]
) -> None:
    """Writes a graph as GEXF 1.3.

    Args:
        nodes: its concepts.
        links: its links, one edge each.
        look: how a concept stands on the map.
        out: where to.
    """
    import networkx as nx  # noqa: PLC0415 - 0.3 s, for graphs only

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        seen = look(node)
        viz: dict[str, Any] = {
            "size": seen.size,
            "color": {"r": seen.r, "g": seen.g, "b": seen.b, "a": 1.0},
        }
        if seen.x is not None and seen.y is not None:
            viz["position"] = {"x": float(seen.x), "y": float(seen.y), "z": 0.0}
        own = {key: value for key, value in properties_of(node).items() if key != "id"}
        graph.add_node(_text(node.id), label=_text(node.title), viz=viz, **_plain(own))
    for number, link in enumerate(links):
        ends = _text(link.source), _text(link.target)
        graph.add_edge(*ends, key=number, id=str(number), **_plain(link_properties(link)))
    buffer = io.BytesIO()
    nx.write_gexf(graph, buffer, version="1.3")
    # The day on which a file was written would make another file of the same graph.
    out.write(_DATE.sub("", buffer.getvalue().decode("utf-8"), count=1))


def _plain(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Properties as a spreadsheet takes them: texts, numbers, and lists as text."""
    plain: dict[str, Any] = {}
    for key, value in properties.items():
        if value is None or value == []:
            continue
        name = f"fm_{key}" if key in _OTHERWISE else _text(key)
        if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < 2**31):
            plain[name] = value
        elif isinstance(value, list):
            plain[name] = _text("; ".join(map(str, value)))
        else:
            plain[name] = _text(str(value))
    return plain


def _text(text: str) -> str:
    return NOT_IN_XML.sub("\ufffd", text)
