"""Names for clusters: what their notes say in titles, headings and aliases, and others do not.

Class-based TF-IDF after Grootendorst (2022), "BERTopic", section 3.3: a cluster is one document.
Knows nothing of how the clusters came about.
"""

from __future__ import annotations

import heapq
from collections import Counter
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.wording import counted, written_as

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from graphkit.questions.wording import Wording

FEWEST_TERMS: Final = 2
MOST_TERMS: Final = 4
SIBLINGS_OF_A_TERM: Final = 2
"""How many siblings one term may name."""
SEPARATOR: Final = ", "
_IN_A_TITLE: Final = 3.0
"""How much more it says to be in the title than in a heading."""
_PHRASE: Final = 1.6
"""How much more a phrase says than a word that is said as often."""
_COVERING: Final = (1.0, 1.3, 1.7, 2.2, 3.0, 5.0)
"""How much it counts that many members say a term: as much as makes half of them say one."""
_HALF: Final = 0.5
_FEWEST_SAY: Final = 0.06
"""The share of the members that have to say a term, two of them at least."""
_PASSES: Final = ((True, 0.3, _HALF), (True, 0.0, _HALF / 2), (False, 0.0, 0.0))
"""Whether a term may name no more than two siblings, how well it has to read, and the share of the
members that have to say one of a name's terms: what is tried in turn."""
_CANDIDATES: Final = 60
_SEEN_FOR_SPELLING: Final = 15
_LARGE: Final = 30
_LONGEST_TITLE: Final = 60


class Named(NamedTuple):
    """A cluster's name, and what it was made of.

    Args:
        name: the terms as people read them, the same as those joined with ``", "``.
        terms: the keys of the terms, or titles where there are no words, best first.
        members: ids of the notes that the name was made for.
    """

    name: str
    terms: tuple[str, ...]
    members: frozenset[str]


def name_clusters(
    clusters: Mapping[str, Sequence[str]],
    wording: Wording,
    *,
    kept: Mapping[str, Named] | None = None,
    taken: Collection[str] = (),
) -> dict[str, Named]:
    """Names clusters that are siblings: all of the upper level, or the parts of one of them.

    Args:
        clusters: for each cluster's id the ids of its notes, the most central first.
        wording: what the notes of the vault say, see ``wording_of``.
        kept: earlier names by cluster. A name stays while half of the notes it was made for are
            still in the cluster.
        taken: names that are not given, as those that a person has given to siblings.

    Returns:
        For each cluster its name; an earlier one comes back as it was. No two are the same. A term
        names two siblings at most, as long as there are others to say.
    """
    naming = _Naming(clusters, wording, taken)
    order = sorted(clusters, key=lambda id_: (-len(clusters[id_]), id_))
    for id_ in order:
        if (earlier := (kept or {}).get(id_)) and still_fits(earlier, clusters[id_]):
            naming.keep(id_, earlier)
    for id_ in order:
        if id_ not in naming.named:
            naming.give(id_)
    return {id_: naming.named[id_] for id_ in clusters}


def still_fits(named: Named, members: Collection[str]) -> bool:
    """Whether half at least of the notes that a name was made for are among a cluster's members."""
    return len(named.members.intersection(members)) >= _HALF * len(named.members) > 0


