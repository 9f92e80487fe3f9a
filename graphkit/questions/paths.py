"""How one concept leads to another: paths worth reading, with the evidence of every step.

Further paths come after Yen (1971), "Finding the k shortest loopless paths in a network": first
those that share no inner concept with the ones before, then the cheapest that differ.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import islice, pairwise, permutations
from typing import TYPE_CHECKING, Final

from graphkit.answers import Path, Paths, Step
from graphkit.errors import UsageError
from graphkit.questions.walking import Walker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkit.model import Concept, Link
    from graphkit.questions.walking import Way
    from graphkit.stores.base import GraphStore

_ORDERS: Final = 24
_LEG_CHOICES: Final = 24
"""How many ways between two stops are tried before it is said that no path goes through them."""


@dataclass(frozen=True, slots=True)
class PathOptions:
    """How a path may go.

    Args:
        k: how many paths are wanted.
        avoid: ids of concepts that no path goes through.
        through: ids of concepts that every path goes through, in this order.
        directed: follow links only the way they point.
        max_length: the most hops.
        shortest: count hops only, instead of what a step costs.
        membership: walk membership links too.
    """

    k: int = 1
    avoid: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    directed: bool = False
    max_length: int | None = None
    shortest: bool = False
    membership: bool = False


def find_paths(
    store: GraphStore, start: Concept, goal: Concept, options: PathOptions | None = None
) -> Paths:
    """Finds paths between two concepts.

    Args:
        store: where to ask.
        start: where the paths begin.
        goal: where they end.
        options: how they may go.

    Returns:
        The paths in the order in which they were found, each step with all its links; none when
        nothing connects the two.

    Raises:
        UsageError: fewer than one path is wanted, or of less than one hop; or a concept is to be
            avoided and gone through.
    """
    options = options or PathOptions()
    _check(start, goal, options)
    without = () if options.membership else store.membership
    walker = Walker(store, directed=options.directed, without=without, by_hops=options.shortest)
    if start == goal:
        return Paths(start, goal, (Path(0, 0, (start,), ()),))
    stops = [start.id, *options.through, goal.id]
    ways = _ways(walker, stops, options)
    return Paths(start, goal, tuple(_with_evidence(store, walker, ways, options)))


def _check(start: Concept, goal: Concept, options: PathOptions) -> None:
    if options.k < 1:
        raise UsageError(f"{options.k} paths are asked for; ask for at least 1.")
    if options.max_length is not None and options.max_length < 1:
        raise UsageError(
            f"The longest path is to have {options.max_length} hops; allow at least 1."
        )
    stops = {start.id, goal.id, *options.through}
    if both := sorted(stops.intersection(options.avoid)):
        raise UsageError(f"{both[0]!r} is to be avoided, yet the path goes there.")
    if len(stops) < 2 + len(options.through) and (start != goal or options.through):
        raise UsageError("A path goes through each concept once; one is named twice.")


def _ways(walker: Walker, stops: list[str], options: PathOptions) -> list[tuple[str, ...]]:
    """The ways: first those without a common inner concept, then the cheapest that differ."""
    found: list[tuple[str, ...]] = []
    used: set[str] = set()
    while len(found) < options.k:
        # A way without inner concepts, say a direct link, shares none and would come again.
        ways = _cheapest_first(walker, stops, options, frozenset(used))
        way = next((way for way in ways if way not in found), None)
        if way is None:
            break
        found.append(way)
        used.update(set(way[1:-1]) - set(stops))
    if len(found) < options.k and found:
        for way in _cheapest_first(walker, stops, options, frozenset()):
            if way not in found:
                found.append(way)
            if len(found) == options.k:
                break
    return found


def _cheapest_first(
    walker: Walker, stops: list[str], options: PathOptions, used: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """All ways through the stops, the cheapest first, none of which meets a used concept."""
    avoid = used.union(options.avoid)
    if len(stops) == 2:  # noqa: PLR2004 - start and goal
        for way in _yen(walker, stops[0], stops[1], avoid, options.max_length):
            yield way[1]
        return
    found = False
    legs: list[Iterator[Way]] = []
    spare = None if options.max_length is None else options.max_length - (len(stops) - 2)
    for number, (start, goal) in enumerate(pairwise(stops)):
        others = set(stops[:number]) | set(stops[number + 2 :])
        legs.append(islice(_yen(walker, start, goal, avoid | others, spare), _LEG_CHOICES))
    for whole in _joined(legs):
        long = options.max_length is not None and len(whole) - 1 > options.max_length
        if len(set(whole)) == len(whole) and not long:
            found = True
            yield whole
    if not found and (whole_way := _leg_by_leg(walker, stops, avoid, options.max_length)):
        yield whole_way


def _leg_by_leg(
    walker: Walker, stops: list[str], avoid: frozenset[str], most_hops: int | None
) -> tuple[str, ...] | None:
    """A way through the stops whose legs give way to each other, whichever of them goes first.

    For the case that the cheapest ways of one leg all use up what another one needs.
    """
    legs = list(pairwise(stops))
    best: Way | None = None
    for order in islice(permutations(range(len(legs))), _ORDERS):
        chosen: dict[int, Way] = {}
        taken = avoid.union(stops)
        for number in order:
            start, goal = legs[number]
            way = walker.cheapest(start, goal, avoid=taken - {start, goal}, most_hops=most_hops)
            if way is None:
                break
            chosen[number] = way
            taken = taken.union(way[1])
        if len(chosen) == len(legs):
            ids = stops[:1] + [id_ for number in sorted(chosen) for id_ in chosen[number][1][1:]]
            whole = (sum(cost for cost, _ in chosen.values()), tuple(ids))
            if (most_hops is None or len(ids) - 1 <= most_hops) and (best is None or whole < best):
                best = whole
    return None if best is None else best[1]


def _joined(legs: list[Iterator[Way]]) -> Iterator[tuple[str, ...]]:
    """Ways made of one way of each leg, the cheapest first; legs are drawn as far as needed."""
    drawn: list[list[Way]] = [[] for _ in legs]
    waiting: list[tuple[int, tuple[str, ...], tuple[int, ...]]] = []
    known: set[tuple[int, ...]] = set()

    def consider(choice: tuple[int, ...]) -> None:
        known.add(choice)
        for number, ways, leg in zip(choice, drawn, legs, strict=True):
            ways.extend(islice(leg, max(0, number + 1 - len(ways))))
            if len(ways) <= number:
                return
        chosen = [ways[number] for number, ways in zip(choice, drawn, strict=True)]
        way = chosen[0][1] + tuple(id_ for _, ids in chosen[1:] for id_ in ids[1:])
        heapq.heappush(waiting, (sum(cost for cost, _ in chosen), way, choice))

    consider((0,) * len(legs))
    while waiting:
        _, way, choice = heapq.heappop(waiting)
        yield way
        for place in range(len(choice)):
            following = (*choice[:place], choice[place] + 1, *choice[place + 1 :])
            if following not in known:
                consider(following)


def _yen(
    walker: Walker, start: str, goal: str, avoid: frozenset[str], most_hops: int | None
) -> Iterator[Way]:
    """Every simple way from start to goal, the cheapest first."""
    first = walker.cheapest(start, goal, avoid=avoid, most_hops=most_hops)
    if first is None:
        return
    found: list[tuple[str, ...]] = []
    waiting = {first[1]: first[0]}
    while waiting:
        way = min(waiting, key=lambda w: (waiting[w], w))
        yield waiting.pop(way), way
        found.append(way)
        for place in range(len(way) - 1):
            root = way[: place + 1]
            taken = {other[place + 1] for other in found if other[: place + 1] == root}
            spare = None if most_hops is None else most_hops - place
            spur = walker.cheapest(
                root[-1], goal, avoid=avoid.union(root[:-1]), not_first=taken, most_hops=spare
            )
            if spur is not None:
                whole = root[:-1] + spur[1]
                waiting.setdefault(whole, walker.cost_of(whole))
        for known in found:
            waiting.pop(known, None)


def _with_evidence(
    store: GraphStore, walker: Walker, ways: list[tuple[str, ...]], options: PathOptions
) -> Iterable[Path]:
    ids = {id_ for way in ways for id_ in way}
    concepts = store.concepts(ids)
    between: dict[tuple[str, str], list[Link]] = {}
    for link in store.links_within(ids):
        if link.relation in store.membership and not options.membership:
            continue
        if link.source != link.target:
            between.setdefault((link.source, link.target), []).append(link)
    for way in ways:
        steps = []
        for here, there in pairwise(way):
            links = list(between.get((here, there), ()))
            if not options.directed:
                links += between.get((there, here), ())
            links.sort(key=lambda link: (link.source != here, link.line))
            steps.append(Step(concepts[here], concepts[there], tuple(links)))
        cost = walker.shown(walker.cost_of(way))
        yield Path(len(way) - 1, cost, tuple(concepts[id_] for id_ in way), tuple(steps))
