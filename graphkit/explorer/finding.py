"""What a person may mean while they type: concepts by their names, and clusters by theirs.

Made once for a graph, then asked at every key.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Final

from graphkit.text import Spellings, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphkit.model import Called, Concept

_FEW: Final = 4
"""Where fewer choices are found, near-spellings are looked for."""
_SHORTEST: Final = 3
"""Letters from which there are near-spellings."""
_CLUSTERS: Final = 3
_LAST: Final = "\U0010ffff"


class Names:
    """All names of a graph.

    Args:
        named: every name there is.
        degrees: for each concept's id how many others it is linked with: the more, the sooner it
            is meant.
        clusters: the clusters that there are, with their names and sizes.
    """

    def __init__(
        self,
        named: Iterable[Called],
        degrees: Mapping[str, int],
        clusters: Iterable[tuple[str, str, int]],
    ) -> None:
        self.concepts: dict[str, Concept] = {}
        """All concepts, by their ids."""
        known = self.concepts
        told = [
            (slug(name.exact), name.exact, known.setdefault(name.concept.id, name.concept))
            for name in named
        ]
        told.sort(key=lambda name: (name[0], name[2].id, name[1]))
        self._slugs = [name[0] for name in told]
        self._named = [name[1:] for name in told]
        self._ids = {slug(id_): concept for id_, concept in known.items()}
        self._degrees = degrees
        self._clusters = sorted(clusters, key=lambda cluster: (-cluster[2], cluster[0]))

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
        chosen: dict[str, dict[str, Any]] = {}
        if wanted in self._ids:
            self._choose(chosen, "id", self._ids[wanted], None)
        start = bisect_left(self._slugs, wanted)
        for place in range(start, bisect_right(self._slugs, wanted)):
            name, concept = self._named[place]
            how, alias = ("title", None) if name == concept.title else ("alias", name)
            self._choose(chosen, how, concept, alias)
        begun = range(start, bisect_left(self._slugs, wanted + _LAST))
        for how, places in (("prefix", begun), ("part", self._within(wanted))):
            if len(chosen) < limit:
                self._choose_best_linked(chosen, how, places, limit)
        if len(chosen) < _FEW and len(wanted) >= _SHORTEST:
            for place in self._near(query, limit):
                name, concept = self._named[place]
                self._choose(chosen, "near", concept, None if name == concept.title else name)
        room = max(1, limit - len(clusters))
        return [*list(chosen.values())[:room], *clusters][:limit]

    @staticmethod
    def _choose(
        chosen: dict[str, dict[str, Any]], how: str, concept: Concept, alias: str | None
    ) -> None:
        """Takes in a concept; of the names that find it, its title says most."""
        earlier = chosen.get(concept.id)
        if earlier is None or (earlier["how"] == "alias" and how == "title"):
            told = {"kind": "concept", **concept.to_dict(), "how": how, "alias": alias}
            chosen[concept.id] = told

    def _choose_best_linked(
        self, chosen: dict[str, dict[str, Any]], how: str, places: Iterable[int], limit: int
    ) -> None:
        names: dict[str, str] = {}
        for place in places:
            name, concept = self._named[place]
            if concept.id not in chosen and (concept.id not in names or name == concept.title):
                names[concept.id] = name
        best = nsmallest(limit, names, key=lambda id_: (-self._degrees.get(id_, 0), id_))
        for id_ in best:
            concept, name = self.concepts[id_], names[id_]
            self._choose(chosen, how, concept, None if name == concept.title else name)

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
        text = self._text
        at = text.find(wanted, 1)
        while at > 0:
            before = text[at - 1]
            if not (before.isalnum() or before == "\n"):
                yield bisect_right(self._starts, at) - 1
            at = text.find(wanted, at + 1)

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
