"""How many weakly connected parts a graph has."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Id = TypeVar("Id")


def components(concepts: Iterable[Id], edges: Iterable[tuple[Id, Id]]) -> int:
    """Counts the weakly connected parts.

    Args:
        concepts: all of them.
        edges: pairs of them, either way.
    """
    parent = {concept: concept for concept in concepts}

    def root(concept: Id) -> Id:
        while parent[concept] != concept:
            parent[concept] = parent[parent[concept]]
            concept = parent[concept]
        return concept

    parts = len(parent)
    for one, other in edges:
        first, second = root(one), root(other)
        if first != second:
            parent[first] = second
            parts -= 1
    return parts
