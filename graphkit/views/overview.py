"""The page of a whole vault: one dot a cluster, in its area, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkit.views.colours import HUES
from graphkit.views.network import by_pyvis, drawing_options, line
from graphkit.views.page import link_told
from graphkit.views.page_file import assembled, rounded
from graphkit.views.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.model import Concept
    from graphkit.questions.overview import Joint
    from graphkit.topics import Cluster, Part

    Point = tuple[float, float]

MOST_CLUSTERS: Final = 500
"""Clusters that the page shows at the most; the largest."""
_MOST_JOINTS: Final = 400
_OF_A_BRIDGE: Final = 2
_LIKE_ITS_AREA: Final = 34
"""A dot's radius, in pixels, is so many times the root of the number of notes: a third of that of
its area."""


@dataclass(frozen=True)
class Topic:
    """A cluster on the page of all.

    Args:
        cluster: which.
        parts: those that it is split into.
        hue: number of its colour.
        at: the middle of its area.
        outline: the borders of its area, closed polygons.
        page: the file that shows it; None where there is none.
    """

    cluster: Cluster
    parts: Sequence[Part]
    hue: int
    at: Point
    outline: Sequence[Sequence[Point]]
    page: str | None = None


def render_overview(
    title: str,
    topics: Sequence[Topic],
    joints: Sequence[Joint],
    titles: Mapping[str, str],
    notes: Mapping[str, Sequence[Concept]],
    *,
    folder: bool = False,
) -> str:
    """Makes the HTML of the page.

    Args:
        title: what it is called.
        topics: the clusters, the largest first.
        joints: what joins each two of them.
        titles: of the concepts at both ends of the joints' links, by id.
        notes: those of each cluster, by its id, which the find box knows.
        folder: whether the shared files lie beside it; else they are put into it.

    Returns:
        The whole file's text.
    """
    shown = topics[:MOST_CLUSTERS]
    numbers = {topic.cluster.id: number for number, topic in enumerate(shown)}
    ties = [joint for joint in joints if joint.a in numbers and joint.b in numbers][:_MOST_JOINTS]
    left_out = f"The {len(shown):,} largest of {len(topics):,} topics are shown."
    told = [_topic(topic) for topic in shown]
    joined = [_joint(joint, numbers, titles) for joint in ties]
    size = sum(topic.cluster.size for topic in topics)
    return assembled(
        "overview.html",
        {
            "kind": "overview",
            "colours": HUES,
            "topics": told,
            "notes": [
                [visible(note.title), numbers[id_], visible(note.id)]
                for id_, members in notes.items()
                if id_ in numbers
                for note in members
            ],
            "joints": joined,
            "drawn": _drawn(shown, ties, numbers),
        },
        folder=folder,
        title=visible(title),
        facts=f"{len(topics):,} topics of {size:,} notes",
        sought="a topic or a note",
        left_out=left_out if len(shown) < len(topics) else "",
        legend=[],
        topics=told,
        joints=joined,
    )


def _topic(topic: Topic) -> dict[str, Any]:
    cluster = topic.cluster
    return {
        "id": cluster.id,
        "name": visible(cluster.name),
        "hue": topic.hue,
        "page": topic.page,
        "size": cluster.size,
        "inside": cluster.links_inside,
        "outside": cluster.links_outside,
        "central": [visible(concept.title) for concept in cluster.central],
        "parts": [
            {"id": part.id, "name": visible(part.name), "size": part.size} for part in topic.parts
        ],
    }


def _joint(joint: Joint, numbers: Mapping[str, int], titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "a": numbers[joint.a],
        "b": numbers[joint.b],
        "pairs": joint.pairs,
        "bridges": [
            {
                "title": visible(bridge.concept.title),
                "links": [link_told(link, titles) for link in bridge.links[:_OF_A_BRIDGE]],
            }
            for bridge in joint.bridges
        ],
    }


def _drawn(
    topics: Sequence[Topic], joints: Sequence[Joint], numbers: Mapping[str, int]
) -> dict[str, Any]:
    nodes = [
        {
            "id": number,
            "title": visible(topic.cluster.name),
            "shape": "dot",
            "size": round(_LIKE_ITS_AREA * topic.cluster.size**0.5, 1),
            "hue": topic.hue,
            "group": number,
            "rank": number,
            "number": topic.cluster.size,
            "count": topic.cluster.size,
            "x": round(topic.at[0]),
            "y": round(topic.at[1]),
        }
        for number, topic in enumerate(topics)
    ]
    most = max((joint.pairs for joint in joints), default=1)
    largest = max((topic.cluster.size for topic in topics), default=1) ** 0.5
    edges = []
    for joint in joints:
        edge = line(numbers[joint.a], numbers[joint.b], joint.pairs, opacity=0.3)
        edges.append(edge | {"width": round(largest * (0.4 + 6 * joint.pairs / most), 1)})
    areas = [
        {
            "group": number,
            "name": None,
            "hue": topic.hue,
            "polygons": [rounded(polygon) for polygon in topic.outline],
            "room": None,
        }
        for number, topic in enumerate(topics)
    ]
    told = by_pyvis(nodes, edges, drawing_options(placed=True, large=False, moving=False))
    return told | {"areas": areas, "rim": [], "room": None}
