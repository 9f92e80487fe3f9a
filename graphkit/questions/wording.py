"""The terms that notes say in their titles, headings and aliases: words and two-word phrases.

A term is known by its key: its words folded, singular and plural made one. Which words and headings
say nothing is learnt from the vault: headings that a good part of all notes share, and words that
come up everywhere alike. Only the function words of English are a fixed list.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.questions.likeness import singular
from graphkit.saying import folded_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from graphkit.model import Text

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_JOINTS: Final = frozenset((" ", "-", "\u2010", "\u2011"))
"""What may stand between the two words of a phrase."""
_SHARED_HEADING: Final = 0.04
"""The share of all notes from which on a heading says nothing."""
_FEW_HEADINGS: Final = 5
"""On fewer notes than these a heading may be about them, however small the vault is."""
_EVERYWHERE: Final = 0.17
"""How concentrated a term has to be to say something: 0 by chance, 1 where one part has it all."""
_OFTEN: Final = 9
_OFTEN_SHARE: Final = 0.008
"""How many notes have to say a term for that to be judged: this many, and this share of all."""
_LONGEST_LINE: Final = 300
_FUNCTION_WORDS: Final = frozenset(
    """a about above across after against all also among an and any are as at be because been
    before behind being below between beyond both but by can could did do does doing don during
    each either else ever every few for from had has have having he her here hers him his how i
    if in into is it its itself just like many may me might more most much must my near no nor
    not of off on once one only onto or other our out over own per rather same shall she should
    since so some such than that the their them then there these they this those through to too
    toward towards under until up upon us versus very via vs was we well were what when where
    which while who whom whose why will with within without would yet you your""".split()
)


class Wording(NamedTuple):
    """What the notes of a vault say in titles, headings and aliases.

    Args:
        texts: the notes.
        titles: for each note the keys of the terms in its title and aliases.
        said: for each note those in its headings too.
        notes: for each term how many notes say it.
        whole: for each term in which share of the lines that say it it stands whole, see
            ``terms_in``.
        everywhere: terms and words that say nothing, since they come up everywhere alike.
        headings: headings that say nothing, since so many notes share them.
    """

    texts: Mapping[str, Text]
    titles: Mapping[str, frozenset[str]]
    said: Mapping[str, frozenset[str]]
    notes: Mapping[str, int]
    whole: Mapping[str, float]
    everywhere: frozenset[str]
    headings: frozenset[str]


@cache
def key_of(word: str) -> str:
    """A word folded, its plural taken for the singular."""
    return singular(folded_word(word).replace("’", "'").removesuffix("'s"))


def is_word(key: str) -> bool:
    """Whether a word says something by itself: no number, no lone letter, no function word."""
    if key in _FUNCTION_WORDS or key.isnumeric():
        return False
    return len(key) > 1 or not key.isascii()


def terms_in(line: str) -> list[tuple[str, bool]]:
    """The terms of a line: words that say something, and phrases of two neighbouring words.

    Of the words of a phrase one at least says something, and neither is a function word.

    Returns:
        For each its key, and whether it stands whole: a word that ends what is said there, a
        phrase that begins and ends it. ``light`` does in ``Light for sleep``, and does not in
        ``Light exposure``.
    """
    found = [(m.start(), key_of(m[0]), m.end()) for m in _WORD.finditer(line[:_LONGEST_LINE])]
    joined = [
        line[one[2] : other[0]] in _JOINTS
        and one[1] not in _FUNCTION_WORDS
        and other[1] not in _FUNCTION_WORDS
        for one, other in pairwise(found)
    ] + [False]
    terms = [(key, not joined[place]) for place, (_, key, _) in enumerate(found) if is_word(key)]
    for place, ((_, one, _), (_, other, _)) in enumerate(pairwise(found)):
        if joined[place] and one != other and (is_word(one) or is_word(other)):
            whole = not joined[place + 1] and not (place and joined[place - 1])
            terms.append((f"{one} {other}", whole))
    return terms


def wording_of(texts: Iterable[Text], parts: Iterable[Collection[str]] = ()) -> Wording:
    """Reads what notes say, and learns which of it says nothing.

    Args:
        texts: what the notes say; all of a vault.
        parts: the ids of the notes of each part of the vault, the smallest clusters there are: what
            is said in all of them alike says nothing. Without them only headings are learnt.
    """
    by_id = {text.id: text for text in texts}
    shared = _shared_headings(by_id)
    lines: dict[str, int] = {}
    terms: dict[str, list[tuple[str, bool]]] = {}
    keys: dict[str, frozenset[str]] = {}
    titles, said = {}, {}
    for id_, text in by_id.items():
        names = (text.title, *text.aliases)
        headings = [heading for heading in text.headings if heading.casefold() not in shared]
        for line in (*names, *headings):
            lines[line] = lines.get(line, 0) + 1
            if line not in keys:
                terms[line] = terms_in(line)
                keys[line] = frozenset([key for key, _ in terms[line]])
        titles[id_] = frozenset().union(*[keys[name] for name in names])
        said[id_] = titles[id_].union(*[keys[heading] for heading in headings])
    notes = counted(said.values())
    whole = _whole(terms, lines)
    return Wording(by_id, titles, said, notes, whole, _everywhere(said, notes, parts), shared)


def _whole(
    terms: Mapping[str, list[tuple[str, bool]]], lines: Mapping[str, int]
) -> dict[str, float]:
    """In which share of the lines that say it each term stands whole."""
    said: dict[str, int] = {}
    whole: dict[str, int] = {}
    for line, found in terms.items():
        times = lines[line]
        for key, is_whole in found:
            said[key] = said.get(key, 0) + times
            if is_whole:
                whole[key] = whole.get(key, 0) + times
    return {key: times / said[key] for key, times in whole.items()}


def _shared_headings(texts: Mapping[str, Text]) -> frozenset[str]:
    """Headings that so many notes have that they name no subject."""
    notes = counted({heading.casefold() for heading in text.headings} for text in texts.values())
    many = max(_FEW_HEADINGS, _SHARED_HEADING * len(texts))
    return frozenset(heading for heading, count in notes.items() if count >= many)


def _everywhere(
    said: Mapping[str, Collection[str]], notes: Mapping[str, int], parts: Iterable[Collection[str]]
) -> frozenset[str]:
    """Terms that are said in every part of the vault about as often as elsewhere.

    Measured by Morisita's (1959) index: how much likelier two of the notes that say a term are in
    one part than any two notes are. It is not biased where parts are many and small.
    """
    parts = [part for part in parts if len(part) > 1]
    whole = sum(len(part) for part in parts)
    together = sum(_pairs(len(part)) for part in parts)
    if len(parts) < 2 or not together:  # noqa: PLR2004 - two to compare
        return frozenset()
    by_chance = together / _pairs(whole)
    often = max(_OFTEN, whole * _OFTEN_SHARE)
    places: dict[str, list[int]] = {}
    for part in parts:
        for term, count in counted(said.get(id_, ()) for id_ in part).items():
            if notes[term] >= often:
                places.setdefault(term, []).append(count)
    most = by_chance**-_EVERYWHERE
    return frozenset(
        term
        for term, counts in places.items()
        if sum(counts) > 1 and sum(map(_pairs, counts)) < most * by_chance * _pairs(sum(counts))
    )


def counted(several: Iterable[Iterable[str]]) -> Counter[str]:
    """How many of several collections hold each of their items."""
    return Counter(chain.from_iterable(several))


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def written_as(term: str, texts: Collection[Text]) -> str:
    """A term as notes write it most often.

    Headings have capitals for other reasons; so a word gets one only where the notes never write
    it small.

    Args:
        term: its key.
        texts: notes that say it, in their titles, headings or aliases.
    """
    forms: Counter[str] = Counter()
    start = term[:3]
    for text in texts:
        for line in (text.title, *text.aliases, *text.headings):
            if not line.isascii() or start in line.lower():
                forms.update(_forms(term, line))
    if not forms:
        return term
    spellings: Counter[str] = Counter()
    for form, count in forms.items():
        spellings[form.lower()] += count
    spelling = min(spellings, key=lambda form: (-spellings[form], form))
    usual = min(
        (form for form in forms if form.lower() == spelling),
        key=lambda form: (-forms[form], form),
    )
    return _WORD.sub(lambda found: _cased(found[0], texts), usual)


def _forms(term: str, line: str) -> Iterator[str]:
    """How a line writes a term."""
    first, _, second = term.partition(" ")
    found = list(_WORD.finditer(line[:_LONGEST_LINE]))
    for place, word in enumerate(found):
        if key_of(word[0]) == first:
            if not second:
                yield word[0]
            elif place + 1 < len(found) and key_of(found[place + 1][0]) == second:
                yield line[word.start() : found[place + 1].end()]


def _cased(word: str, texts: Collection[Text]) -> str:
    """A word as it is, or in small letters where notes write it so in what they say."""
    small = word.lower()
    if word == small or len(word) == 1:  # vitamin D
        return word
    if word[1:] != small[1:]:  # ADHD, mTOR; and all words of a heading in capitals
        as_they_are = re.compile(rf"(?<![^\W_])(?:({re.escape(small)})|{re.escape(word)})")
        found = [bool(told[1]) for text in texts for told in as_they_are.finditer(text.body)]
        return small if 2 * sum(found) > len(found) else word
    stem = word[:-1] if len(word) > 3 else word  # noqa: PLR2004 - Hawks, who is Hawk elsewhere
    begins = re.compile(rf"(?<![^\W_]){re.escape(stem.lower())}")
    if any(stem.lower() in text.body and begins.search(text.body) for text in texts):
        return small
    for text in texts:
        if stem in text.body:
            headings = set(text.headings)
            if any(stem in line and line not in headings for line in text.body.split("\n")):
                return word
    return small
