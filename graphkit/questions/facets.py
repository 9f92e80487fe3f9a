"""By what a map can be narrowed: folders, tags, relations, videos, and what has one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from graphkit.errors import UsageError
from graphkit.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.stores.base import GraphStore


@dataclass(frozen=True, slots=True)
class Facet(Answer):
    """A folder, a tag, a relation or a video.

    Args:
        name: what it is called; of a video its id, of the vault's top folder nothing.
        count: how many notes have it, of a relation how many links.
    """

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class FacetOfVideo(Facet):
    """A video.

    Args:
        as_: title of a note of it, the one whose id comes first.
    """

    as_: str


@dataclass(frozen=True, slots=True)
class Facets(Answer):
    """All by which a graph can be narrowed; of each kind the largest first, then by name.

    Args:
        folders: each with the notes of the folders in it; the top one with its own.
        tags: each with the notes of the tags below it (``a`` has those of ``a/b``).
        relations: each with its links between two concepts.
        videos: each with its notes.
    """

    folders: tuple[Facet, ...]
    tags: tuple[Facet, ...]
    relations: tuple[Facet, ...]
    videos: tuple[FacetOfVideo, ...]


@dataclass(frozen=True, slots=True)
class Having(Answer):
    """The concepts that have a tag, a video or a relation.

    Args:
        ids: of these concepts, in order.
        pairs: of a relation the places among them of each two that it joins, the lower one first,
            one pair behind the other; else nothing.
    """

    ids: tuple[str, ...]
    pairs: tuple[int, ...]


def facets(store: GraphStore) -> Facets:
    """By what a graph can be narrowed.

    Args:
        store: where to ask.
    """
    marked = store.marked()
    videos: dict[str, str] = {}
    for note in marked:
        if note.video is not None:
            videos.setdefault(note.video, note.id)
    titles = store.concepts(set(videos.values()))
    counted = Counter(note.video for note in marked if note.video is not None)
    return Facets(
        _largest_first(Counter(chain.from_iterable(map(_folders, (n.id for n in marked))))),
        _largest_first(Counter(tag for note in marked for tag in _tags(note.tags))),
        _largest_first(Counter(store.relations())),
        tuple(
            FacetOfVideo(facet.name, facet.count, titles[videos[facet.name]].title)
            for facet in _largest_first(counted)
        ),
    )


def having(
    store: GraphStore,
    *,
    tag: str | None = None,
    video: str | None = None,
    relation: str | None = None,
) -> Having:
    """The concepts that have one tag, video or relation.

    Args:
        store: where to ask.
        tag: notes with this tag, or with one below it.
        video: notes of this video.
        relation: concepts that a link of this relation joins with another.

    Raises:
        UsageError: not just one of them is asked for.
    """
    if sum(told is not None for told in (tag, video, relation)) != 1:
        raise UsageError("Ask for just one of a tag, a video and a relation.")
    if relation is not None:
        pairs = sorted({(min(pair), max(pair)) for pair in store.related(relation)})
        ids = sorted(set(chain.from_iterable(pairs)))
        places = {id_: place for place, id_ in enumerate(ids)}
        return Having(tuple(ids), tuple(places[end] for pair in pairs for end in pair))
    found = (
        note.id
        for note in store.marked()
        if (note.video == video if video is not None else tag in _tags(note.tags))
    )
    return Having(tuple(found), ())


def _largest_first(counted: Counter[str]) -> tuple[Facet, ...]:
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Facet(name, count) for name, count in ordered)


def _folders(id_: str) -> Iterator[str]:
    """The folders that a note lies in, of all depths; the top one where it lies in no other."""
    *above, _ = id_.split("/")
    if not above:
        yield ""
    for depth in range(len(above)):
        yield "/".join(above[: depth + 1])


def _tags(tags: tuple[str, ...]) -> set[str]:
    """Tags, and those above them."""
    return {
        "/".join(parts[: depth + 1])
        for parts in (tag.split("/") for tag in tags)
        for depth in range(len(parts))
    }