class _Naming:
    """Siblings while they are being named: which terms and names have been given."""

    def __init__(
        self, clusters: Mapping[str, Sequence[str]], wording: Wording, taken: Collection[str]
    ) -> None:
        self.named: dict[str, Named] = {}
        self._clusters = clusters
        self._wording = wording
        self._taken = {name.casefold() for name in taken}
        self._used: Counter[str] = Counter()
        self._said = {
            id_: counted(wording.said[member] for member in ids) for id_, ids in clusters.items()
        }
        self._all = counted(wording.said[member] for ids in clusters.values() for member in ids)
        self._size = sum(len(ids) for ids in clusters.values())

    def keep(self, id_: str, earlier: Named) -> None:
        """Gives a cluster its earlier name, unless a sibling has it."""
        if earlier.name.casefold() not in self._taken:
            self._give(id_, earlier)

    def give(self, id_: str) -> None:
        """Gives a cluster a new name."""
        members = self._clusters[id_]
        terms = self._best_terms(id_) if len(members) > 1 else []
        shown = [self._written(term, members) for term in terms]
        titles = [title for member in members if (title := self._title(member))]
        while len(shown) < min(FEWEST_TERMS, len(members)):
            new = next((title for title in titles if _is_new(title, shown)), None)
            if new is None:
                break
            terms, shown = [*terms, new], [*shown, new]
        if not shown or self._is_taken(shown):  # other siblings say the same words
            also = [title for title in titles if _is_new(title, shown)]
            free = next((title for title in also if not self._is_taken([*shown, title])), None)
            if free is None:
                shown = self._numbered(shown)
            else:
                terms, shown = [*terms, free], [*shown, free]
        name = SEPARATOR.join(shown)
        self._give(id_, Named(name, tuple(terms), frozenset(members)))

    def _give(self, id_: str, named: Named) -> None:
        self.named[id_] = named
        self._used.update(named.terms)
        self._taken.add(named.name.casefold())

    def _is_taken(self, shown: Sequence[str]) -> bool:
        return SEPARATOR.join(shown).casefold() in self._taken

    def _numbered(self, shown: Sequence[str]) -> list[str]:
        name, number = SEPARATOR.join(shown), 2
        while self._is_taken([numbered := f"{name} ({number})".lstrip()]):
            number += 1
        return [numbered]

    def _title(self, member: str) -> str:
        title = " ".join(self._wording.texts[member].title.split())
        if len(title) <= _LONGEST_TITLE:
            return title
        return title[: title.rfind(" ", 0, _LONGEST_TITLE) % _LONGEST_TITLE].rstrip() + " …"

    def _written(self, term: str, members: Iterable[str]) -> str:
        saying = [m for m in members if term in self._wording.said[m]][:_SEEN_FOR_SPELLING]
        return written_as(term, [self._wording.texts[member] for member in saying])

    def _best_terms(self, id_: str) -> list[str]:
        """The terms that say best what a cluster is about, so that half of its notes say one."""
        best: tuple[float, list[str]] = (0.0, [])
        for limited, least_worth, good_enough in _PASSES:
            scores = self._scores(id_, limited=limited, least_worth=least_worth)
            choice = _Choice(self._clusters[id_], scores, self._wording)
            for covering in _COVERING:
                terms, share = choice.made(covering)
                if share > best[0]:
                    best = (share, terms)
                if share >= _HALF:
                    break
            if best[0] >= good_enough:
                break
        return best[1]

    def _scores(self, id_: str, *, limited: bool, least_worth: float) -> dict[str, float]:
        """How well each term tells a cluster from its siblings and from the vault, best first."""
        members, said = self._clusters[id_], self._said[id_]
        wording = self._wording
        least = max(min(2, len(members)), _FEWEST_SAY * len(members))
        rest = self._size - len(members)
        everywhere = wording.everywhere
        scores = {}
        for term, count in said.items():
            if count < least or term in everywhere:
                continue
            if limited and self._used[term] >= SIBLINGS_OF_A_TERM:
                continue
            words = term.split(" ")
            dull = sum(word in everywhere for word in words)
            if dull == len(words):
                continue
            worth = self._worth(term, dull)
            if worth < least_worth:
                continue
            here = count / len(members)
            elsewhere = (self._all[term] - count + 0.5) / (rest + 1)
            anywhere = (wording.notes[term] + 0.5) / (len(wording.texts) + 1)
            score = log(1 + here / elsewhere) * log(1 + here / anywhere)
            scores[term] = score * worth
        for term in list(scores):  # a word that is mostly said in one phrase gives way to it
            if " " in term and everywhere.isdisjoint(term.split(" ")):
                for word in term.split(" "):
                    if word in scores and said[term] >= 0.6 * said[word]:
                        del scores[word]
        return scores

    def _worth(self, term: str, dull: int) -> float:
        """How well a term reads by itself: not as ``emotional`` or ``machine interface`` do."""
        worth = 0.1 + 0.9 * min(1.0, self._wording.whole.get(term, 0.0) / 0.35)
        if " " in term:
            worth *= 0.6 if dull else _PHRASE
        return worth


class _Choice:
    """The choice of a cluster's terms among those that have a score.

    Args:
        members: the cluster's notes.
        scores: how well each term tells the cluster from others.
        wording: what the notes say.
    """

    def __init__(
        self, members: Sequence[str], scores: Mapping[str, float], wording: Wording
    ) -> None:
        self._size = len(members)
        self._said = _masks(members, wording.said, scores.keys())
        self._titles = _masks(members, wording.titles, scores.keys())
        self._scores = scores
        self._weights = {term: self._weight(term, -1) for term in scores}

    def made(self, covering: float) -> tuple[list[str], float]:
        """Terms chosen one by one, each for what it says and for the members it is new to.

        Args:
            covering: how much it counts that many members say a term.

        Returns:
            The terms, and the share of the members that say one of them.
        """
        wanted = FEWEST_TERMS + (self._size >= _LARGE)
        scores, weights = self._scores, self._weights
        ranked = heapq.nsmallest(
            _CANDIDATES, scores, key=lambda t: (-scores[t] * weights[t] ** covering, t)
        )
        left = (1 << self._size) - 1
        terms: list[str] = []
        while ranked and len(terms) < MOST_TERMS:
            if len(terms) >= wanted and 1 - left.bit_count() / self._size >= _HALF:
                break
            values = {
                term: scores[term]
                * (0.7 * self._weight(term, left) + 0.3 * weights[term]) ** covering
                for term in ranked
            }
            best = min(values, key=lambda t: (-values[t], t))
            terms.append(best)
            left &= ~self._said[best]
            ranked = [term for term in ranked if not _overlap(term, best)]
        return terms, 1 - left.bit_count() / self._size

    def _weight(self, term: str, among: int) -> float:
        """How many of some members say a term, those that do in a heading only counting less."""
        titles = (self._titles.get(term, 0) & among).bit_count()
        return ((self._said[term] & among).bit_count() + (_IN_A_TITLE - 1) * titles) / _IN_A_TITLE


def _masks(
    members: Sequence[str], said: Mapping[str, frozenset[str]], terms: Collection[str]
) -> dict[str, int]:
    """For each of some terms the members that say it, a bit each."""
    terms = frozenset(terms)
    masks: dict[str, int] = {}
    for place, member in enumerate(members):
        for term in said[member] & terms:
            masks[term] = masks.get(term, 0) | 1 << place
    return masks


def _is_new(title: str, shown: Iterable[str]) -> bool:
    """Whether a title says more than what is in a name already, or holds it."""
    return not any(
        term.casefold() in title.casefold() or title.casefold() in term.casefold() for term in shown
    )


def _overlap(one: str, other: str) -> bool:
    """Whether two terms share a word, or one holds the other as ``decisionmaking`` does."""
    if not set(one.split(" ")).isdisjoint(other.split(" ")):
        return True
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    return len(short) > 3 and short in long  # noqa: PLR2004 - not AI in brain
