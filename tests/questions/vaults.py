"""Vaults made up for tests of the map: their notes, links and clusters, without any files."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from graphkit.questions.communities import from_nothing
from graphkit.questions.note_graph import graph_of

if TYPE_CHECKING:
    from graphkit.questions.note_graph import NoteGraph
    from graphkit.questions.partition import Partition

    Vault = tuple[NoteGraph, Partition, dict[str, list[str]]]
    """Notes and links, their clusters, and by whom each concept without a note is mentioned."""


def random_vault(size: int, seed: int = 1) -> Vault:
    """Notes on subjects of fifteen, linked mostly within these, as they are clustered."""
    chance = random.Random(seed)  # noqa: S311 - seeded
    ids = [f"n{number:04}" for number in range(size)]
    pairs = []
    for number, id_ in enumerate(ids):
        subject = ids[number // 15 * 15 :][:15]
        pairs += [(id_, chance.choice(subject)) for _ in range(4)]
        pairs += [(id_, chance.choice(ids)) for _ in range(chance.randrange(3))]
    graph = graph_of(ids, pairs)
    mentions = {f"u{number}": sorted(chance.sample(ids, 2)) for number in range(size // 9)}
    return graph, from_nothing(graph), mentions


def pairs_of(graph: NoteGraph) -> list[tuple[str, str]]:
    """All linked pairs of notes, either way round."""
    return [
        (id_, graph.ids[other])
        for id_, near in zip(graph.ids, graph.adjacency, strict=True)
        for other in near
    ]
