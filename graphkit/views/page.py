"""A part of the graph as one HTML file that opens anywhere, without any network.

pyvis makes the network (nodes, edges, options) and brings vis-network; the page around it, with the
evidence of every link, is made here and by the scripts in ``templates/``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from graphkit.views.colours import HUES
from graphkit.views.network import network_of
from graphkit.views.page_file import assembled
from graphkit.views.text import clock, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.model import Link, Node
    from graphkit.topics import Bridge, ClusterCard

    Point = tuple[float, float]

MOST_CONCEPTS: Final = 1_500
"""Concepts that a page shows at the most; the best-connected ones."""


@dataclass(frozen=True)
class Group:
    """A cluster whose concepts a page shows in one colour, and names in its legend.

    Args:
        id: the cluster's; None for concepts of several.
        name: what it is called.
        hue: number of its colour; -1 for grey.
        outline: the borders of its area, closed polygons; none where concepts have no places.
        room: where in its area its name stands best.
    """

    id: str | None
    name: str
    hue: int
    outline: Sequence[Sequence[Point]] = ()
    room: Point | None = None


@dataclass(frozen=True)
class Beyond:
    """Another cluster that the concepts of a page lead on to, at the rim.

    Args:
        name: what it is called.
        hue: number of its colour.
        towards: the direction in which it lies, to the right and downward.
        bridges: what holds it and the page's concepts together.
        ends: ids of concepts of the page that are linked with it, with the number of these links.
        page: the file that shows it; None where there is none.
    """

    name: str
    hue: int
    towards: Point
    bridges: Sequence[Bridge]
    ends: Mapping[str, int]
    page: str | None = None


@dataclass(frozen=True)
class Page:
    """What a page shows.

    Args:
        title: what it is called.
        nodes: the concepts, by id.
        links: the links between them, by source and line.
        middle: ids of the concepts that it is about, drawn larger and outlined.
        chain: ids of a path's concepts in order; they are drawn in a row.
        undrawn: relations whose links stand in the table and the panel only.
        lineless: ids of concepts whose links do so too.
        groups: the clusters that the concepts belong to, in the legend's order.
        group_of: for the id of a concept, the number of its group.
        places: where the concepts lie, by id; of all, or of none.
        ranks: by id, whose name is drawn before whose, the lowest first; by links without it.
        beyond: other clusters that the concepts lead on to.
        titles: of concepts of these, by id.
        card: the cluster that it is about.
        up: the file that shows all clusters; None where there is none.
    """

    title: str
    nodes: Sequence[Node]
    links: Sequence[Link]
    middle: frozenset[str] = frozenset()
    chain: tuple[str, ...] = ()
    undrawn: frozenset[str] = frozenset()
    lineless: frozenset[str] = frozenset()
    groups: Sequence[Group] = ()
    group_of: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Point] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(default_factory=dict)
    beyond: Sequence[Beyond] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    card: ClusterCard | None = None
    up: str | None = None


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
    return replace(
        page,
        nodes=[node for node in page.nodes if node.id in kept],
        links=[link for link in page.links if link.source in kept and link.target in kept],
    )


def render(page: Page) -> str:
    """Makes the HTML of a page.

    Args:
        page: what it shows.

    Returns:
        The whole file's text, about half a megabyte and what the notes say; of a page of a linked
        set (one with a page of all clusters) only the latter.
    """
    shown = best_connected(page)
    left_out = ""
    if len(shown.nodes) < len(page.nodes):
        left_out = (
            f"The {len(shown.nodes):,} best-connected of {len(page.nodes):,} concepts are shown."
        )
    titles = {**page.titles, **{node.id: node.title for node in shown.nodes}}
    numbers = {node.id: number for number, node in enumerate(shown.nodes)}
    links = [link_told(link, titles) for link in shown.links]
    members = page.card.concepts if page.card else ()
    because = {note.id: note.because.sentence for note in members if note.because}
    data = {
        "kind": "page",
        "colours": HUES,
        "concepts": [_concept(node, shown, because) for node in shown.nodes],
        "links": [_numbered(link, numbers) for link in links],
        "groups": [
            {"id": group.id, "name": visible(group.name), "hue": group.hue} for group in page.groups
        ],
        "beyond": [_beyond(other, titles, numbers) for other in shown.beyond],
        "card": _card(page.card, numbers) if page.card else None,
        "drawn": network_of(shown, numbers),
    }
    return assembled(
        "page.html",
        data,
        folder=page.up is not None,
        up=page.up,
        title=visible(page.title),
        facts=f"{len(shown.nodes):,} concepts, {len(links):,} links",
        sought="a concept",
        left_out=left_out,
        legend=_legend(shown) if len(shown.groups) != 1 or not shown.places else [],
        links=links,
    )


def _legend(page: Page) -> list[dict[str, Any]]:
    counted = Counter(page.group_of.get(node.id, -1) for node in page.nodes if node.note)
    entries: list[dict[str, Any]] = [
        {
            "group": number,
            "number": None if group.outline else number + 1,
            "name": visible(group.name),
            "hue": group.hue,
            "count": counted[number],
        }
        for number, group in enumerate(page.groups)
        if counted[number]
    ]
    if page.groups and counted[-1]:
        entries.append({"group": None, "name": "in no cluster", "hue": -1, "count": counted[-1]})
    if unresolved := sum(not node.note for node in page.nodes):
        told = {"group": None, "name": "no note yet", "hue": -1, "count": unresolved}
        entries.append(told | {"shape": "diamond"})
    return entries


def _concept(node: Node, page: Page, because: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": visible(node.id),
        "title": visible(node.title),
        "note": node.note,
        "aliases": [visible(alias) for alias in node.aliases],
        "tags": [visible(tag) for tag in node.tags],
        "summary": visible(node.summary) if node.summary else None,
        "because": visible(because[node.id]) if node.id in because else None,
        "group": page.group_of.get(node.id, -1),
        "middle": node.id in page.middle,
    }


def link_told(link: Link, titles: Mapping[str, str]) -> dict[str, Any]:
    """A link as templates and scripts take it.

    Args:
        link: which.
        titles: of the concepts at its ends, by id.
    """
    return {
        "source": link.source,
        "target": link.target,
        "source_title": visible(titles[link.source]),
        "target_title": visible(titles[link.target]),
        "relation": "" if link.relation == "LINKS_TO" else visible(link.relation),
        "sentence": visible(link.sentence),
        "heading": visible(link.heading) if link.heading else None,
        "path": visible(f"{link.source}.md"),
        "line": link.line,
        "moment": link.moment,
        "clock": clock(link.seconds) if link.seconds is not None else None,
        "nearest": link.nearest,
    }


def _numbered(link: dict[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    """A link with its ends by number; None for one that is not on the page."""
    return link | {"source": numbers.get(link["source"]), "target": numbers.get(link["target"])}


def _beyond(other: Beyond, titles: Mapping[str, str], numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": visible(other.name),
        "hue": other.hue,
        "page": other.page,
        "bridges": [
            {
                "concept": numbers.get(bridge.concept.id),
                "title": visible(bridge.concept.title),
                "links": [_numbered(link_told(link, titles), numbers) for link in bridge.links],
            }
            for bridge in other.bridges
        ],
    }


def _card(card: ClusterCard, numbers: Mapping[str, int]) -> dict[str, Any]:
    facts = [f"{card.size:,} notes" if card.size > 1 else "1 note"]
    if card.seed and card.seed.query:
        facts.insert(0, f"around what {card.seed.hits:,} say")
    facts.append(f"{card.links_inside:,} links inside, {card.links_outside:,} out of it")
    return {
        "name": visible(card.name),
        "facts": " · ".join(facts),
        "central": [numbers[note.id] for note in card.central if note.id in numbers],
        "order": [
            {
                "concept": numbers[step.id],
                "sentence": visible(step.because.sentence) if step.because else None,
                "builds_on": [numbers[note.id] for note in step.builds_on if note.id in numbers],
            }
            for step in card.reading_order
            if step.id in numbers
        ],
    }
