"""Which hue each cluster has: areas beside each other never have the same one.

Hues are numbers; what they look like is a matter of the views.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphkit.questions.hexagons import around
from graphkit.questions.partition import natural
from graphkit.questions.places import HUES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphkit.questions.hexagons import Cell

_NEAR: Final = 3
"""Clusters are beside each other if it is so many steps from one to the other, or fewer."""


def hues_of(
    clusters: Mapping[str, Collection[Cell]],
    kept: Mapping[str, int] | None = None,
    changed: Collection[str] = (),
) -> dict[str, int]:
    """Gives each cluster a hue.

    Args:
        clusters: their cells.
        kept: the hues that clusters had. They keep them, unless a cluster of a lower number with
            the same hue has come beside them.
        changed: the clusters among these that have other cells than when they got their hues.

    Returns:
        For each cluster the number of its hue, by their ids: of those that no neighbour has, the
        one that the fewest have; larger clusters choose first.
    """
    had = {id_: hue for id_, hue in (kept or {}).items() if id_ in clusters}
    beside = _beside(clusters, {id_ for id_ in clusters if id_ in changed or id_ not in had})
    found: dict[str, int] = {}
    for id_ in sorted(had, key=natural):
        if all(found.get(other) != had[id_] for other in beside[id_]):
            found[id_] = had[id_]
    counted = Counter(found.values())
    for id_ in sorted(clusters.keys() - found, key=lambda id_: (-len(clusters[id_]), natural(id_))):
        near = Counter(found[other] for other in beside[id_] if other in found)
        hue = min(range(HUES), key=lambda hue: (near[hue], counted[hue], hue))
        found[id_] = hue
        counted[hue] += 1
    return {id_: found[id_] for id_ in sorted(found, key=natural)}


def _beside(clusters: Mapping[str, Collection[Cell]], some: Collection[str]) -> dict[str, set[str]]:
    """The clusters beside some: those with at most two free cells between; the same both ways."""
    owner = {cell: id_ for id_, cells in clusters.items() for cell in cells}
    found: dict[str, set[str]] = {id_: set() for id_ in clusters}
    for id_ in some:
        reached = edge = set(clusters[id_])
        for _ in range(_NEAR):
            edge = {near for cell in edge for near in around(cell)} - reached
            reached = reached | edge
            for other in {owner[cell] for cell in edge if cell in owner}:
                found[id_].add(other)
                found[other].add(id_)
    return found
