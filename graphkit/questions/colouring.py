"""Which hue each cluster has: areas beside each other never have the same one.

Hues are numbers; what they look like is a matter of the views.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphkit.questions.hexagons import around
from graphkit.questions.partition import natural
from graphkit.questions.places import HUES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphkit.questions.hexagons import Cell


def hues_of(
    clusters: Mapping[str, Collection[Cell]], kept: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Gives each cluster a hue.

    Args:
        clusters: their cells.
        kept: the hues that clusters had. They keep them, unless a cluster of a lower number with
            the same hue has come beside them.

    Returns:
        For each cluster the number of its hue, by their ids: of those that no neighbour has, the
        one that the fewest have; larger clusters choose first.
    """
    beside = _beside(clusters)
    found: dict[str, int] = {}
    for id_ in sorted(clusters, key=natural):
        hue = (kept or {}).get(id_)
        if hue is not None and all(found.get(other) != hue for other in beside[id_]):
            found[id_] = hue
    counted = Counter(found.values())
    for id_ in sorted(clusters.keys() - found, key=lambda id_: (-len(clusters[id_]), natural(id_))):
        near = Counter(found[other] for other in beside[id_] if other in found)
        hue = min(range(HUES), key=lambda hue: (near[hue], counted[hue], hue))
        found[id_] = hue
        counted[hue] += 1
    return {id_: found[id_] for id_ in sorted(found, key=natural)}


def _beside(clusters: Mapping[str, Collection[Cell]]) -> dict[str, set[str]]:
    """The clusters beside each: those with at most two free cells between."""
    owner = {cell: id_ for id_, cells in clusters.items() for cell in cells}
    found: dict[str, set[str]] = {id_: set() for id_ in clusters}
    near: dict[Cell, set[str]] = {}
    for cell, id_ in owner.items():
        for other in around(cell):
            if owner.get(other) != id_:
                near.setdefault(other, set()).add(id_)
    for cell, ids in near.items():
        met = ids.union(*(near.get(other, ()) for other in around(cell)))
        if cell in owner:
            met.add(owner[cell])
        if len(met) > 1:
            for id_ in ids:
                found[id_] |= met - {id_}
    return found
