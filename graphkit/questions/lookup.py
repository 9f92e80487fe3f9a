"""Which concept a person means: by id, title, file name or alias, by a prefix, by near-spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from graphkit.errors import AmbiguousConceptError, NoSuchConceptError
from graphkit.text import Spellings, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

_SURE: Final = 88.0
"""Likeness (of 100) from which the single nearest spelling is taken for what was meant."""
_MOST_CANDIDATES: Final = 12
_SHORTEST_PREFIX: Final = 2


class Found(NamedTuple):
    """A concept, and how it was found where that was not by one of its names."""

    concept: Concept
    note: str | None


def find_concept(store: GraphStore, asked: str) -> Found:
    """Finds the concept that is meant.

    Tried in this order, and the first that finds anything decides: the id; a title or file name;
    an alias; any name but for spaces, ``-`` and ``_``; the beginning of a name; a near-spelling.

    Args:
        store: where to look.
        asked: what a person typed, in any case.

    Returns:
        The concept; with a note to show when it was found by a prefix or a near-spelling.

    Raises:
        AmbiguousConceptError: several concepts answer equally well.
        NoSuchConceptError: none does.
    """
    text = asked.strip()
    for told in dict.fromkeys((asked, text, text.removesuffix(".md"))):  # an id may be a blank
        if by_id := store.by_id(told):
            return Found(_only(asked, by_id), None)
    names = store.called(text)
    folded, exact = fold(text), normalize("NFC", text)
    for rules in ({"name", "title", "unresolved"}, {"alias"}):
        same = [name for name in names if name.rule in rules and name.folded == folded]
        if same:
            same = [name for name in same if name.exact == exact] or same
            return Found(_only(asked, (name.concept for name in same)), None)
    if names:
        return Found(_only(asked, (name.concept for name in names)), None)
    if len(text) >= _SHORTEST_PREFIX and (
        begun := _distinct(c.concept for c in store.called_like(text, 200))
    ):
        concept = _only(asked, begun)
        return Found(concept, f"{asked!r} is taken to mean {concept.title!r} ({concept.id}).")
    return _nearest(store, asked, text)


def _nearest(store: GraphStore, asked: str, text: str) -> Found:
    by_name, ranked = _ranked(store, text)
    if not ranked:
        name = text.rpartition("/")[2]  # of a note that was moved, an id tells as much
        moved = [called.concept for called in store.called(name)] if name != text else []
        if name != text and not moved:
            by_name, ranked = _ranked(store, name)
            moved = [c for near, _ in ranked for c in sorted(by_name[near], key=lambda c: c.id)]
        raise NoSuchConceptError(asked, _distinct(moved)[:5])
    best = ranked[0][1]
    first = {concept for name, score in ranked if score == best for concept in by_name[name]}
    if best >= _SURE and len(first) == 1:
        (concept,) = first
        return Found(concept, f"{asked!r} is taken to mean {concept.title!r} ({concept.id}).")
    near = (c for name, _ in ranked for c in sorted(by_name[name], key=lambda c: c.id))
    raise NoSuchConceptError(asked, _distinct(near)[:5])


def _ranked(
    store: GraphStore, text: str
) -> tuple[dict[str, set[Concept]], list[tuple[str, float]]]:
    """The concepts of each name that may be near a text; and of these names the nearest."""
    by_name: dict[str, set[Concept]] = {}
    for called in store.names_near(text):
        by_name.setdefault(called.exact, set()).add(called.concept)
    return by_name, Spellings(by_name).nearest(text, limit=_MOST_CANDIDATES)


def _distinct(concepts: Iterable[Concept]) -> list[Concept]:
    return list(dict.fromkeys(concepts))


def _only(asked: str, concepts: Iterable[Concept]) -> Concept:
    found = _distinct(concepts)
    if len(found) > 1:
        raise AmbiguousConceptError(asked, sorted(found, key=lambda c: c.id)[:_MOST_CANDIDATES])
    return found[0]
