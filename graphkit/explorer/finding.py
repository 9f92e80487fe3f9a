"""What a person may mean while they type: concepts by their names, and clusters by theirs.

Made once for a graph, then asked at every key.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from graphkit.questions.clustering import clustering
from graphkit.text import Spellings, fold, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

_ALL: Final = 10_000_000
_FEW: Final = 4
"""Where fewer choices are found, near-spellings are looked for."""
_SHORTEST: Final = 3
"""Letters from which there are near-spellings."""
_CLUSTERS: Final = 3
_LAST: Final = "\U0010ffff"


class Names:
    """All names of a graph.

    Args:
        store: where to ask.
        degrees: for each concept's id how many others it is linked with: the more, the sooner it
            is meant.
    """

    def __init__(self, store: GraphStore, degrees: Mapping[str, int]) -> None:
        concepts: dict[str, Concept] = {}
        named = [
            (
                slug(called.exact),
                called.exact,
                concepts.setdefault(called.concept.id, called.concept),
            )
            for called in store.called_like("", _ALL)
        ]
        named.sort(key=lambda name: (name[0], name[2].id, name[1]))
        self._slugs = [name[0] for name in named]
        self._named = [name[1:] for name in named]
        self._degrees = degrees
        self._concepts = concepts
        found = clustering(store)
        sizes: dict[str, int] = {}
        for level in (found.partition.members("lower"), found.partition.members("upper")):
            sizes.update({id_: len(notes) for id_, notes in level.items()})
        self._clusters = sorted(
            ((id_, found.called(id_), size) for id_, size in sizes.items()),
            key=lambda cluster: (-cluster[2], cluster[0]),
        )

    def choices(self, query: str, limit: int) -> list[dict[str, Any]]:
        """What a text may mean.

        Args:
            query: what was typed so far.
            limit: the most choices to give back.

        Returns:
            Concepts first: those with this id or name, then those of which a name begins so, then
            those of which a word in a name does, each the best linked first; near-spellings where
            these are few. Then clusters, the largest first.
        """
        wanted = slug(query.strip())
        if not wanted:
            return []
        clusters = list(self._clusters_called(wanted))[:_CLUSTERS]
        concepts: dict[str, dict[str, Any]] = {}
        for how, found in (
            ("exact", self._begun(wanted, wanted)),
            ("prefix", self._begun(wanted, wanted + _LAST)),
            ("part", self._within(wanted)),
        ):
            if len(concepts) >= limit:
                break
            self._add(concepts, how, found, fold(query.strip()), limit)
        if len(concepts) < _FEW and len(wanted) >= _SHORTEST:
            self._add(concepts, "near", self._near(query, limit), "", limit)
        room = max(1, limit - len(clusters))
        return [*list(concepts.values())[:room], *clusters][:limit]

    def _add(
        self,
        concepts: dict[str, dict[str, Any]],
        how: str,
        found: Iterable[int],
        asked: str,
        limit: int,
    ) -> None:
        names: dict[str, str] = {}
        for place in found:
            name, concept = self._named[place]
            if concept.id not in concepts and names.get(concept.id) != concept.title:
                names[concept.id] = (
                    name
                    if concept.id not in names
                    else min(names[concept.id], name, key=lambda told: told != concept.title)
                )
        ids = list(names)
        if how != "near":
            ids.sort(key=lambda id_: (-self._degrees.get(id_, 0), id_))
        for id_ in ids[:limit]:
            concept = self._concepts[id_]
            alias = None if names[id_] == concept.title else names[id_]
            told = how
            if how == "exact":
                told = "id" if fold(id_) == asked else "alias" if alias else "title"
            concepts[id_] = {"kind": "concept", **concept.to_dict(), "how": told, "alias": alias}

    def _begun(self, first: str, last: str) -> range:
        """Places of the names from one slug to another."""
        start = bisect_left(self._slugs, first)
        end = bisect_left(self._slugs, last)
        while last == first and end < len(self._slugs) and self._slugs[end] == last:
            end += 1
        return range(start, end)

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._slugs)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for told in self._slugs:
            starts.append(at)
            at += len(told) + 1
        return starts

    def _within(self, wanted: str) -> Iterator[int]:
        """Places of the names in which a later word begins so."""
        for found in re.finditer(rf"(?<=[^\w\n]){re.escape(wanted)}", self._text):
            yield bisect_left(self._starts, found.start() + 1) - 1

    @cached_property
    def _spellings(self) -> tuple[Spellings, dict[str, list[int]]]:
        places: dict[str, list[int]] = {}
        for place, (name, _) in enumerate(self._named):
            places.setdefault(name, []).append(place)
        return Spellings(places), places

    def _near(self, query: str, limit: int) -> Iterator[int]:
        spellings, places = self._spellings
        for name, _ in spellings.nearest(query, limit):
            yield from places[name]

    def _clusters_called(self, wanted: str) -> Iterator[dict[str, Any]]:
        begins = re.compile(rf"(?<!\w){re.escape(wanted)}")
        for id_, name, size in self._clusters:
            if id_ == wanted or begins.search(slug(name)):
                yield {"kind": "cluster", "id": id_, "name": name, "size": size}
