"""What ties a note into a cluster around some words: its own words on them, or a link."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graphkit.model import LINKS_TO
from graphkit.questions.phrases import as_words, forms_of, patterns_of, prose_as_words
from graphkit.saying import best_place, place_of, words_wanted
from graphkit.topics import Because
from graphkit.vault.evidence import sentence_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphkit.model import Link, Text
    from graphkit.saying import Phrase
    from graphkit.stores.base import GraphStore

WHOLE: Final = 6
"""Words of a sentence that is more than a label."""
_LONGEST: Final = 500
_LAST: Final = 1 << 60
_RELATION: Final = re.compile(r"[^\W\d_][\w /-]{0,39}::? *")


def reasons(
    store: GraphStore,
    wanted: Sequence[str],
    members: Sequence[str],
    phrases: Sequence[Phrase],
    links: Sequence[Link],
) -> dict[str, Because]:
    """For some notes of a cluster what ties them in.

    Args:
        store: where to ask.
        wanted: their ids.
        members: ids of all notes of the cluster, the nearest first.
        phrases: what the cluster is about; none where it is about concepts.
        links: all links between its notes.

    Returns:
        For each note the sentence in which it says most of the words, the first of the best; else
        one of a link between it and the nearest note that it is linked with. A note that nothing
        can be said of is left out.
    """
    found: dict[str, Because] = {}
    if phrases:
        relations: dict[str, list[Link]] = {}
        for link in store.links(wanted, "out"):
            if link.relation != LINKS_TO:
                relations.setdefault(link.source, []).append(link)
        for text in store.texts(wanted):
            if because := own_words(text, phrases, relations.get(text.id, ())):
                found[text.id] = because
    ranks = {id_: rank for rank, id_ in enumerate(members)}
    rest = set(wanted) - found.keys()
    found |= _by_link(rest, ranks, links)
    if rest := rest - found.keys():  # tied in through notes that are not in the cluster
        outside = store.links(sorted(rest), "both")
        found |= _by_link(
            rest, ranks, [link for link in outside if link.relation not in store.membership]
        )
    return found


def own_words(
    text: Text, phrases: Sequence[Phrase], relations: Iterable[Link] = ()
) -> Because | None:
    """The sentence in which a note says most of some words; None where it does not say them.

    What is more than a label comes before headings, and these before the title, which has no line.

    Args:
        text: what the note says.
        phrases: the words, one wanted phrase at least.
        relations: its links that name a relation, as ``Part of: [[x]]`` does: such a line is no
            part of the sentence after it.
    """
    patterns = patterns_of(phrases)
    headings = set(text.headings)
    best: tuple[int, bool, bool] | None = None
    where, sentence = 0, ""
    for number, passage in enumerate(text.body.split("\n") if text.body else ()):
        whole = prose_as_words(passage)
        if not any(pattern.search(whole) for pattern in patterns):
            continue
        line = place_of(text.places, number)[0]
        for said in sentences_of(_without_relations(passage, line, relations)):
            told = prose_as_words(said)
            words = sum(1 for pattern in patterns if pattern.search(told))
            own = passage not in headings and "[[" not in said
            quality = (words, own and told.count(" ") > WHOLE, own)
            if words and (best is None or quality > best):
                best, where, sentence = quality, line, said
    if best is not None:
        return Because(text.id, where, _shortened(sentence, phrases))
    for name in (text.title, *text.aliases):
        told = as_words(name)
        if any(pattern.search(told) for pattern in patterns):
            return Because(text.id, None, name)
    return None


def sentences_of(passage: str) -> Iterator[str]:
    """The sentences of a passage, in order."""
    ends = [0, *sentence_ends(passage, _LAST), len(passage)]
    for start, end in pairwise(ends):
        if sentence := passage[start:end].strip():
            yield sentence


def cut_short(sentence: str) -> str:
    """A sentence, or its first 500 characters where it is longer."""
    if len(sentence) <= _LONGEST:
        return sentence
    return sentence[: sentence.rfind(" ", 0, _LONGEST) % _LONGEST].rstrip() + " …"


def _without_relations(passage: str, line: int, relations: Iterable[Link]) -> str:
    """A passage without the relations that it begins with."""
    for link in relations:
        shown = link.alias or link.text
        name, _, rest = passage.partition(shown)
        if link.line >= line and rest and _RELATION.fullmatch(name):
            passage = rest.lstrip(" ,;")
    return passage


def _shortened(sentence: str, phrases: Iterable[Phrase]) -> str:
    """A sentence, or the piece around the first of the words where it is long."""
    if len(sentence) <= _LONGEST:
        return sentence
    words = words_wanted(phrases)
    words += [form for word in words if "*" not in word for form in sorted(forms_of(word))]
    place = best_place([sentence], words)
    return place[1] if place else cut_short(sentence)


def _by_link(
    wanted: set[str], ranks: Mapping[str, int], links: Sequence[Link]
) -> dict[str, Because]:
    """For each note the sentence of a link between it and the nearest other, if there is one."""
    best: dict[str, tuple[bool, int, bool]] = {}
    found: dict[str, Because] = {}
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if one not in wanted or one == other:
                continue
            place = (not link.sentence, ranks.get(other, len(ranks)), one != link.source)
            if one not in best or place < best[one]:
                best[one] = place
                found[one] = Because(link.source, link.line, cut_short(link.sentence))
    return found
