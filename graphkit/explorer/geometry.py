"""The whole graph as the page's map wants it: areas as JSON, concepts and edges as typed arrays.

``docs/explorer-api.md`` says what stands where. Knows nothing of HTTP.
"""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.questions.cluster_map import area_middle
from graphkit.questions.clustering import clustering
from graphkit.questions.overview import linked
from graphkit.questions.partition import natural
from graphkit.questions.placing import placing
from graphkit.views.colours import HUES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from graphkit.model import Concept
    from graphkit.questions.clustering import Clustering
    from graphkit.questions.places import Places
    from graphkit.stores.base import GraphStore

MAGIC: Final = b"GKM1"
NONE: Final = 65_535
"""The number of no cluster; and so many neighbours of a concept are told of at the most."""
_MOST_JOINTS: Final = 400
_NOTE: Final = 1
_INDEX_NOTE: Final = 2
_ALIGNED: Final = 8


class Ground(NamedTuple):
    """What a map is made of.

    Args:
        places: where every concept lies.
        found: the clusters.
    """

    places: Places
    found: Clustering

    @property
    def clusters(self) -> list[str]:
        """The upper ones, the largest first, then those that they are split into."""
        parents, sizes = self.found.partition.parents, self.sizes
        split = [id_ for id_, parent in parents.items() if id_ != parent]

        def by_size(id_: str) -> tuple[int, tuple[int, str]]:
            return -sizes[id_], natural(id_)

        return sorted(set(parents.values()), key=by_size) + sorted(split, key=by_size)

    @property
    def sizes(self) -> dict[str, int]:
        """The number of notes of each cluster of either level."""
        levels = [self.found.partition.members(level) for level in ("lower", "upper")]
        return {id_: len(notes) for members in levels for id_, notes in members.items()}


def ground(store: GraphStore) -> Ground:
    """The places and clusters of a graph as it is now."""
    return Ground(placing(store), clustering(store))


def areas(on: Ground, revision: str) -> dict[str, Any]:
    """The clusters with their areas on the map, and what joins each two of the upper ones.

    Args:
        on: places and clusters.
        revision: of the graph.

    Returns:
        Plain data; lengths in whole pixels of a page that is not zoomed.
    """
    order, sizes = on.clusters, on.sizes
    numbers = {id_: number for number, id_ in enumerate(order)}
    counted = linked(on.found)
    joints = sorted(counted, key=lambda pair: (-counted[pair], *map(natural, pair)))
    return {
        "revision": revision,
        "hues": [list(hue) for hue in HUES],
        "box": _box(on.places),
        "clusters": [_cluster(on, id_, sizes[id_]) for id_ in order],
        "joints": [[numbers[a], numbers[b], counted[a, b]] for a, b in joints[:_MOST_JOINTS]],
    }


def _cluster(on: Ground, id_: str, size: int) -> dict[str, Any]:
    parent = on.found.partition.parents.get(id_, id_)
    upper = parent == id_
    room = on.places.name_room(id_)
    return {
        "id": id_,
        "name": on.found.called(id_),
        "level": "upper" if upper else "lower",
        "parent": None if upper else parent,
        "size": size,
        "hue": on.places.hues[id_],
        "at": _whole(area_middle(on.places, id_)),
        "room": _whole((*room.middle, room.wide)),
        "outline": [
            _whole(number for point in coast for number in point)
            for coast in on.places.outline(id_)
        ],
    }


def _whole(numbers: Iterable[float]) -> list[int]:
    return [round(number) for number in numbers]


def _box(places: Places) -> list[int]:
    """Left, top, right and bottom of all concepts."""
    if not places.points:
        return [0, 0, 0, 0]
    across, down = zip(*places.points.values(), strict=True)
    return _whole((min(across), min(down), max(across), max(down)))


class Edges(NamedTuple):
    """All linked pairs of two concepts, each once, in compressed sparse rows.

    Args:
        ids: all concepts, in order.
        counts: for each concept the number of those after it that it is linked with.
        ends: where these are: how far behind the concept, or behind the one before.
        membership: for each pair 1 where only membership links join it.
        degrees: for each concept the number of all that it is linked with.
    """

    ids: list[str]
    counts: array[int]
    ends: array[int]
    membership: bytes
    degrees: list[int]


