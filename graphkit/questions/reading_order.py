"""Where to begin in some notes: which to read first, and why each comes where it does.

Central notes come first: those that the others lead to, by PageRank (Brin and Page, 1998) along
the links between them. A note that is much like one that has been read waits (maximal marginal
relevance: Carbonell and Goldstein, 1998), and none comes before a more central one that it links
to.
"""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import UsageError
from graphkit.model import Concept
from graphkit.questions.because import WHOLE, cut_short
from graphkit.questions.sweep import RESTART
from graphkit.questions.wording import terms_in
from graphkit.topics import Because, ReadingStep

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from graphkit.model import Link, Node
    from graphkit.stores.base import GraphStore

_ROUNDS: Final = 40
"""After so many, less than a millionth is still on its way."""
_NAMED: Final = 0.05
"""The share of walks that begin at notes whose titles say what all of them are about."""
_KEPT: Final = 3
"""What so many more links would pass on stays: a single link is not worth a whole note."""
_OF_A_LINK: Final = 6
"""Words of a note that are those of one of its links."""
_MUCH: Final = 100
"""A note of so many words of its own counts half of what one without end would."""
_COMPARED: Final = 100
"""A note is held against the first so many that are read."""
_DIGITS: Final = 9


class _Notes(NamedTuple):
    """Some notes by their numbers, in the order of their ids.

    Args:
        nodes: the notes.
        targets: for each the others that it links to.
        sources: for each the others that link to it.
        worth: how much each is worth reading first.
        near: for each those that it is linked with, and itself.
        titles: for each the words of its title that say something.
    """

    nodes: Sequence[Node]
    targets: Sequence[set[int]]
    sources: Sequence[set[int]]
    worth: Sequence[float]
    near: Sequence[set[int]]
    titles: Sequence[set[str]]

    def rank(self, number: int) -> tuple[float, int]:
        """What orders notes by what they are worth, the most first."""
        return -self.worth[number], number

    def foundations(self, number: int) -> list[int]:
        """The more central notes that one links to, the most central first."""
        own = self.rank(number)
        linked = self.targets[number]
        return sorted((note for note in linked if self.rank(note) < own), key=self.rank)

    def likeness(self, one: int, other: int) -> float:
        """How alike two notes are, 0 to 1: the share of title words and neighbours in common.

        Each pair of titles counts as saying one thing more, or short ones would soon be alike.
        """
        here, there = self.titles[one], self.titles[other]
        titles = len(here & there) / (len(here | there) + 1)
        beside, around = self.near[one], self.near[other]
        return (titles + len(beside & around) / len(beside | around)) / 2


def reading_order(
    store: GraphStore, ids: Collection[str], *, most: int, about: str = ""
) -> tuple[ReadingStep, ...]:
    """The notes to read first, in the order to read them in.

    Args:
        store: where to ask.
        ids: the notes to choose from; what is no note is left out.
        most: how many to choose.
        about: what the notes are about, in words: a title that says them is a good beginning.

    Returns:
        So many notes at the most; fewer are the first of more, if not with the same sentences.
        Each comes after the more central ones that it links to.

    Raises:
        UsageError: ``most`` is below 1.
    """
    if most < 1:
        raise UsageError(f"The number of notes to read is {most}; it has to be at least 1.")
    notes = _read(store, ids, about)
    return _steps(store, notes, _ordered(notes, most))


def _read(store: GraphStore, ids: Collection[str], about: str) -> _Notes:
    known = store.nodes(ids)
    nodes = [known[id_] for id_ in sorted(known) if known[id_].note]
    numbers = {node.id: number for number, node in enumerate(nodes)}
    targets: list[set[int]] = [set() for _ in nodes]
    sources: list[set[int]] = [set() for _ in nodes]
    links: Counter[str] = Counter()
    for source, target in store.linked_notes(list(numbers)):
        links[source] += 1
        if source in numbers and target in numbers:
            targets[numbers[source]].add(numbers[target])
            sources[numbers[target]].add(numbers[source])
    words = [_words(node.title) for node in nodes]
    central = _centrality(
        targets, [links[node.id] for node in nodes], _beginnings(words, _words(about))
    )
    worth = [
        round(one * _own_text(node), _DIGITS) for one, node in zip(central, nodes, strict=True)
    ]
    near = [{n} | targets[n] | sources[n] for n in range(len(nodes))]
    return _Notes(nodes, targets, sources, worth, near, words)


def _words(line: str) -> set[str]:
    """The words of a line that say something, in the singular."""
    return {term for term, _ in terms_in(line) if " " not in term}


def _beginnings(titles: Sequence[set[str]], about: set[str]) -> list[float]:
    """The chance of each note that a walk begins there."""
    said = [len(words & about) / len(words) if words else 0.0 for words in titles]
    whole = sum(said)
    named = _NAMED if whole else 0.0
    return [(1 - named) / len(said) + named * one / (whole or 1) for one in said]


