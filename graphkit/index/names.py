"""Which concepts of the index have a name: the whole name, its beginning, any of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.index.rows import IN, IndexRows, concept_of, listed
from graphkit.model import Called
from graphkit.text import fold, in_utf8, slug

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphkit.model import Concept


class IndexNames(IndexRows):
    """Reads names out of an index."""

    def called(self, text: str) -> list[Called]:
        """All names whose slug is that of a text, by the concept's id."""
        return self._called("name.slug = ?", (slug(in_utf8(text)),))

    def called_any(self, texts: Collection[str]) -> list[Called]:
        """All names whose slug is that of one of some texts, by slug, id and rule."""
        slugs = listed(sorted({slug(in_utf8(text)) for text in texts}))
        return self._called(f"name.slug{IN}", (slugs,))

    def called_like(self, prefix: str, limit: int) -> list[Called]:
        """The first names, in slug order, whose slug starts like a text."""
        start = slug(in_utf8(prefix))
        return self._called(
            "name.slug >= ? AND name.slug < ?", (start, start + "\U0010ffff"), f" LIMIT {limit:d}"
        )

    def all_called(self) -> list[Called]:
        """Every name there is."""
        return self._called("TRUE", ())

    def _called(self, where: str, values: tuple[str, ...], limit: str = "") -> list[Called]:
        rows = self._run(
            "SELECT name.rule, name.folded, name.exact, concept.key, concept.title, concept.note"
            f" FROM name JOIN concept ON concept.id = name.concept WHERE {where}"
            f" ORDER BY name.slug, concept.key, name.rule{limit}",
            values,
        )
        return [Called(row[0], row[1], row[2], concept_of(row[3:])) for row in rows]

    def by_id(self, text: str) -> list[Concept]:
        """The concept with exactly this id, else those whose id differs in case only."""
        text = in_utf8(text)
        query = "SELECT key, title, note FROM concept WHERE key = ?"
        if exact := self._run(query, (text,)):
            return [concept_of(row) for row in exact]
        tail = slug(text.rpartition("/")[2])
        found = {called.concept for called in self.called(tail) if called.rule == "name"}
        found |= {called.concept for called in self.called(text) if called.rule == "unresolved"}
        return sorted((c for c in found if fold(c.id) == fold(text)), key=lambda c: c.id)
