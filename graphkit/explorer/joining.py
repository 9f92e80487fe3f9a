"""What holds topics together, what is missing between notes, and what lasts around words."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import NothingSaidError, UsageError
from graphkit.explorer.known import revision_of
from graphkit.explorer.rendering import editor_address
from graphkit.questions.around import notes_around
from graphkit.questions.bridges import bridges
from graphkit.questions.clusters import notes_of
from graphkit.questions.gaps import gaps
from graphkit.questions.hexagons import around, cell_at, closed, middle, outline, smoothed
from graphkit.questions.places import Places
from graphkit.questions.placing import placing
from graphkit.questions.vault_map import vault_map

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.explorer.asked import Asked
    from graphkit.questions.hexagons import Cell, Point
    from graphkit.questions.lasting import AroundWords
    from graphkit.stores.base import GraphStore
    from graphkit.topics import Paste

_BRIDGES: Final = 20
_GAPS: Final = 20


def bridges_asked(store: GraphStore, asked: Asked) -> dict[str, Any]:
    """The bridges of two clusters, of one and all others, or of all."""
    one, other = asked.maybe("a"), asked.maybe("b")
    if one is None and other is not None:
        raise UsageError("'b' wants 'a'.")
    return bridges(store, one, other, limit=asked.number("limit", _BRIDGES)).to_dict()


def gaps_asked(store: GraphStore, asked: Asked) -> dict[str, Any]:
    """The gaps of a concept, of two clusters, or of all notes, and where an editor opens them."""
    limit = asked.number("limit", _GAPS)
    if asked.maybe("concept") is not None:
        found = gaps(store, asked.concept(store), limit=limit)
    else:
        between = _two_clusters(store, asked)
        found = gaps(store, limit=limit, between=between)
    return {**found.to_dict(), "editors": [_editor(store, gap.paste) for gap in found.gaps]}


def _editor(store: GraphStore, paste: Paste) -> str | None:
    file = store.file_of(paste.note)
    return None if file is None else editor_address(file, paste.line or 1, paste.column)


def _two_clusters(store: GraphStore, asked: Asked) -> tuple[list[str], list[str]] | None:
    one, other = asked.maybe("a"), asked.maybe("b")
    if (one is None) != (other is None):
        raise UsageError("'a' wants 'b', and 'b' wants 'a'.", "Name both clusters.")
    if one is None or other is None:
        return None
    return notes_of(store, one), notes_of(store, other)


def dismissed_asked(store: GraphStore, asked: Asked) -> dict[str, Any]:
    """The pairs that are no gaps: those of a concept, of two clusters, or all."""
    pairs = {tuple(sorted(pair)) for pair in vault_map(store).dismissed}
    if asked.maybe("concept") is not None:
        wanted = asked.concept(store).id
        pairs = {pair for pair in pairs if wanted in pair}
    elif between := _two_clusters(store, asked):
        here, there = map(frozenset, between)
        pairs = {
            pair
            for pair in pairs
            if any(a in here and b in there for a, b in (pair, reversed(pair)))
        }
    known = store.concepts(sorted({id_ for pair in pairs for id_ in pair}))
    return {
        "dismissed": [
            [known[a].to_dict(), known[b].to_dict()]
            for a, b in sorted(pairs)
            if a in known and b in known
        ]
    }


class AroundKept:
    """The clusters around words that people keep, worked out once for a graph and its map file."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tuple[str, dict[str, Any]] | None = None

    def asked(self, store: GraphStore, asked: Asked) -> dict[str, Any]:
        """All of them, each with its notes and its area on the map."""
        del asked
        revision = revision_of(store)
        with self._lock:
            if self._made is None or self._made[0] != revision:
                self._made = revision, {"around": _areas(store)}
            return self._made[1]


def _areas(store: GraphStore) -> list[dict[str, Any]]:
    some = vault_map(store).around
    places = placing(store) if some else Places()
    return [_area(store, places, one) for one in some]


def _area(store: GraphStore, places: Places, one: AroundWords) -> dict[str, Any]:
    problem = None
    try:
        notes = notes_around(store, one.words, size=one.size)
    except (NothingSaidError, UsageError) as error:
        notes, problem = [], f"{error.message} {error.hint}".strip()
    cells = closed(cell_at(places.points[note]) for note in notes if note in places.points)
    return {
        **one._asdict(),
        "notes": notes,
        "at": _name_place(cells),
        "outline": [
            [round(number) for point in smoothed(coast) for number in point]
            for coast in outline(cells)
        ],
        "problem": problem,
    }


def _name_place(cells: Iterable[Cell]) -> list[int]:
    """The middle of the upper edge of the largest part that hangs together."""
    left = set(cells)
    parts: list[list[Cell]] = []
    while left:
        part = [left.pop()]
        for cell in part:
            near = left.intersection(around(cell))
            left -= near
            part.extend(near)
        parts.append(sorted(part))
    if not parts:
        return []
    largest: list[Point] = [middle(cell) for cell in max(parts, key=lambda part: (len(part), part))]
    top = min(y for _, y in largest)
    across = [x for x, y in largest if y == top]
    return [round(sum(across) / len(across)), round(top)]