def _centrality(
    targets: Sequence[set[int]], links: Sequence[int], begin: Sequence[float]
) -> list[float]:
    """PageRank along the links; a walk that leaves these notes begins anew.

    Args:
        targets: for each note those of the others that it links to.
        links: for each how many notes it links to, others than these too.
        begin: for each the chance that a walk begins there.

    Returns:
        How many times the mean each note has.
    """
    lines = [(number, sorted(linked)) for number, linked in enumerate(targets) if linked]
    central = list(begin)
    for _ in range(_ROUNDS):
        flow = [0.0] * len(begin)
        for number, linked in lines:
            share = (1 - RESTART) * central[number] / (links[number] + _KEPT)
            for other in linked:
                flow[other] += share
        anew = 1 - sum(flow)
        central = [one + anew * chance for one, chance in zip(flow, begin, strict=True)]
    return [one * len(begin) for one in central]


def _own_text(node: Node) -> float:
    """How much a note has to say itself, above 0 and below 1; little in a list of links."""
    own = max(1, (node.words or 0) - _OF_A_LINK * node.out_degree)
    return own / (own + _MUCH)


def _ordered(notes: _Notes, most: int) -> list[int]:
    """The notes to read, by their numbers.

    Next comes what is worth the most, less the more it is like one that has been read; before it
    come the foundations that it builds on. As what is left only ever loses, a note is held
    against the others only when its turn seems to have come (lazy greedy choice: Minoux, 1978).
    """
    read: list[int] = []
    done: set[int] = set()
    waiting = [(*notes.rank(number), 0, 0.0) for number in range(len(notes.nodes))]
    heapify(waiting)
    while waiting and len(read) < most:
        _, number, compared, likest = waiting[0]
        if number in done:
            heappop(waiting)
        elif compared < min(len(read), _COMPARED):
            others = read[compared:_COMPARED]
            likest = max(likest, *(notes.likeness(number, other) for other in others))
            gain = round(notes.worth[number] * (1 - likest**2), _DIGITS)
            heapreplace(waiting, (-gain, number, compared + len(others), likest))
        else:
            while unread := [note for note in notes.foundations(number) if note not in done]:
                number = unread[0]
            read.append(number)
            done.add(number)
    return read


def _steps(store: GraphStore, notes: _Notes, read: Sequence[int]) -> tuple[ReadingStep, ...]:
    nodes = [notes.nodes[number] for number in read]
    concepts = [Concept(node.id, node.title, node.note) for node in nodes]
    because = _reasons(store, notes, [node.id for node in nodes])
    places = {number: place for place, number in enumerate(read)}
    steps = []
    for place, (number, node) in enumerate(zip(read, nodes, strict=True)):
        linked = sorted(places[note] for note in notes.targets[number] if note in places)
        steps.append(
            ReadingStep(
                id=node.id,
                title=node.title,
                note=node.note,
                linked_by=len(notes.sources[number]),
                builds_on=tuple(concepts[other] for other in linked if other < place),
                because=because.get(node.id),
            )
        )
    return tuple(steps)


def _reasons(store: GraphStore, notes: _Notes, ids: Sequence[str]) -> dict[str, Because]:
    """For notes in the order to read them in, the sentence that says why.

    That of a link to a note before it; else of one from another note, if there is one that is no
    reason yet; else of one to another.
    """
    ranks = {node.id: notes.rank(number) for number, node in enumerate(notes.nodes)}
    places = {id_: (place, 0) for place, id_ in enumerate(ids)}
    found: dict[str, Because] = {}
    _tell(
        found,
        (
            (link.source, places[link.target], link)
            for link in store.links_within(ids)
            if link.relation not in store.membership and places[link.target] < places[link.source]
        ),
    )
    for direction in ("in", "out"):
        ties = []
        for link in store.links([id_ for id_ in ids if id_ not in found], direction):
            own, other = link.source, link.target
            if direction == "in":
                own, other = other, own
            if other in ranks and other != own and link.relation not in store.membership:
                ties.append((own, ranks[other], link))
        _tell(found, ties)
    return found


def _tell(found: dict[str, Because], ties: Iterable[tuple[str, tuple[float, int], Link]]) -> None:
    """Adds for notes the sentence of a link, if there is one.

    Whole sentences come before labels and file names, then those that are no reason yet, then
    links with the best other note.

    Args:
        found: the reasons so far.
        ties: links, each with the note that it speaks for, and the rank of the other one.
    """
    told = set(found.values())
    best: dict[str, tuple[bool, bool, tuple[float, int], int]] = {}
    for id_, rank, link in ties:
        because = Because(link.source, link.line, cut_short(link.sentence))
        whole = link.sentence.count(" ") > WHOLE and "_" not in link.sentence
        quality = (not whole, because in told, rank, link.line)
        if link.sentence and (id_ not in best or quality < best[id_]):
            best[id_] = quality
            found[id_] = because
