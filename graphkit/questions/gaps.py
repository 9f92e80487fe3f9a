"""Gaps: pairs of notes that ought to be linked and are not, with what speaks for each.

What speaks for a pair is ``candidates``' business; here the pairs are chosen and put into words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import UsageError
from graphkit.model import Concept
from graphkit.questions.candidates import Candidates
from graphkit.questions.likeness import singular
from graphkit.questions.mentions import (
    Passages,
    mentions_in,
    most_saying,
    names_of,
    placed,
    wordings,
)
from graphkit.questions.pasting import link_to
from graphkit.questions.vault_map import vault_map
from graphkit.topics import Gap, GapReason, Gaps, Paste

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graphkit.model import Link, Text
    from graphkit.questions.candidates import Signals
    from graphkit.questions.mentions import Mention
    from graphkit.stores.base import GraphStore
    from graphkit.vault.prose import Prose

_MENTIONED: Final = 3.0
_MOST_SAYING: Final = 40
_MOST_COMMON: Final = 10
_MOST_TERMS: Final = 8
_NAMED_IN_WORDS: Final = 3

Pair = frozenset[str]


class _Found(NamedTuple):
    score: float
    a: str
    b: str
    signals: Signals
    mentions: tuple[tuple[str, Mention], ...]


def gaps(
    store: GraphStore,
    concept: Concept | None = None,
    *,
    limit: int | None = 20,
    between: tuple[Collection[str], Collection[str]] | None = None,
) -> Gaps:
    """Finds pairs of notes that ought to be linked and are not.

    Args:
        store: what is asked.
        concept: one of every pair; of the whole vault, without it, the gaps of its most
            promising notes.
        limit: the most gaps to give back; all that were found without one.
        between: ids of two sets of notes; a pair has one end in either.

    Returns:
        The gaps, best first, ties by ids, without those that the vault's map dismisses. A concept
        without a note has none.

    Raises:
        UsageError: the limit is below 1.
    """
    if limit is not None and limit < 1:
        raise UsageError(f"The limit is {limit}; it has to be at least 1.")
    finder = _Finder(store, between, vault_map(store).dismissed)
    found: dict[Pair, _Found] = {}
    if concept is not None:
        asked = [concept.id]
    else:
        from graphkit.questions.promising import promising  # noqa: PLC0415 - not for one concept

        asked = promising(store, between)
    for id_ in asked:
        for gap in finder.around(id_):
            pair = frozenset((gap.a, gap.b))
            if pair not in found or gap.score > found[pair].score:
                found[pair] = gap
    ranked = sorted(found.values(), key=lambda gap: (-gap.score, gap.a, gap.b))
    return Gaps(tuple(finder.told(gap) for gap in ranked[:limit]))


class _Finder:
    """Finds gaps of one note after the other, and puts them into words."""

    def __init__(
        self,
        store: GraphStore,
        between: tuple[Collection[str], Collection[str]] | None,
        dismissed: frozenset[Pair],
    ) -> None:
        self._store = store
        self._candidates = Candidates(store)
        self._between = between and (frozenset(between[0]), frozenset(between[1]))
        self._dismissed = dismissed
        self._out: dict[str, list[Link]] = {}
        self._prose: dict[str, Prose | None] = {}
        self._uncommon: set[str] = set()

    def _wanted(self, one: str, other: str) -> bool:
        if frozenset((one, other)) in self._dismissed:
            return False
        if self._between is None:
            return True
        first, second = self._between
        return (one in first and other in second) or (one in second and other in first)

    def around(self, id_: str) -> list[_Found]:
        """The gaps of one note, in no order."""
        text = self._candidates.text(id_)
        if text is None or self._candidates.is_index(id_):
            return []
        passages = self._passages(text)
        told = wordings(passage for _, passage in passages.prose())
        named = {c.concept.id for c in self._store.called_any(told) if c.rule != "unresolved"}
        own = self._own_names(text)
        saying = self._saying(own)
        signals = self._candidates.around(id_, also=sorted(named | set(saying[:_MOST_SAYING])))
        mentions: defaultdict[str, list[tuple[str, Mention]]] = defaultdict(list)
        names: defaultdict[str, dict[str, str]] = defaultdict(dict)
        # names of notes that are linked already take the words, so that no shorter name does
        for other in {id_, *signals, *self._candidates.linked(id_)}:
            for key, name in names_of(self._candidates.texts[other]).items():
                names[key][other] = name
        for key in self._ordinary(names):
            del names[key]
        for mention in mentions_in(passages, names):
            mentions[mention.other].append((id_, mention))
        self._read_links(other for other in saying if other in signals)
        own_names = {key: {id_: name} for key, name in own.items()}
        for other in saying:
            if other in signals:
                there = self._passages(self._candidates.texts[other])
                mentions[other] += ((other, found) for found in mentions_in(there, own_names))
        return [
            _Found(
                round(s.score + _MENTIONED * bool(mentions.get(other)), 4),
                id_,
                other,
                s,
                tuple(mentions.get(other, ())),
            )
            for other, s in signals.items()
            if self._wanted(id_, other)
        ]

    # names

    def _own_names(self, text: Text) -> dict[str, str]:
        names = names_of(text)
        for key in self._ordinary(names):
            del names[key]
        return names

    def _ordinary(self, names: Iterable[str]) -> set[str]:
        """Those of some names that are ordinary words: a mention of them would say nothing."""
        single = [name for name in names if " " not in name]
        forms = sorted({form for name in single for form in (name, name + "s")} - self._uncommon)
        counts = self._store.word_counts(forms, most_saying(self._candidates.notes))
        self._uncommon |= counts.keys()
        return {name for name in single if not {name, name + "s"} <= self._uncommon}

    def _saying(self, names: dict[str, str]) -> list[str]:
        phrases = {form for key in names for form in (key, key + "s", _plural(key))}
        told = self._store.notes_saying(sorted(phrases))
        return sorted({id_ for notes in told.values() for id_ in notes})

    def _passages(self, text: Text) -> Passages:
        self._read_links([text.id])
        return Passages(text, self._out[text.id])

    def _read_links(self, ids: Iterable[str]) -> None:
        if unknown := [id_ for id_ in dict.fromkeys(ids) if id_ not in self._out]:
            self._out |= {id_: [] for id_ in unknown}
            for link in self._store.links(unknown, "out"):
                self._out[link.source].append(link)

    # words

    def told(self, gap: _Found) -> Gap:
        """A gap with its reasons and the link to paste."""
        candidates = self._candidates
        common = candidates.common(gap.a, gap.b)
        terms = candidates.shared_terms(gap.a, gap.b)
        reasons: list[GapReason] = []
        pastes: list[Paste] = []
        for note, mention in gap.mentions:
            other = gap.b if note == gap.a else gap.a
            place = self._place(note, mention)
            if place is None or any(reason.note == note for reason in reasons):
                continue
            line, column, in_row = place
            reasons.append(GapReason("mention", note, line, column, mention.sentence))
            link = link_to(self._store, note, other, mention.written, in_row=in_row)
            pastes.append(Paste(note, line, column, link))
        score = gap.score - _MENTIONED * (bool(gap.mentions) and not reasons)
        if common:
            told = _listed([concept.title for concept in common[:_NAMED_IN_WORDS]], len(common))
            reasons.append(
                GapReason("neighbours", None, None, None, f"Both are linked with {told}.")
            )
        if terms:
            told = _listed(list(terms), len(terms))
            reasons.append(GapReason("text", None, None, None, f"Both say {told}."))
        if gap.signals.video:
            video = candidates.node(gap.a).video
            reasons.append(
                GapReason(
                    "video", None, None, None, f"Both are of one video, https://youtu.be/{video}."
                )
            )
        paste = pastes[0] if pastes else self._best_line(gap, terms)
        a, b = candidates.node(gap.a), candidates.node(gap.b)
        return Gap(
            Concept(a.id, a.title, note=True),
            Concept(b.id, b.title, note=True),
            round(score, 4),
            tuple(common[:_MOST_COMMON]),
            terms,
            tuple(reasons),
            paste,
        )

    def _place(self, note: str, mention: Mention) -> tuple[int, int | None, bool] | None:
        """Line, column and whether that is in a table; None where it is no prose."""
        passages = self._passages(self._candidates.texts[note])
        first, last = passages.lines[mention.passage], passages.until(mention.passage)
        if note not in self._prose:
            self._prose[note] = self._store.prose(note)
        prose = self._prose[note]
        if prose is None:
            return first, None, False
        found = placed(prose.lines, mention.written, first, last)
        return found and (*found, found[0] in prose.rows)

    def _best_line(self, gap: _Found, terms: Collection[str]) -> Paste:
        """Where the one says most of what both say."""
        number = self._candidates.best_passage(gap.a, terms)
        line = None
        if number is not None:
            line = self._passages(self._candidates.texts[gap.a]).lines[number]
        return Paste(gap.a, line, None, link_to(self._store, gap.a, gap.b))


def _plural(key: str) -> str:
    if key.endswith("y"):
        return key[:-1] + "ies"
    return key + "es" if singular(key.rpartition(" ")[2] + "es") else key


def _listed(names: list[str], total: int) -> str:
    rest = total - len(names)
    if rest:
        return f"{', '.join(names)} and {rest} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
