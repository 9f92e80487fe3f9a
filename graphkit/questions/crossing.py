"""What joins two parts of a graph: the nodes at which the ways from one to the other cross.

Knows nothing of notes.
"""

from __future__ import annotations

from collections import Counter
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from graphkit.questions.leiden import Adjacency

_HUB: Final = 2.5
"""By how many standard deviations a hub has more neighbours in its part than the others there."""
_KINLESS: Final = 0.75
"""The participation coefficient above which a hub belongs to no part in particular."""


def crossing(adjacency: Adjacency, split: int, sources: Iterable[int]) -> dict[int, float]:
    """How many average links across those of each node are worth.

    A link across is worth what is taken of it by the shortest paths from one part to the other
    that stay in the two: the betweenness of links, with sources in one part and targets in the
    other. After Brandes (2008), "On variants of shortest-path betweenness centrality and their
    generic computation", section 3.

    Args:
        adjacency: both parts, and nothing else.
        split: the number of nodes of the first part, which come first.
        sources: the nodes that paths begin at. All of one part give the exact answer; some of
            both an estimate (Brandes and Pich, 2007, "Centrality estimation in large networks").

    Returns:
        The nodes whose links across are taken. Of each part, the numbers add up to that of all
        links across.
    """
    across = sum(other >= split for near in adjacency[:split] for other in near)
    taken: dict[tuple[int, int], float] = {}
    if across:
        for source in sources:
            _follow(adjacency, split, source, taken)
    whole = sum(taken.values())
    worth: dict[int, float] = {}
    for link, share in taken.items():
        for end in link:
            worth[end] = worth.get(end, 0.0) + across * share / whole
    return worth


def _follow(
    adjacency: Adjacency, split: int, source: int, taken: dict[tuple[int, int], float]
) -> None:
    """Adds what the shortest paths from one node to the other part take of each link across."""
    hops, ways = [-1] * len(adjacency), [0] * len(adjacency)
    hops[source], ways[source] = 0, 1
    reached = [source]
    for node in reached:
        further, here = hops[node] + 1, ways[node]
        for other in adjacency[node]:
            if hops[other] < 0:
                hops[other], ways[other] = further, here
                reached.append(other)
            elif hops[other] == further:
                ways[other] += here
    begun = source < split
    through = [0.0] * len(adjacency)
    for node in reversed(reached):
        first, nearer = node < split, hops[node] - 1
        share = (through[node] + (first is not begun)) / ways[node]
        if not share:
            continue
        for other in adjacency[node]:
            if hops[other] == nearer:
                part = share * ways[other]
                through[other] += part
                if (other < split) is not first:
                    link = (other, node)
                    taken[link] = taken.get(link, 0.0) + part


def kinless_hubs(adjacency: Adjacency, parts: Sequence[Hashable]) -> frozenset[int]:
    """The hubs that are linked with all parts of a graph alike.

    They are the role R7 of Guimerà and Amaral (2005), "Functional cartography of complex metabolic
    networks": nodes with a within-part degree of 2.5 standard deviations or more above the mean,
    and a participation coefficient above 0.75.

    Args:
        adjacency: the graph.
        parts: for each node the part that it is in.
    """
    counts = [Counter([parts[other] for other in near]) for near in adjacency]
    inside: dict[Hashable, list[int]] = {}
    for part, count in zip(parts, counts, strict=True):
        inside.setdefault(part, []).append(count[part])
    means = {part: fmean(some) for part, some in inside.items()}
    spread = {part: pstdev(some) for part, some in inside.items()}
    return frozenset(
        node
        for node, (part, count) in enumerate(zip(parts, counts, strict=True))
        if 0 < _HUB * spread[part] <= count[part] - means[part] and _participation(count) > _KINLESS
    )


def _participation(count: Counter[Hashable]) -> float:
    """The participation coefficient of a node with so many neighbours in each part."""
    return 1 - sum(number**2 for number in count.values()) / count.total() ** 2
