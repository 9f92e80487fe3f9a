"""The map of a vault as it is kept: its places, brought up to date with its clusters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.clustering import clustering
from graphkit.questions.layout import places_refreshed
from graphkit.questions.places import RIM, Places
from graphkit.questions.vault_map import vault_map
from graphkit.stores.base import PLACES

if TYPE_CHECKING:
    from graphkit.questions.clustering import Clustering
    from graphkit.stores.base import GraphStore

_TRIES: Final = 5
"""How often it is begun again when another process changes the index meanwhile."""


class _Kept(NamedTuple):
    """Places that were kept.

    Args:
        places: the places.
        current: whether they are those of the graph as it is now.
        map_digest: of the vault's map file when they were kept.
        taken_digest: of the shared places that were last taken over from it.
    """

    places: Places = Places()
    current: bool = False
    map_digest: str = ""
    taken_digest: str = ""


def placing(store: GraphStore) -> Places:
    """The places of all concepts as the graph is now, brought up to date where it has changed.

    Args:
        store: where to ask; what is worked out is kept there, or, over a server, on this machine,
            so that what comes next is placed beside it. Where nothing can be kept, it is worked
            out anew each time, and is the same each time while the graph is.
    """
    for _ in range(_TRIES):
        revision = store.revision
        found = clustering(store)
        kept = _kept(store)
        if kept.current and kept.map_digest == found.map_digest and _fit(kept.places, found):
            return kept.places
        shared = vault_map(store)
        base = kept.places
        if shared.places is not None and shared.places_digest != kept.taken_digest:
            base = shared.places
        mentions = store.unresolved_sources()
        places = places_refreshed(base, found.graph, found.partition, mentions)
        told = {**places.to_dict(), "map": [found.map_digest, shared.places_digest]}
        kept_now = store.keep({PLACES: json.dumps(told)}, revision)
        if kept_now or store.revision == revision:
            return places
    return places


def _kept(store: GraphStore) -> _Kept:
    kept = store.kept(PLACES)
    if kept is None:
        return _Kept()
    try:
        told = json.loads(kept[0])
        return _Kept(Places.from_dict(told), kept[1], *told["map"])
    except (KeyError, TypeError, ValueError):  # of another make: they are found anew
        return _Kept()


def _fit(places: Places, found: Clustering) -> bool:
    """Whether every note lies in the area of its cluster: clusters may have been found anew."""
    lower, parents = found.partition.lower, found.partition.parents
    return all(
        id_ in places.seats and places.owner[places.seats[id_]] == lower.get(id_, RIM)
        for id_ in found.graph.ids
    ) and parents == {id_: area.parent for id_, area in places.areas.items() if id_ != RIM}
