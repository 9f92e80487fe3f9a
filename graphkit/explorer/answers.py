"""The questions that a page puts, each by the question of the same name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from graphkit.explorer.joining import bridges_asked, dismissed_asked, gaps_asked
from graphkit.explorer.rendering import note_shown
from graphkit.questions.cards import card_of
from graphkit.questions.cluster_card import cluster_meant
from graphkit.questions.clusters import clusters
from graphkit.questions.facets import facets, having
from graphkit.questions.neighbours import neighbourhood
from graphkit.questions.paths import PathOptions, find_paths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.explorer.asked import Asked
    from graphkit.stores.base import GraphStore

Question = Callable[["GraphStore", "Asked"], dict[str, Any]]
"""Answers what was asked as plain data."""
_HITS: Final = 20
_PATHS: Final = 100


def _show(store: GraphStore, asked: Asked) -> dict[str, Any]:
    concept = asked.concept(store)
    with store.held_still():  # no clusters are found for it: that has been seen to, or will be
        return card_of(store, concept).to_dict()


def _links(store: GraphStore, asked: Asked) -> dict[str, Any]:
    one, other = asked.concept(store, "a").id, asked.concept(store, "b").id
    links = store.links_within([one, other])
    return {
        "links": [link.to_dict() for link in links if {link.source, link.target} == {one, other}]
    }


def _neighbours(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return neighbourhood(
        store,
        asked.concept(store),
        depth=asked.number("depth", 1),
        direction=asked.maybe("direction") or "both",
        limit=asked.maybe_number("limit"),
    ).to_dict()


def _path(store: GraphStore, asked: Asked) -> dict[str, Any]:
    options = PathOptions(
        k=asked.number("k", 1, most=_PATHS),
        avoid=asked.concepts(store, "avoid"),
        through=asked.concepts(store, "through"),
        directed=asked.flag("directed"),
        shortest=asked.flag("shortest"),
        membership=asked.flag("membership"),
    )
    start, goal = asked.concept(store, "from"), asked.concept(store, "to")
    return find_paths(store, start, goal, options).to_dict()


def _search(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return store.search(asked.text("q"), asked.number("limit", _HITS)).to_dict()


def _clusters(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return clusters(store, level=asked.maybe("level") or "upper").to_dict()


def _cluster(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return cluster_meant(
        store,
        asked.text("name"),
        size=asked.maybe_number("size"),
        read=asked.maybe_number("read"),
    ).to_dict()


def _stats(store: GraphStore, asked: Asked) -> dict[str, Any]:
    del asked
    return store.stats().to_dict()


def _note(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return note_shown(store, asked.concept(store))


def _facets(store: GraphStore, asked: Asked) -> dict[str, Any]:
    del asked
    return facets(store).to_dict()


def _having(store: GraphStore, asked: Asked) -> dict[str, Any]:
    return having(
        store,
        tag=asked.maybe("tag"),
        video=asked.maybe("video"),
        relation=asked.maybe("relation"),
    ).to_dict()


QUESTIONS: Final[Mapping[str, Question]] = {
    "show": _show,
    "links": _links,
    "neighbours": _neighbours,
    "path": _path,
    "search": _search,
    "clusters": _clusters,
    "cluster": _cluster,
    "stats": _stats,
    "note": _note,
    "bridges": bridges_asked,
    "gaps": gaps_asked,
    "dismissed": dismissed_asked,
    "facets": _facets,
    "having": _having,
}
