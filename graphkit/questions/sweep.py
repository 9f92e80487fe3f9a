"""The part of a graph around some of its nodes: a random walk that comes back, and a cut.

After Andersen, Chung and Lang (2006), "Local graph partitioning using PageRank vectors". They
order nodes by p / degree; here it is p / sqrt(degree), since the former puts first what hangs on
the edge by one link. Knows nothing of notes.
"""

from __future__ import annotations

from collections import deque
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.questions.leiden import Adjacency

RESTART: Final = 0.3
"""The chance that a walk begins anew at each step."""
FEWEST: Final = 8
MOST: Final = 80
"""Between these sizes the cut is looked for."""
_PART: Final = 3
"""A cut takes one node of so many at most."""
_PRECISION: Final = 2e-6
"""The most that is left undone at a node, for each unit of its degree."""
_DIGITS: Final = 12


def nearness(adjacency: Adjacency, seeds: Mapping[int, float]) -> dict[int, float]:
    """How near nodes are to some of them: personalised PageRank over the root of the degree.

    Args:
        adjacency: for each node its neighbours with the weights of the edges, both ways.
        seeds: where walks begin, each with its weight, above 0.

    Returns:
        The nodes that a walk reaches, the nearest first, ties by number. Worked out by pushing
        (their algorithm), so that only what is near is looked at.
    """
    whole = sum(seeds.values())
    left = {node: weight / whole for node, weight in sorted(seeds.items())}
    found: dict[int, float] = {}
    degrees: dict[int, int] = {}
    waiting = deque(left)
    queued = set(left)
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        mass = left.pop(node)
        near = adjacency[node]
        found[node] = found.get(node, 0.0) + RESTART * mass
        degree = degrees.setdefault(node, sum(near.values()))
        if not degree:
            continue
        share = (1 - RESTART) * mass / degree
        for other, weight in near.items():
            here = left[other] = left.get(other, 0.0) + share * weight
            if other not in queued:
                most = degrees.get(other)
                if most is None:
                    most = degrees[other] = sum(adjacency[other].values())
                if here > _PRECISION * most:
                    queued.add(other)
                    waiting.append(other)
    scores = {node: p / sqrt(degrees[node] or 1) for node, p in found.items()}
    order = sorted(scores, key=lambda node: (-round(scores[node], _DIGITS), node))
    return {node: scores[node] for node in order}


def cut(adjacency: Adjacency, order: Sequence[int]) -> int:
    """How many of the first nodes hang together best: where conductance is lowest.

    Args:
        adjacency: the graph.
        order: nodes, the nearest first.

    Returns:
        A number from 8 to 80, and to a third of the graph; fewer where there are not so many.
        Without bounds conductance falls on as more and more is taken in.
    """
    most = min(MOST, max(FEWEST, len(adjacency) // _PART), len(order))
    volume = sum(sum(near.values()) for near in adjacency)
    inside: set[int] = set()
    held = outward = 0
    best: tuple[float, int] | None = None
    for number, node in enumerate(order[:most], start=1):
        near = adjacency[node]
        degree = sum(near.values())
        within = sum(weight for other, weight in near.items() if other in inside)
        inside.add(node)
        held += degree
        outward += degree - 2 * within
        if number >= min(FEWEST, most):
            smaller = min(held, volume - held)
            conductance = round(outward / smaller, _DIGITS) if smaller else 0.0
            if best is None or (conductance, -number) <= best:
                best = (conductance, -number)
    return -best[1] if best else 0
