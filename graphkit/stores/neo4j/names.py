"""Which concepts of a graph in Neo4j have a name: whole, its beginning, or one much like it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from graphkit.model import Called, Concept
from graphkit.stores.neo4j import holder, words
from graphkit.stores.neo4j.opened import CONCEPT, OpenedGraph
from graphkit.stores.neo4j.schema import SLUGS, SPELLINGS
from graphkit.text import fold, in_utf8, slug

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_CLAUSES: Final = 500
"""Lucene takes 1,024 at once."""
_NEAR: Final = 500
"""Names that share most with a misspelt one, among which the nearest are looked for."""
_FIND: Final = (
    "CALL () { OPTIONAL MATCH (v:GraphkitVault) WITH v ORDER BY v.last_whole DESC LIMIT 1"
    f" RETURN {holder.WANTED} AS held }}"
    " CALL () { OPTIONAL MATCH (c:Concept {id: $id})"
    f" RETURN CASE WHEN c IS NULL THEN null ELSE {CONCEPT} END AS exact }}"
    f" CALL () {{ CALL db.index.fulltext.queryNodes('{SLUGS}', $query) YIELD node AS c"
    f" RETURN collect([c._names, {CONCEPT}]) AS named }}"
    " RETURN held, exact, named"
)
_NAMED: Final = (
    f"CALL db.index.fulltext.queryNodes('{SLUGS}', $query) YIELD node AS c"
    f" RETURN c._names, {CONCEPT}"
)
_NEAREST: Final = (
    f"CALL db.index.fulltext.queryNodes('{SPELLINGS}', $query, {{limit: {_NEAR}}}) YIELD node AS c"
    f" RETURN c._names, {CONCEPT}"
)
_ALL_NAMED: Final = f"MATCH (c:Concept) RETURN c._names, {CONCEPT}"


class GraphNames(OpenedGraph):
    """Looks names up, in full-text indexes.

    Args:
        address: of the server, as the driver takes it.
        environment: where ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` are.
    """

    def __init__(self, address: str, environment: Mapping[str, str] = os.environ) -> None:
        super().__init__(address, environment)
        self._looked_up: dict[str, list[Called]] = {}

    def by_id(self, text: str) -> list[Concept]:
        """The concept with exactly this id, else those whose id differs in case only.

        A look-up begins here: what any name of the text finds is asked for along with it.
        """
        text = in_utf8(text)
        tail = text.rpartition("/")[2]
        self._seen, self._stops, self._looked_up = {}, set(), {}
        query = words.exactly({text, tail}) or "none"
        ((told, exact, rows),) = self.connection.read(_FIND, id=text, query=query)
        self._learn_held(holder.held_of(told))
        names = self._called(rows)
        for asked in {text, tail}:
            self._looked_up[asked] = [name for name in names if slug(name.exact) == slug(asked)]
        if exact is not None:
            return [self._concept(exact)]
        found = {name.concept for name in self._looked_up[tail] if name.rule == "name"}
        found |= {name.concept for name in self._looked_up[text] if name.rule == "unresolved"}
        return sorted((c for c in found if fold(c.id) == fold(text)), key=lambda c: c.id)

    def called(self, text: str) -> list[Called]:
        """All names whose slug is that of a text, by the concept's id."""
        text = in_utf8(text)
        if text not in self._looked_up:
            query = words.exactly([text])
            names = self._called(self.connection.read(_NAMED, query=query)) if query else []
            self._looked_up[text] = [name for name in names if slug(name.exact) == slug(text)]
        return self._looked_up[text]

    def called_any(self, texts: Collection[str]) -> list[Called]:
        """All names whose slug is that of one of some texts, by slug, id and rule."""
        slugs = sorted({slug(in_utf8(text)) for text in texts} - {""})
        found: list[Called] = []
        for start in range(0, len(slugs), _CLAUSES):
            some = slugs[start : start + _CLAUSES]
            wanted = set(some)
            query = words.exactly(some)
            found += (
                name
                for name in self._called(self.connection.read(_NAMED, query=query))
                if slug(name.exact) in wanted
            )
        return sorted(found, key=lambda name: (slug(name.exact), name.concept.id, name.rule))

    def called_like(self, prefix: str, limit: int) -> list[Called]:
        """The first names, in slug order, whose slug starts like a text."""
        start = slug(in_utf8(prefix))
        if start:
            rows = self.connection.read(_NAMED, query=words.beginning(start))
        else:
            rows = self.connection.read(_ALL_NAMED)
        begun = [name for name in self._called(rows) if slug(name.exact).startswith(start)]
        return begun[:limit]

    def names_near(self, text: str) -> list[Called]:
        """Names that share most pairs of characters with a text."""
        query = words.nearly(in_utf8(text))
        return self._called(self.connection.read(_NEAREST, query=query)) if query else []

    def _called(self, rows: list[list[Any]]) -> list[Called]:
        names = [
            Called(rule, folded, exact, self._concept(told))
            for known, told in rows
            for rule, folded, exact in json.loads(known or "[]")
        ]
        return sorted(names, key=lambda name: (slug(name.exact), name.concept.id, name.rule))
