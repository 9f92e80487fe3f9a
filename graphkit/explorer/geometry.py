"""The whole graph as the page's map wants it: areas as JSON, concepts and edges as typed arrays.

``docs/explorer-api.md`` says what stands where. Knows nothing of HTTP.
"""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING, Any, Final

from graphkit.questions.cluster_map import area_middle
from graphkit.questions.clustering import clustering
from graphkit.questions.overview import linked
from graphkit.questions.partition import natural
from graphkit.questions.placing import placing
from graphkit.views.colours import HUES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.questions.clustering import Clustering
    from graphkit.questions.places import Places
    from graphkit.stores.base import GraphStore

MAGIC: Final = b"GKM1"
NONE: Final = 65_535
"""The number of no cluster, and the largest number of neighbours that is told."""
_MOST_JOINTS: Final = 400
_NOTE: Final = 1
_INDEX_NOTE: Final = 2
_ALIGNED: Final = 8


def cluster_order(found: Clustering) -> list[str]:
    """All clusters: the upper ones, the largest first, then those that they are split into."""
    parents, sizes = found.partition.parents, _sizes(found)
    split = [id_ for id_, parent in parents.items() if id_ != parent]

    def by_size(id_: str) -> tuple[int, tuple[int, str]]:
        return -sizes[id_], natural(id_)

    return sorted(set(parents.values()), key=by_size) + sorted(split, key=by_size)


def _sizes(found: Clustering) -> dict[str, int]:
    levels = (found.partition.members("lower"), found.partition.members("upper"))
    return {id_: len(notes) for level in levels for id_, notes in level.items()}


def areas(store: GraphStore, revision: str) -> dict[str, Any]:
    """The clusters with their areas on the map, and what joins each two of the upper ones.

    Args:
        store: where to ask.
        revision: of the graph.

    Returns:
        Plain data; lengths in whole pixels of a page that is not zoomed.
    """
    places, found = placing(store), clustering(store)
    order, sizes = cluster_order(found), _sizes(found)
    numbers = {id_: number for number, id_ in enumerate(order)}
    counted = linked(found)
    joints = sorted(counted, key=lambda pair: (-counted[pair], *map(natural, pair)))
    return {
        "revision": revision,
        "hues": [list(hue) for hue in HUES],
        "box": _box(places),
        "clusters": [_cluster(found, places, id_, sizes[id_]) for id_ in order],
        "joints": [[numbers[a], numbers[b], counted[a, b]] for a, b in joints[:_MOST_JOINTS]],
    }


def _cluster(found: Clustering, places: Places, id_: str, size: int) -> dict[str, Any]:
    parent = found.partition.parents.get(id_, id_)
    upper = parent == id_
    room = places.name_room(id_)
    return {
        "id": id_,
        "name": found.called(id_),
        "level": "upper" if upper else "lower",
        "parent": None if upper else parent,
        "size": size,
        "hue": places.hues[id_],
        "at": _whole(area_middle(places, id_)),
        "room": _whole((*room.middle, room.wide)),
        "outline": [
            _whole(number for point in coast for number in point) for coast in places.outline(id_)
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


def binary_map(store: GraphStore, revision: str) -> tuple[bytes, dict[str, int]]:
    """Every concept and every linked pair of two.

    Args:
        store: where to ask.
        revision: of the graph.

    Returns:
        ``GKM1``, the length of a JSON header, the header, and the sections that it tells of; and
        for each concept's id the number of others that it is linked with.
    """
    places, found = placing(store), clustering(store)
    numbers = {id_: number for number, id_ in enumerate(cluster_order(found))}
    lower = found.partition.lower
    nodes = [(node.id, node.title, node.note) for node in store.all_nodes()]
    nodes.sort()
    ids = [id_ for id_, _, _ in nodes]
    stops = {concept.id for concept in store.index_notes()}
    points = [places.points.get(id_, (0.0, 0.0)) for id_ in ids]
    counts, ends, membership, degree = _edges(store, ids)
    sections = {
        "ids": "\0".join(ids).encode("utf-8", "replace"),
        "titles": "\0".join(
            "" if title == id_.rpartition("/")[2] else title.replace("\0", " ")
            for id_, title, _ in nodes
        ).encode("utf-8", "replace"),
        "x": _little(array("f", [x for x, _ in points])),
        "y": _little(array("f", [y for _, y in points])),
        "cluster": _little(array("H", [numbers.get(lower.get(id_, ""), NONE) for id_ in ids])),
        "flags": bytes(_NOTE * note + _INDEX_NOTE * (id_ in stops) for id_, _, note in nodes),
        "degree": _little(array("H", [min(number, NONE) for number in degree])),
        "counts": _little(counts),
        "ends": _little(ends),
        "membership": membership,
    }
    head = {
        "revision": revision,
        "concepts": len(ids),
        "notes": sum(note for _, _, note in nodes),
        "edges": len(ends),
    }
    return _put_together(head, sections), dict(zip(ids, degree, strict=True))


def _edges(store: GraphStore, ids: list[str]) -> tuple[array[int], array[int], bytes, list[int]]:
    """All linked pairs of two concepts, each once, in compressed sparse rows.

    Returns:
        For each concept the number of those after it that it is linked with; where these are,
        from the concept or from the one before; for each pair 1 where only membership links join
        it; for each concept the number of all that it is linked with.
    """
    numbers = {id_: number for number, id_ in enumerate(ids)}
    pairs = _pairs(store.adjacent(ids, "out", ()), numbers)
    strong = _pairs(store.adjacent(ids, "out", store.membership), numbers)
    size = len(ids)
    counts, ends, degree = array("H", [0]) * size, array("i"), [0] * size
    last, before = -1, 0
    ordered = sorted(pairs)
    for pair in ordered:
        one, other = divmod(pair, size)
        degree[one] += 1
        degree[other] += 1
        counts[one] += 1
        ends.append(other - (before if one == last else one))
        last, before = one, other
    return counts, ends, bytes(pair not in strong for pair in ordered), degree


def _pairs(near: Mapping[str, Mapping[str, int]], numbers: Mapping[str, int]) -> set[int]:
    """Linked pairs of two, each as one number: first times number of concepts, plus second."""
    size = len(numbers)
    pairs = set()
    for id_, others in near.items():
        here = numbers[id_]
        for other in others:
            there = numbers.get(other, here)
            if there != here:
                pairs.add(min(here, there) * size + max(here, there))
    return pairs


def _little(numbers: array[Any]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _put_together(head: dict[str, Any], sections: Mapping[str, bytes]) -> bytes:
    told: dict[str, list[int]] = {}
    body = bytearray()
    for name, content in sections.items():
        body += bytes(-len(body) % 4)
        told[name] = [len(body), len(content)]
        body += content
    text = json.dumps({**head, "sections": told}, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % _ALIGNED)
    return MAGIC + len(text).to_bytes(4, "little") + text + bytes(body)
