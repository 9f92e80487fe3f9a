"""Names that a WITH drops and that are used anew: the engine may take the new for the old.

They are written with another name from there on; the columns' names are set apart from this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.cypher.functions import AGGREGATES, KEYWORDS
from graphkit.cypher.tokens import END, NAME, QUOTED

if TYPE_CHECKING:
    from graphkit.cypher.written import Rewriting

_CLAUSES: Final = frozenset("MATCH OPTIONAL UNWIND CALL RETURN WITH UNION".split())
_TAILS: Final = frozenset("ORDER WHERE SKIP LIMIT OFFSET".split()) | _CLAUSES


def rename_dropped(written: Rewriting) -> None:
    """Gives names that are used anew behind a WITH with sums a name of their own.

    Raises:
        QueryError: ``*`` would show such a name.
    """
    tokens = written.tokens
    seen: set[str] = set()
    changed: dict[str, str] = {}
    place = generation = 0
    while tokens[place].kind != END:
        token = tokens[place]
        if token.word == "UNION":
            seen, changed = set(), {}
        elif token.word == "WITH" and _is_clause(written, place):
            end, kept, sums, everything = _projection(written, place + 1)
            if not everything:
                for at in range(place + 1, end):
                    _rename(written, at, changed)
                changed = {old: new for old, new in changed.items() if old in kept}
                if sums:
                    generation += 1
                    dropped = seen - kept
                    changed |= {name: f"{name}_gk{generation}" for name in dropped}
                seen |= kept
            place = end
            continue
        elif _is_variable(written, place):
            if token.value in changed and _all_is_shown(written, place):
                raise written.query.error(
                    f"{token.value} is used anew behind WITH, and * shows it.",
                    token,
                    "Give it another name.",
                )
            _rename(written, place, changed)
            seen.add(token.value)
        place += 1


def _rename(written: Rewriting, place: int, changed: dict[str, str]) -> None:
    token = written.tokens[place]
    if _is_variable(written, place) and token.value in changed:
        written.put(place, "`" + changed[token.value].replace("`", "``") + "`")


def _all_is_shown(written: Rewriting, place: int) -> bool:
    tokens = written.tokens
    return any(
        token.word in {"RETURN", "WITH"} and tokens[at + 1].is_mark("*")
        for at, token in enumerate(tokens[place:-1], start=place)
    )


def _is_clause(written: Rewriting, place: int) -> bool:
    tokens = written.tokens
    before = tokens[place - 1]
    return not (before.is_mark(".", ":") or before.word in {"STARTS", "ENDS"}) and not _is_inside(
        written, place
    )


def _is_inside(written: Rewriting, place: int) -> bool:
    return any(
        opening < place < closing
        for opening, closing in written.partner.items()
        if opening < closing
    )


def _projection(written: Rewriting, start: int) -> tuple[int, set[str], bool, bool]:
    """Where the items of a WITH end, the names that it keeps, whether it sums, whether all."""
    tokens = written.tokens
    kept: set[str] = set()
    sums = everything = False
    place = first = start
    while tokens[place].kind != END and not (
        tokens[place].word in _TAILS and not tokens[place - 1].is_mark(".")
    ):
        token = tokens[place]
        everything = everything or (token.is_mark("*") and place == first)
        sums = sums or (token.kind == NAME and token.value.lower() in AGGREGATES)
        if token.is_mark(","):
            first = place + 1
        following = tokens[place + 1]
        ended = following.is_mark(",") or following.kind == END or following.word in _TAILS
        if (
            token.kind in {NAME, QUOTED}
            and ended
            and (place == first or tokens[place - 1].word in {"AS", "DISTINCT"})
        ):
            kept.add(token.value)
        place = written.partner.get(place, place) + 1 if token.is_mark("(", "[", "{") else place + 1
    while tokens[place].kind != END and tokens[place].word not in _CLAUSES:
        place = (
            written.partner.get(place, place) + 1
            if tokens[place].is_mark("(", "[", "{")
            else place + 1 + tokens[place].is_mark(".")
        )
        if tokens[place - 1].word in {"STARTS", "ENDS"}:
            place += 1
    return place, kept, sums, everything


def _is_variable(written: Rewriting, place: int) -> bool:
    token, before = written.tokens[place], written.tokens[place - 1]
    following = written.tokens[place + 1] if token.kind != END else token
    if token.kind not in {NAME, QUOTED} or token.word in KEYWORDS or following.is_mark("("):
        return False
    if before.is_mark(".", ":", "&", "!"):
        return False
    return not (following.is_mark(":") and before.is_mark("{", ","))
