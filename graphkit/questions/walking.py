"""The cheapest way between two concepts, found from both ends, a frontier of links at a time.

A step into a concept costs 1 + d/20, d being its number of neighbours; the last step, into the
goal, costs 1. Costs are counted in whole twentieths, so that they are the same everywhere; of
two ways that cost the same, the one of fewer hops is taken.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphkit.stores.base import GraphStore

TWENTIETHS: Final = 20
_HOPS: Final = 1 << 20
"""One twentieth, so that the hops of a way fit below it."""

Way = tuple[int, tuple[str, ...]]
"""What a way costs, and the ids along it."""


class Walker:
    """Walks a store and remembers what it saw, so that nothing is asked for twice.

    Args:
        store: where to walk.
        directed: follow links only the way they point.
        without: relations that are not walked.
        by_hops: every step costs the same.
    """

    def __init__(
        self, store: GraphStore, *, directed: bool, without: Collection[str], by_hops: bool
    ) -> None:
        self._store = store
        self._without = tuple(without)
        self._directions = ("out", "in") if directed else ("both", "both")
        self._seen: dict[str, dict[str, dict[str, int]]] = {"out": {}, "in": {}, "both": {}}
        self._by_hops = by_hops
        self._degrees: dict[str, int] = {}

    def next_to(self, ids: Collection[str], *, backwards: bool = False) -> list[dict[str, int]]:
        """The neighbours of some concepts, each with its own number of neighbours."""
        direction = self._directions[backwards]
        seen = self._seen[direction]
        if unknown := [id_ for id_ in ids if id_ not in seen]:
            new = self._store.adjacent(sorted(unknown), direction, self._without)
            seen.update(new)
            for neighbours in new.values():
                self._degrees.update(neighbours)
        return [seen[id_] for id_ in ids]

    def step(self, neighbours: int) -> int:
        """What a step into a concept costs."""
        if self._by_hops:
            return TWENTIETHS * _HOPS * _HOPS + (TWENTIETHS + neighbours)
        return (TWENTIETHS + neighbours) * _HOPS + 1

    @property
    def last_step(self) -> int:
        """What the step into the goal costs."""
        return self.step(0)

    def shown(self, cost: int) -> float:
        """A cost as people read it."""
        if self._by_hops:
            return cost // (TWENTIETHS * _HOPS * _HOPS)
        return (cost // _HOPS) / TWENTIETHS

    def cost_of(self, way: tuple[str, ...]) -> int:
        """What a way costs that has been found here."""
        if not self._degrees.keys() >= set(way[1:-1]):  # where two legs meet, found from behind
            self.next_to(way[:-2])
        return sum(self.step(self._degrees[id_]) for id_ in way[1:-1]) + self.last_step

    def cheapest(
        self,
        start: str,
        goal: str,
        *,
        avoid: Collection[str] = (),
        not_first: Collection[str] = (),
        most_hops: int | None = None,
    ) -> Way | None:
        """The cheapest way.

        Args:
            start: id of a concept.
            goal: id of another.
            avoid: ids that the way must not go through.
            not_first: ids that must not come directly after the start.
            most_hops: the most steps.

        Returns:
            Its cost and the ids along it; None when there is none.
        """
        if most_hops is not None and most_hops < 1:
            return None
        way = self._from_both_ends(start, goal, frozenset(avoid), frozenset(not_first))
        if way is None or most_hops is None or len(way[1]) - 1 <= most_hops:
            return way
        return self._within(start, goal, frozenset(avoid), frozenset(not_first), most_hops)

    def _from_both_ends(
        self, start: str, goal: str, avoid: frozenset[str], not_first: frozenset[str]
    ) -> Way | None:
        """Dijkstra from both ends; each round settles all that no other of the round can better."""
        cost: tuple[dict[str, int], dict[str, int]] = ({start: 0}, {goal: 0})
        before: tuple[dict[str, str], dict[str, str]] = ({}, {})
        settled: tuple[set[str], set[str]] = (set(), set())
        heaps = ([(0, start)], [(0, goal)])
        best: tuple[int, str] | None = None
        least = self.step(0)
        while heaps[0] and heaps[1]:
            if best is not None and heaps[0][0][0] + heaps[1][0][0] >= best[0]:
                break
            side = 0 if len(heaps[0]) <= len(heaps[1]) else 1
            until = heaps[side][0][0] + least
            if best is not None:  # beyond that no way is as cheap
                until = min(until, best[0] - heaps[1 - side][0][0])
            batch = _settled_now(heaps[side], until, settled[side])
            near = self.next_to([id_ for _, id_ in batch], backwards=bool(side))
            for (so_far, id_), neighbours in zip(batch, near, strict=True):
                for there, degree in neighbours.items():
                    if there in avoid or (there == (goal if side else start)):
                        continue
                    if side == 0:
                        if id_ == start and there in not_first:
                            continue
                        added = self.last_step if there == goal else self.step(degree)
                    else:
                        if there == start and id_ in not_first:
                            continue
                        added = self.last_step if id_ == goal else self.step(self._degrees[id_])
                    now = so_far + added
                    if now < cost[side].get(there, now + 1):
                        cost[side][there] = now
                        before[side][there] = id_
                        heapq.heappush(heaps[side], (now, there))
                    other = cost[1 - side].get(there)
                    if other is not None:
                        total = cost[side][there] + other
                        if best is None or (total, there) < best:
                            best = (total, there)
        if best is None:
            return None
        return best[0], self._joined(best[1], before)

    @staticmethod
    def _joined(middle: str, before: tuple[dict[str, str], dict[str, str]]) -> tuple[str, ...]:
        way = [middle]
        while way[-1] in before[0]:
            way.append(before[0][way[-1]])
        way.reverse()
        while way[-1] in before[1]:
            way.append(before[1][way[-1]])
        return tuple(way)

    def _within(
        self, start: str, goal: str, avoid: frozenset[str], not_first: frozenset[str], most: int
    ) -> Way | None:
        """The cheapest way of at most so many hops: layers from both ends, joined in the middle."""
        ahead = self._layers(start, goal, (most + 1) // 2, avoid, not_first, backwards=False)
        back = self._layers(goal, start, most // 2, avoid, frozenset(), backwards=True)
        best: Way | None = None
        for layer in ahead[1:]:
            for other in back[: most - ahead.index(layer) + 1]:
                for middle in layer.keys() & other.keys():
                    cost = layer[middle][0] + other[middle][0]
                    way = (cost, layer[middle][1] + other[middle][1][::-1][1:])
                    if len(set(way[1])) == len(way[1]) and (best is None or way < best):
                        best = way
        return best

    def _layers(
        self,
        origin: str,
        end: str,
        depth: int,
        avoid: frozenset[str],
        not_first: frozenset[str],
        *,
        backwards: bool,
    ) -> list[dict[str, Way]]:
        """For each number of hops, the cheapest way to each concept that it reaches."""
        layers: list[dict[str, Way]] = [{origin: (0, (origin,))}]
        for hop in range(depth):
            layer: dict[str, Way] = {}
            ids = sorted(id_ for id_ in layers[-1] if id_ != end)
            for id_, near in zip(ids, self.next_to(ids, backwards=backwards), strict=True):
                so_far, way = layers[-1][id_]
                for there, degree in near.items():
                    if there in avoid or there == origin or (hop == 0 and there in not_first):
                        continue
                    last = id_ == origin if backwards else there == end
                    entered = self._degrees.get(id_, 0) if backwards else degree
                    added = self.last_step if last else self.step(entered)
                    told = (so_far + added, (*way, there))
                    if there not in layer or told < layer[there]:
                        layer[there] = told
            layers.append(layer)
        return layers


def _settled_now(
    heap: list[tuple[int, str]], until: int, settled: set[str]
) -> list[tuple[int, str]]:
    """Takes all that costs so much at the most from a heap, and gives back what is new."""
    batch = []
    while heap and heap[0][0] <= until:
        so_far, id_ = heapq.heappop(heap)
        if id_ not in settled:
            settled.add(id_)
            batch.append((so_far, id_))
    return batch
