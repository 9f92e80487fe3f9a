"""A part of the graph as one HTML file that opens anywhere, without any network.

pyvis makes the network (nodes, edges, options) and brings vis-network; the page around it, with the
evidence of every link, is made here. Nothing that a note says is ever taken for markup: text
goes through Jinja's escaping or, as JSON, through ``textContent``, and the page's policy runs
only the two scripts that were put into it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.views.colours import HUES
from graphkit.views.text import clock, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.model import Link, Node

MOST_CONCEPTS: Final = 1_500
"""Concepts that a page shows at the most; the best-connected ones."""
_WITHOUT_FOLDER: Final = "no folder"
_MANY: Final = 120
"""Concepts from which a page saves on what makes it slow: curves, labels of edges."""


class Page(NamedTuple):
    """What a page shows.

    Args:
        title: what it is called.
        nodes: the concepts, by id.
        links: the links between them, by source and line.
        middle: ids of the concepts that it is about, drawn larger and outlined.
        chain: ids of a path's concepts in order; they are drawn in a row.
        undrawn: relations whose links stand in the table and the panel only.
    """

    title: str
    nodes: Sequence[Node]
    links: Sequence[Link]
    middle: frozenset[str] = frozenset()
    chain: tuple[str, ...] = ()
    undrawn: frozenset[str] = frozenset()


def best_connected(page: Page, most: int = MOST_CONCEPTS) -> Page:
    """The same page with its best-connected concepts only, where there are too many.

    Args:
        page: what is to be shown.
        most: how many concepts may be.

    Returns:
        The page itself, or one with the concepts that the page is about and those with the most
        links (ties by id), and the links between them.
    """
    if len(page.nodes) <= most:
        return page
    first = page.middle | set(page.chain)
    ranked = sorted(
        page.nodes, key=lambda n: (n.id not in first, -(n.in_degree + n.out_degree), n.id)
    )
    kept = {node.id for node in ranked[:most]}
    return page._replace(
        nodes=[node for node in page.nodes if node.id in kept],
        links=[link for link in page.links if link.source in kept and link.target in kept],
    )


def render(page: Page) -> str:
    """Makes the HTML of a page.

    Args:
        page: what it shows.

    Returns:
        The whole file's text, about half a megabyte and what the notes say.
    """
    shown = best_connected(page)
    left_out = ""
    if len(shown.nodes) < len(page.nodes):
        left_out = (
            f"The {len(shown.nodes):,} best-connected of {len(page.nodes):,} concepts are shown."
        )
    folders = _folders(shown.nodes)
    titles = {node.id: visible(node.title) for node in shown.nodes}
    paths = {node.id: node.path for node in shown.nodes}
    links = [_link(link, titles, paths) for link in shown.links]
    numbers = {node.id: number for number, node in enumerate(shown.nodes)}
    data = {
        "concepts": [_concept(node, folders, shown) for node in shown.nodes],
        "links": [
            link | {"source": numbers[link["source"]], "target": numbers[link["target"]]}
            for link in links
        ],
        "network": _network(shown, numbers),
    }
    style, script, library = _file("page.css"), _file("page.js"), _library()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
        f" form-action 'none'; script-src {_hash(library)} {_hash(script)}"
    )
    environment, markup = _jinja()
    return str(
        environment.get_template("page.html").render(
            title=visible(page.title),
            facts=f"{len(shown.nodes):,} concepts, {len(links):,} links",
            left_out=left_out,
            legend=_legend(shown.nodes, folders),
            links=links,
            policy=policy,
            style=markup(style),
            script=markup(script),
            library=markup(library),
            data=markup(_json_in_html(data)),
        )
    )


def _folders(nodes: Sequence[Node]) -> dict[str, int]:
    """The folders with the most notes, each with the number of its colour."""
    counted = Counter(node.folder or _WITHOUT_FOLDER for node in nodes if node.note)
    ranked = sorted(counted, key=lambda folder: (-counted[folder], folder))
    return {folder: number for number, folder in enumerate(ranked[: len(HUES)])}


def _legend(nodes: Sequence[Node], folders: dict[str, int]) -> list[dict[str, Any]]:
    counted = Counter(node.folder or _WITHOUT_FOLDER for node in nodes if node.note)
    entries = [
        {"name": visible(folder), "colour": number, "count": counted[folder], "shape": "round"}
        for folder, number in folders.items()
    ]
    rest = sum(counted.values()) - sum(counted[folder] for folder in folders)
    if rest:
        entries.append({"name": "other folders", "colour": -1, "count": rest, "shape": "round"})
    if unresolved := sum(not node.note for node in nodes):
        entries.append(
            {"name": "no note yet", "colour": -1, "count": unresolved, "shape": "diamond"}
        )
    return entries


def _concept(node: Node, folders: dict[str, int], page: Page) -> dict[str, Any]:
    return {
        "id": visible(node.id),
        "title": visible(node.title),
        "note": node.note,
        "aliases": [visible(alias) for alias in node.aliases],
        "tags": [visible(tag) for tag in node.tags],
        "summary": visible(node.summary) if node.summary else None,
        "colour": folders.get(node.folder or _WITHOUT_FOLDER, -1) if node.note else -1,
        "middle": node.id in page.middle,
    }


def _link(link: Link, titles: dict[str, str], paths: dict[str, str | None]) -> dict[str, Any]:
    path = paths[link.source]
    return {
        "source": link.source,
        "target": link.target,
        "source_title": titles[link.source],
        "target_title": titles[link.target],
        "relation": "" if link.relation == "LINKS_TO" else visible(link.relation),
        "sentence": visible(link.sentence),
        "heading": visible(link.heading) if link.heading else None,
        "path": visible(path) if path else None,
        "line": link.line,
        "moment": link.moment,
        "clock": clock(link.seconds) if link.seconds is not None else None,
        "nearest": link.nearest,
    }


def _network(page: Page, numbers: dict[str, int]) -> dict[str, Any]:
    """The network as pyvis makes it; nodes and edges are set directly, one edge a pair."""
    from pyvis.network import Network  # noqa: PLC0415 - 0.4 s, for pages only

    network = Network(directed=True, cdn_resources="in_line")
    along = set(zip(page.chain, page.chain[1:], strict=False))
    for node in page.nodes:
        degree = node.in_degree + node.out_degree
        size = 10 + min(degree, 60) ** 0.5 * 2.2 + (6 if node.id in page.middle else 0)
        told: dict[str, Any] = {
            "id": numbers[node.id],
            "label": _short(visible(node.title)),
            "shape": "dot" if node.note else "diamond",
            "size": round(size, 1),
        }
        if node.id in page.chain:
            told |= {"x": page.chain.index(node.id) * 260, "y": 0, "fixed": True}
        network.nodes.append(told)
    pairs: dict[tuple[int, int], list[Link]] = {}
    for link in page.links:
        if link.source != link.target and link.relation not in page.undrawn:
            one, other = sorted((numbers[link.source], numbers[link.target]))
            pairs.setdefault((one, other), []).append(link)
    for (one, other), links in pairs.items():
        forth = any(numbers[link.source] == one for link in links)
        back = any(numbers[link.source] == other for link in links)
        relations = sorted({link.relation for link in links} - {"LINKS_TO"})
        network.edges.append(
            {
                "id": f"{one}-{other}",
                "from": one,
                "to": other,
                "arrows": {"to": {"enabled": forth}, "from": {"enabled": back}},
                "width": round(1 + min(len(links), 9) ** 0.5, 2),
                "label": visible(", ".join(relations)) if len(page.nodes) <= _MANY else "",
                "onpath": any(
                    (link.source, link.target) in along or (link.target, link.source) in along
                    for link in links
                ),
            }
        )
    network.set_options(json.dumps(_options(page)))
    nodes, edges, *_, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options), "colours": HUES}


def _options(page: Page) -> dict[str, Any]:
    large = len(page.nodes) > _MANY
    return {
        "physics": {
            "enabled": len(page.nodes) > len(page.chain),
            "solver": "forceAtlas2Based",
            "forceAtlas2Based": {
                "gravitationalConstant": -70 if large else -110,
                "springLength": 90 if large else 130,
                "avoidOverlap": 0.4,
            },
            "stabilization": {"iterations": 150 if large else 400},
        },
        "layout": {"randomSeed": 7, "improvedLayout": not large},
        "edges": {
            "smooth": False if large else {"type": "continuous"},
            "arrows": {"to": {"scaleFactor": 0.5}, "from": {"scaleFactor": 0.5}},
            "selectionWidth": 2,
        },
        "interaction": {"hover": True, "navigationButtons": False, "keyboard": False},
        "nodes": {"scaling": {"label": {"enabled": False}}},
    }


def _short(title: str) -> str:
    """A title that fits beside its dot: broken after about 18 characters, cut after 60."""
    lines: list[str] = []
    for word in (title if len(title) <= 60 else title[:59] + "…").split():  # noqa: PLR2004
        if lines and len(lines[-1]) + len(word) < 18:  # noqa: PLR2004 - as said
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "\n".join(lines)


def _json_in_html(value: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


@cache
def _library() -> str:
    """vis-network, out of pyvis."""
    import pyvis  # noqa: PLC0415

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    (library,) = sorted(folder.glob("vis-*/vis-network.min.js"))[-1:]
    return library.read_text(encoding="utf-8").replace("</script", "<\\/script")


def _jinja() -> tuple[Any, Any]:
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415 - with pyvis
    from markupsafe import Markup  # noqa: PLC0415

    loader = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=loader, autoescape=True), Markup
