"""Where an operand begins and ends: what is needed to write one twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.cypher.functions import KEYWORDS
from graphkit.cypher.tokens import NAME, NUMBER, PARAMETER, QUOTED, STRING
from graphkit.cypher.written import Part

if TYPE_CHECKING:
    from graphkit.cypher.written import Rewriting

VALUES = frozenset({NAME, QUOTED, NUMBER, STRING, PARAMETER})


def operand_behind(written: Rewriting, place: int) -> Part:
    """The operand that begins at a place: a value, a call or brackets, and what it reaches into."""
    tokens = written.tokens
    first = place
    while tokens[place].is_mark("-", "+") or tokens[place].word == "NOT":
        place += 1
    if tokens[place].word == "CASE":
        depth = 0
        while True:
            depth += (tokens[place].word == "CASE") - (tokens[place].word == "END")
            if depth == 0 or place + 1 >= len(tokens) - 1:
                break
            place += 1
    else:
        place = written.partner.get(place, place)
    return Part(first, _reached(written, place))


def _reached(written: Rewriting, place: int) -> int:
    tokens = written.tokens
    while True:
        following = tokens[place + 1] if place + 1 < len(tokens) else tokens[place]
        if following.is_mark("."):
            place += 2
        elif following.is_mark("[") or (
            following.is_mark("(", "{") and tokens[place].kind in {NAME, QUOTED}
        ):
            place = written.partner.get(place + 1, place + 1)
        else:
            return place


def operand_before(written: Rewriting, place: int) -> Part:
    """The operand that ends at a place."""
    tokens = written.tokens
    last = place
    while True:
        place = written.partner.get(place, place)
        before = tokens[place - 1] if place else None
        if before is None:
            return Part(place, last)
        opening = tokens[place].is_mark("(", "[", "{")
        if before.is_mark("."):
            place -= 2
        elif opening and (
            (before.kind in {NAME, QUOTED} and before.word not in KEYWORDS - {"EXISTS", "COUNT"})
            or (tokens[place].is_mark("[") and before.is_mark(")", "]", "}"))
        ):
            place -= 1
        elif tokens[place].word == "END":
            place = _case_of(written, place)
            return Part(place, last)
        else:
            return Part(place, last)


def _case_of(written: Rewriting, place: int) -> int:
    depth = 0
    for at in range(place, -1, -1):
        depth += (written.tokens[at].word == "END") - (written.tokens[at].word == "CASE")
        if depth == 0:
            return at
    return 0


def arguments(written: Rewriting, opening: int) -> list[Part]:
    """The arguments between a bracket and the one that closes it."""
    closing = written.partner.get(opening, opening)
    found, first, place = [], opening + 1, opening + 1
    while place < closing:
        if written.tokens[place].is_mark(","):
            found.append(Part(first, place - 1))
            first = place + 1
        place = (
            written.partner.get(place, place) + 1
            if (written.tokens[place].is_mark("(", "[", "{"))
            else place + 1
        )
    if first < closing:
        found.append(Part(first, closing - 1))
    return found