def edges(store: GraphStore) -> Edges:
    """Every linked pair of two concepts."""
    told = store.linked_concepts()
    size = len(told.ids)
    every: set[int] = set()
    strong: set[int] = set()
    for one, other, member in zip(told.sources, told.targets, told.membership, strict=True):
        pair = one * size + other if one < other else other * size + one
        every.add(pair)
        if not member:
            strong.add(pair)
    counts, ends, degrees = array("H", [0]) * size, array("i"), [0] * size
    last, before = -1, 0
    membership = bytearray()
    for pair in sorted(every):
        one, other = divmod(pair, size)
        degrees[one] += 1
        degrees[other] += 1
        if counts[one] == NONE:  # so many lines from one dot cannot be told apart anyway
            continue
        counts[one] += 1
        ends.append(other - (before if one == last else one))
        membership.append(pair not in strong)
        last, before = one, other
    return Edges(told.ids, counts, ends, bytes(membership), degrees)


def binary_map(
    on: Ground,
    drawn: Edges,
    concepts: Mapping[str, Concept],
    stops: Collection[str],
    revision: str,
) -> bytes:
    """Every concept and every linked pair of two.

    Args:
        on: places and clusters.
        drawn: the linked pairs.
        concepts: all, by their ids.
        stops: the ids of index notes.
        revision: of the graph.

    Returns:
        ``GKM1``, the length of a JSON header, the header, and the sections that it tells of.
    """
    numbers = {id_: number for number, id_ in enumerate(on.clusters)}
    lower = on.found.partition.lower
    told = [concepts[id_] for id_ in drawn.ids]
    points = [on.places.points.get(concept.id, (0.0, 0.0)) for concept in told]
    sections = {
        "ids": _text(concept.id for concept in told),
        "titles": _text(
            "" if concept.title == concept.id.rpartition("/")[2] else concept.title
            for concept in told
        ),
        "x": _little(array("f", [x for x, _ in points])),
        "y": _little(array("f", [y for _, y in points])),
        "cluster": _little(
            array("H", [numbers.get(lower.get(concept.id, ""), NONE) for concept in told])
        ),
        "flags": bytes(
            _NOTE * concept.note + _INDEX_NOTE * (concept.id in stops) for concept in told
        ),
        "degree": _little(array("H", [min(degree, NONE) for degree in drawn.degrees])),
        "counts": _little(drawn.counts),
        "ends": _little(drawn.ends),
        "membership": drawn.membership,
    }
    parents = on.found.partition.parents
    upper = set(parents.values())
    head = {
        "revision": revision,
        "concepts": len(told),
        "notes": sum(concept.note for concept in told),
        "edges": len(drawn.ends),
        "clusters": [
            [id_, on.found.called(id_), None if id_ in upper else parents[id_]] for id_ in numbers
        ],
    }
    return _put_together(head, sections)


def _text(parts: Iterable[str]) -> bytes:
    """Texts as one, with a NUL between two of them."""
    return "\0".join(part.replace("\0", "\ufffd") for part in parts).encode("utf-8", "replace")


def _little(numbers: array[Any]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def with_header(content: bytes, **more: str) -> bytes:
    """A map whose header says something more.

    Args:
        content: see ``binary_map``.
        more: what it is to say.

    Raises:
        ValueError: it is no such map.
    """
    start = len(MAGIC) + 4
    end = start + int.from_bytes(content[len(MAGIC) : start], "little")
    if not content.startswith(MAGIC):
        raise ValueError("This is no map.")
    head = json.loads(content[start:end])
    sections = head.pop("sections", {"": [0, -1]})
    if len(content) - end != max(offset + length for offset, length in sections.values()):
        raise ValueError("A part of the map is missing.")
    return _with_head({**head, **more, "sections": sections}, content[end:])


def _put_together(head: dict[str, Any], sections: Mapping[str, bytes]) -> bytes:
    told: dict[str, list[int]] = {}
    body = bytearray()
    for name, content in sections.items():
        body += bytes(-len(body) % 4)
        told[name] = [len(body), len(content)]
        body += content
    return _with_head({**head, "sections": told}, bytes(body))


def _with_head(head: dict[str, Any], body: bytes) -> bytes:
    text = json.dumps(head, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % _ALIGNED)
    return MAGIC + len(text).to_bytes(4, "little") + text + body
