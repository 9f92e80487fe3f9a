"""What has changed in a graph since it was last looked at, concept by concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.cycles import no_looking_for_cycles
from graphkit.questions.up_to_date import MAP_SEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphkit.answers import Refreshed
    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

MANY: Final = 2_000
"""Of more concepts it is not told one by one what has become of them."""


class Change(NamedTuple):
    """What has changed.

    Args:
        concepts: ids of those that came, went, or are called or linked otherwise.
        texts: ids of the notes that say something else.
    """

    concepts: frozenset[str]
    texts: frozenset[str]

    def __or__(self, other: Change) -> Change:
        """Both changes, one after the other."""
        return Change(self.concepts | other.concepts, self.texts | other.texts)

    def __bool__(self) -> bool:
        """Whether it is known what has changed."""
        return bool(self.concepts or self.texts)


NOTHING: Final = Change(frozenset(), frozenset())
UNTOLD: Final[Mapping[str, Any]] = {"rows": None, "gone": [], "texts": []}
"""What is told of a change of which it is not told what it is."""


class Seen:
    """A graph as it was seen last.

    Args:
        store: where to look.
    """

    @no_looking_for_cycles()
    def __init__(self, store: GraphStore) -> None:
        self.stamp = store.stamp
        told = store.linked_concepts()
        self._concepts: dict[str, Concept] = store.concepts(told.ids)
        near: list[dict[str, bool]] = [{} for _ in told.ids]
        for one, other, member in zip(told.sources, told.targets, told.membership, strict=True):
            for here, there in ((one, other), (other, one)):
                id_ = told.ids[there]
                near[here][id_] = member and near[here].get(id_, True)
        self._near = dict(zip(told.ids, near, strict=True))
        self._words = store.digests()

    def since(self, before: Seen) -> Change:
        """What has changed since it was seen before."""
        concepts = {
            id_
            for id_ in self._near.keys() | before._near.keys()
            if self._told(id_) != before._told(id_)
        }
        words, earlier = self._words, before._words
        texts = {id_ for id_, digest in words.items() if earlier.get(id_) != digest}
        return Change(frozenset(concepts), frozenset(texts))

    def _told(self, id_: str) -> tuple[Concept | None, Mapping[str, bool] | None]:
        return self._concepts.get(id_), self._near.get(id_)

    def follow(self, store: GraphStore, done: Refreshed) -> Change:
        """Looks at what a refresh has changed, and at nothing else.

        Args:
            store: after one refresh, after which nothing was kept.
            done: what that refresh says.
        """
        paths = (*done.added, *done.changed, *done.deleted)
        own = {path.removesuffix(".md") for path in paths}
        linked = {*own, *store.relinked()}
        before = {id_: self._near.get(id_, {}) for id_ in linked}
        now = _near(store, linked)
        around = linked.union(*before.values(), *now.values())
        present = store.concepts(around)
        changed = {id_ for id_ in around if present.get(id_) != self._concepts.get(id_)}
        for id_ in linked:
            changed |= self._link(id_, before[id_], now[id_])
        for id_ in around - present.keys():
            self._concepts.pop(id_, None)
            self._near.pop(id_, None)
        self._concepts.update(present)
        for id_ in present:
            self._near.setdefault(id_, {})
        for id_ in own:
            self._words.pop(id_, None)
        self._words.update(store.digests(own))
        self.stamp = store.stamp
        texts = {id_ for id_ in own if id_ in present and present[id_].note}
        return Change(frozenset(changed), frozenset(texts))

    def _link(self, id_: str, before: Mapping[str, bool], now: Mapping[str, bool]) -> set[str]:
        """Takes in what a concept is linked with now; gives back whose links are others."""
        others = {
            other for other in before.keys() | now.keys() if before.get(other) != now.get(other)
        }
        for other in others:
            near = self._near.setdefault(other, {})
            if other in now:
                near[id_] = now[other]
            else:
                near.pop(id_, None)
        self._near[id_] = dict(now)
        return {id_, *others} if others else others

    def rows(self, store: GraphStore, change: Change) -> dict[str, Any]:
        """What has become of the concepts of a change.

        Args:
            store: in which they are as they were seen.
            change: what has changed.

        Returns:
            ``rows``, ``gone`` and ``texts`` of the event; ``UNTOLD`` where they are many.
        """
        if len(change.concepts) > MANY:
            return dict(UNTOLD)
        there = sorted(id_ for id_ in change.concepts if id_ in self._concepts)
        nodes = store.nodes(there)
        stops = {concept.id for concept in store.index_notes(there)}
        rows = [
            {
                "id": id_,
                "title": self._concepts[id_].title,
                "note": self._concepts[id_].note,
                "index": id_ in stops,
                "cluster": nodes[id_].subcluster or nodes[id_].cluster if id_ in nodes else None,
                "near": [[other, int(member)] for other, member in sorted(self._near[id_].items())],
            }
            for id_ in there
        ]
        gone = sorted(change.concepts.difference(there))
        return {"rows": rows, "gone": gone, "texts": sorted(change.texts)}


def look_again(
    seen: Seen, store: GraphStore, done: Refreshed | None, before: str
) -> tuple[Seen, Change]:
    """Looks at a graph again.

    Args:
        seen: the graph as it was seen last; it is not to be used any more.
        store: the graph.
        done: what a refresh just now says of it; None where there was none.
        before: the stamp before that refresh.

    Returns:
        The graph as it is seen now, and what has changed since.
    """
    change = NOTHING
    if done is not None and seen.stamp == before and _is_next(store.stamp, before, done):
        change = seen.follow(store, done)
        if _is_next(seen.stamp, before, done) and not _is_kept(store):
            return seen, change
    now = Seen(store)  # another process has changed it, or kept clusters, meanwhile
    return now, change | now.since(seen)


def _is_next(stamp: str, before: str, done: Refreshed) -> bool:
    """Whether nobody but a refresh has changed the graph since a stamp."""
    return int(stamp) - int(before) <= 1 and not done.rebuilt


def _is_kept(store: GraphStore) -> bool:
    """Whether clusters have been kept of the graph as it is now.

    Then it is not known any more which notes have been linked otherwise since.
    """
    kept = store.kept(MAP_SEEN)
    return kept is not None and kept[1]


def _near(store: GraphStore, ids: Iterable[str]) -> dict[str, dict[str, bool]]:
    """What some concepts are linked with, and of each whether only by membership."""
    wanted = sorted(ids)
    every = store.adjacent(wanted, "both", ())
    strong = store.adjacent(wanted, "both", store.membership)
    return {id_: {other: other not in strong[id_] for other in near} for id_, near in every.items()}
