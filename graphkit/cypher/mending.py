"""The mends: what is written otherwise for the embedded engine so that the rows are Neo4j's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkit.cypher.functions import AGGREGATES, KEYWORDS, NUMERIC
from graphkit.cypher.operands import VALUES, arguments, operand_before, operand_behind
from graphkit.cypher.pattern import as_java_means
from graphkit.cypher.tokens import NAME, NUMBER, PARAMETER, QUOTED, STRING
from graphkit.cypher.written import Part, Rewriting

if TYPE_CHECKING:
    from collections.abc import Iterable

CALLS: Final = frozenset(
    "isempty nullif e stdev round keys sqrt log log10 asin acos tostring".split()
)
STOP: Final = "graphkit: "
"""Begins what the engine is made to complain of where it would answer otherwise."""
_UNCERTAIN: Final = {
    "sqrt": "{} < 0",
    "log": "{} <= 0",
    "log10": "{} <= 0",
    "asin": "abs({}) > 1",
    "acos": "abs({}) > 1",
}


def stop(why: str) -> str:
    """An expression that ends the query with a reason."""
    return f"date('{STOP}{why}')"


def patterns(written: Rewriting, parameters: dict[str, Any]) -> None:
    """Regular expressions; a parameter is changed in place."""
    tokens = written.tokens
    for place, token in enumerate(tokens):
        if not token.is_mark("=~"):
            continue
        at = place + 1
        _piece(written, at, parameters)
        while tokens[at + 1].is_mark("+"):
            at += 2
            _piece(written, at, parameters)


def _piece(written: Rewriting, place: int, parameters: dict[str, Any]) -> None:
    from graphkit.cypher.dialect import quoted  # noqa: PLC0415 - it imports this module

    piece = written.tokens[place]
    why = "a regular expression that is not written out"
    try:
        if piece.kind == STRING:
            written.put(place, quoted(as_java_means(piece.value)))
            return
        if piece.kind == PARAMETER:
            told = parameters.get(piece.value)
            if isinstance(told, str):
                parameters[piece.value] = as_java_means(told)
            return
    except ValueError as error:
        why = str(error)
    if piece.word != "NULL":
        raise written.query.error(
            f"The embedded engine may understand {why} otherwise.",
            piece,
            "The Neo4j store can run it: --store neo4j://…",
        )


def marks(written: Rewriting) -> None:
    """Small things: ``||``, a plus sign before a number, ``&`` between labels, lists behind IN."""
    tokens = written.tokens
    for place, token in enumerate(tokens):
        before = tokens[place - 1]
        if token.is_mark("||"):
            written.put(place, "+")
        elif token.is_mark("&"):
            written.put(place, ":")
        elif token.is_mark("+") and (
            place == 0
            or (before.kind == NAME and before.word in KEYWORDS - {"END", "NULL", "TRUE", "FALSE"})
            or before.is_mark(*"( [ { , + - * / % ^ = <> < > <= >= : |".split())
        ):
            written.put(place, "")
        elif token.word == "IN" and tokens[place + 1].is_mark("["):
            closing = written.partner.get(place + 1)
            if closing and tokens[place + 3].word == "IN":
                written.wrap(Part(place + 1, closing), "(", ")")
        elif token.is_mark(",") and _is_shortest(written, place + 1):
            written.put(place, " MATCH")


def returns_in_braces(written: Rewriting) -> None:
    """``EXISTS { … RETURN x }`` and ``COUNT { … RETURN x }``, which say the same without.

    Raises:
        QueryError: what is returned would change the answer.
    """
    tokens = written.tokens
    for place, token in enumerate(tokens):
        if token.word not in {"EXISTS", "COUNT"} or not tokens[place + 1].is_mark("{"):
            continue
        closing = written.partner.get(place + 1, place + 1)
        at = place + 2
        while at < closing and tokens[at].word != "RETURN":
            at = written.partner.get(at, at) + 1 if tokens[at].is_mark("(", "[", "{") else at + 1
        words = {inner.word for inner in tokens[at:closing]}
        if words & {"DISTINCT", "SKIP", "LIMIT", "UNION", "OFFSET"} or (
            at < closing and _aggregates(written, Part(at, closing - 1))
        ):
            raise written.query.error(
                f"RETURN with DISTINCT, LIMIT or a sum within {token.text} {{ … }} is not known"
                " here.",
                tokens[at],
                "The Neo4j store can run it: --store neo4j://…",
            )
        for inner in range(at, closing):
            written.put(inner, "")


def _is_shortest(written: Rewriting, place: int) -> bool:
    """Whether a path of ``shortestPath`` begins at a place, behind another pattern."""
    tokens = written.tokens
    if tokens[place].kind in {NAME, QUOTED} and tokens[place + 1].is_mark("="):
        place += 2
    return tokens[place].word in {"SHORTESTPATH", "ALLSHORTESTPATHS"}


def calls(written: Rewriting) -> None:
    """Functions that the engine lacks, or that answer otherwise; inner calls first."""
    tokens = written.tokens
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token.kind != NAME or not tokens[place + 1].is_mark("("):
            continue
        name = token.value.lower()
        if name in CALLS and not tokens[place - 1].is_mark("."):
            _call(written, place, name)


def _call(written: Rewriting, place: int, name: str) -> None:
    given = arguments(written, place + 1)
    whole = Part(place, written.partner[place + 1])
    first = written.text_of(given[0]) if given else ""
    if name == "e" and not given:
        written.put(place, "exp")
        written.put(place + 1, "(1")
    elif name == "isempty" and len(given) == 1:
        written.put(place, "size")
        written.wrap(whole, "(", " = 0)")
    elif name == "nullif" and len(given) == 2:  # noqa: PLR2004 - nullIf(a, b)
        written.put(place, "")
        written.put(given[0].last + 1, "=")
        written.wrap(whole, "CASE WHEN ", f" THEN null ELSE {first} END")
        written.wrap(whole, "(", ")")
    elif name == "stdev":
        written.wrap(whole, "coalesce(", ", 0.0)")
    elif name == "round" and len(given) == 1:
        written.put(place, "floor")
        written.wrap(given[0], "(", ") + 0.5")
    elif name == "keys":
        written.wrap(
            whole,
            "([gk IN ",
            " WHERE gk <> 'type' AND (NOT gk STARTS WITH '_' OR gk STARTS WITH '_gk_')"
            " | CASE WHEN gk STARTS WITH '_gk_' THEN substring(gk, 4)"
            " ELSE gk END])",
        )
    elif name in _UNCERTAIN and len(given) == 1:
        unsure = _UNCERTAIN[name].format(f"({first})")
        why = stop(f"{name} of a number that has none")
        written.wrap(given[0], f"CASE WHEN {unsure} THEN {why} ELSE ", " END")
    elif name == "tostring" and len(given) == 1 and not _is_plain(written, given[0]):
        large = (
            f"({first}) IS :: FLOAT AND ({first}) <> 0.0 AND"
            f" (abs({first}) >= 10000000.0 OR abs({first}) < 0.001)"
        )
        why = stop("the text of a very large or very small number")
        written.wrap(given[0], f"CASE WHEN {large} THEN {why} ELSE ", " END")


def _is_plain(written: Rewriting, part: Part) -> bool:
    """Whether an argument is surely no large number."""
    tokens = written.tokens
    if part.first == part.last:
        return tokens[part.first].kind in {STRING, NAME, QUOTED}
    called = tokens[part.first].value.lower()
    return tokens[part.first].kind == NAME and called in (
        {"count", "size", "length", "date", "datetime", "tointeger", "type", "duration"}
    )


def operands(written: Rewriting) -> None:
    """Division by zero, and null beside a list; shorter stretches first."""
    tokens = written.tokens
    jobs: list[tuple[int, Part, str, str]] = []
    for place, token in enumerate(tokens):
        if token.is_mark("/", "%") and not (
            tokens[place + 1].kind == NUMBER and tokens[place + 1].text.strip("0._")
        ):
            part = operand_behind(written, place + 1)
            jobs.append((part.last - part.first, part, "divisor", ""))
    for part, sums in _sums(written):
        jobs.append(
            (
                part.last - part.first + 1,
                part,
                "sum",
                "\0".join(f"{some.first} {some.last}" for some in sums),
            )
        )
    for _, part, kind, told in sorted(jobs, key=lambda job: job[0]):
        if kind == "divisor":
            text = written.text_of(part)
            why = stop("a division by zero")
            written.wrap(part, f"(CASE WHEN ({text}) = 0 THEN {why} ELSE ", " END)")
        else:
            some = [Part(*map(int, pair.split())) for pair in told.split("\0")]
            unknown = " OR ".join(f"({written.text_of(one)}) IS NULL" for one in some)
            written.wrap(part, f"(CASE WHEN {unknown} THEN null ELSE ", " END)")


def _sums(written: Rewriting) -> Iterable[tuple[Part, list[Part]]]:
    """Sums in which null may stand beside a list, each with the operands to look at."""
    tokens = written.tokens
    done = 0
    for place, token in enumerate(tokens):
        if place < done or not token.is_mark("+", "||"):
            continue
        if not (tokens[place - 1].kind in VALUES or tokens[place - 1].is_mark(")", "]", "}")):
            continue
        left = operand_before(written, place - 1)
        if left.first and tokens[left.first - 1].is_mark("*", "/", "%", "^", "-"):
            continue
        parts, end = [left], place
        while tokens[end].is_mark("+", "||"):
            parts.append(operand_behind(written, end + 1))
            end = parts[-1].last + 1
        if tokens[end].is_mark("*", "/", "%", "^", "-"):
            continue
        unsure = [part for part in parts if _may_be_list(written, part)]
        if len(unsure) > 1 and not any(_aggregates(written, part) for part in parts):
            done = end
            yield Part(left.first, parts[-1].last), unsure


def _may_be_list(written: Rewriting, part: Part) -> bool:
    first = written.tokens[part.first]
    if part.first == part.last and first.kind in {STRING, NUMBER}:
        return False
    return not (first.kind == NAME and first.value.lower() in NUMERIC and part.last > part.first)


def _aggregates(written: Rewriting, part: Part) -> bool:
    return any(
        token.kind == NAME and token.value.lower() in AGGREGATES
        for token in written.tokens[part.first : part.last + 1]
    )
