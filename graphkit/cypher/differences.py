"""What the embedded engine would answer otherwise than Neo4j, and cannot be mended: refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.cypher.functions import TEMPORAL
from graphkit.cypher.operands import arguments, operand_before
from graphkit.cypher.tokens import END, NAME, NUMBER, QUOTED, STRING

if TYPE_CHECKING:
    from graphkit.cypher.tokens import Token
    from graphkit.cypher.written import Rewriting
    from graphkit.errors import QueryError

_HINT: Final = "The Neo4j store can run it: --store neo4j://…"
_COMPARISONS: Final = ("=", "<>", "<", ">", "<=", ">=")
_OWN_WORDS: Final = frozenset("HAVING FILTER INTERSECT EXCEPT OVER FORMAT FOR".split())
_CLAUSES: Final = frozenset(
    "MATCH OPTIONAL WHERE RETURN WITH UNWIND UNION CALL ORDER SKIP LIMIT OFFSET YIELD".split()
)
_PARTS: Final = _CLAUSES | frozenset("AND OR XOR NOT WHEN THEN ELSE CASE END AS IN".split())


def check(written: Rewriting) -> None:
    """Refuses what would be answered otherwise.

    Raises:
        QueryError: names the construct and its place.
    """
    tokens = written.tokens
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if token.kind != END else token
        before = tokens[place - 1] if place else following
        if token.is_mark("!="):
            raise _error(written, token, "Unequal is written <> in Cypher.", "")
        if token.is_mark("!"):
            raise _error(written, token, "The negation of a label or type, !, is not known here.")
        if token.is_mark("%") and before.is_mark(":"):
            raise _error(written, token, "The label % is not known here.")
        if token.word == "COLLECT" and following.is_mark("{"):
            raise _error(written, token, "COLLECT { … } is not known here; collect(…) is.")
        if token.word in _OWN_WORDS and not before.is_mark(".") and _begins(before, following):
            raise _error(written, token, f"{token.word} is not Cypher as Neo4j knows it.", "")
        if token.word == "CALL" and following.kind in {NAME, QUOTED} and not before.is_mark("."):
            _procedure(written, place)
        if token.word == "WHERE" and _stands_in_a_pattern(written, place):
            raise _error(
                written, token, "WHERE within a pattern is not known here; put it behind it."
            )
        if token.word == "WEEKDAY" and before.is_mark(".") and tokens[place - 2].is_mark(")"):
            raise _error(written, token, "Write dayOfWeek for weekDay; that is known to both.", "")
        if token.word in {"ROUND", "SPLIT", "TOSTRING"} and following.is_mark("("):
            _arguments(written, place)
        if token.is_mark("(", "-") and _is_repeated(written, place):
            raise _error(written, token, "Quantified path patterns are not known here.")
        if token.word == "SHORTEST" and (following.kind == NUMBER or before.is_mark("=")):
            raise _error(written, token, f"{token.word} {following.text} is not known here.")
        if token.is_mark(*_COMPARISONS):
            _comparison(written, place)
    _shortest_paths(written)
    _same_link_twice(written)


def _arguments(written: Rewriting, place: int) -> None:
    """Functions that answer otherwise for some of their arguments."""
    tokens = written.tokens
    given = arguments(written, place + 1)
    name = tokens[place].word
    clocks = TEMPORAL - {"date", "duration"}
    if name == "ROUND" and len(given) > 2:  # noqa: PLR2004 - number, digits, mode
        raise _error(written, tokens[place], "round() with a mode is not known here.")
    if name == "SPLIT" and len(given) > 1 and tokens[given[1].first].is_mark("["):
        raise _error(written, tokens[place], "split() at one of several texts is not known here.")
    if name == "TOSTRING" and given and tokens[given[0].first].word.lower() in clocks:
        raise _error(written, tokens[place], "The text of a time may leave its seconds out here.")


def _error(written: Rewriting, token: Token, message: str, hint: str = _HINT) -> QueryError:
    return written.query.error(message, token, hint)


def _begins(before: Token, following: Token) -> bool:
    ends = before.kind not in {NAME, END} or before.word not in {"AS", "WITH", "RETURN", "BY"}
    operator = before.is_mark(*"( [ { , : . = <> < > + - * / | &".split())
    return (
        ends
        and not operator
        and following.kind != END
        and not following.is_mark(*". , ) ]".split())
    )


def _procedure(written: Rewriting, place: int) -> None:
    tokens = written.tokens
    name = "".join(token.value for token in tokens[place + 1 : place + 4])
    if name.lower() != "db.relationshiptypes":
        raise _error(written, tokens[place + 1], f"The procedure {name} is not known here.")


def _stands_in_a_pattern(written: Rewriting, place: int) -> bool:
    """Whether a WHERE stands within a node's or a link's brackets."""
    opening = _enclosing(written, place)
    if opening is None or written.tokens[opening].is_mark("{"):
        return False
    tokens = written.tokens
    if tokens[opening].is_mark("["):
        return tokens[opening - 1].is_mark("-")
    before = tokens[opening - 1]
    called = before.kind in {NAME, QUOTED} and before.word not in {"MATCH", "EXISTS"}
    return not called and not any(token.word == "IN" for token in tokens[opening + 1 : opening + 3])


def _enclosing(written: Rewriting, place: int) -> int | None:
    at = place - 1
    while at >= 0:
        if written.tokens[at].is_mark(")", "]", "}"):
            at = written.partner.get(at, at)
        elif written.tokens[at].is_mark("(", "[", "{"):
            return at
        at -= 1
    return None


def _is_repeated(written: Rewriting, place: int) -> bool:
    tokens = written.tokens
    if tokens[place].is_mark("("):
        inner = tokens[place + 1].is_mark("(") and written.partner.get(place)
        if not inner or (tokens[place - 1].kind == NAME and tokens[place - 1].word != "MATCH"):
            return False
        return tokens[inner + 1].is_mark("{", "+", "*")
    if not (tokens[place + 1].is_mark("{", "+") or tokens[place + 1].is_mark(">")):
        return False
    at = place + 1 + tokens[place + 1].is_mark(">")
    return (
        tokens[place - 1].is_mark("]", "-")
        and tokens[at].is_mark("{", "+")
        and (tokens[at].is_mark("+") or tokens[written.partner.get(at, at) + 1].is_mark("("))
    )


def _comparison(written: Rewriting, place: int) -> None:
    """Two comparisons in a row, and times compared with what is none."""
    tokens = written.tokens
    if _is_arrow(written, place):
        return
    at = place + 1
    while at < len(tokens) - 1:
        token = tokens[at]
        if token.is_mark(")", "]", "}", ",", "|", ":") or token.word in _PARTS:
            break
        if token.is_mark(*_COMPARISONS) and not _is_arrow(written, at):
            raise _error(
                written, token, "Two comparisons in a row are not known here; join them with AND."
            )
        at = written.partner.get(at, at) + 1 if token.is_mark("(", "[", "{") else at + 1
    left, right = _is_temporal_before(written, place - 1), _is_temporal(written, place + 1)
    if left != right and "NULL" not in {tokens[place - 1].word, tokens[place + 1].word}:
        if tokens[place].is_mark("=") and _is_map_or_path(written, place):
            return
        raise _error(
            written,
            tokens[place],
            "A date or time is compared with what may be a text; Neo4j does not find them equal.",
            "Make both a date: date(n.day) < date('2024-01-31').",
        )


def _is_map_or_path(written: Rewriting, place: int) -> bool:
    return written.tokens[place - 2].word in {"MATCH", "REDUCE"} or written.tokens[
        place - 2
    ].is_mark("(", ",")


def _is_arrow(written: Rewriting, place: int) -> bool:
    tokens = written.tokens
    if tokens[place].is_mark("<"):
        return (
            tokens[place + 1].is_mark("-")
            and tokens[place - 1].is_mark(")")
            and tokens[place + 2].is_mark("[", "-", "(")
        )
    if tokens[place].is_mark(">"):
        return tokens[place - 1].is_mark("-")
    return False


def _is_temporal(written: Rewriting, place: int) -> bool:
    tokens = written.tokens
    if tokens[place].word.lower() not in TEMPORAL:
        return False
    if tokens[place + 1].is_mark("("):
        behind = tokens[written.partner.get(place + 1, place) + 1]
        return not behind.is_mark(".")
    return (
        tokens[place + 1].is_mark(".")
        and tokens[place + 3].is_mark("(")
        and not tokens[written.partner.get(place + 3, place) + 1].is_mark(".")
    )


def _is_temporal_before(written: Rewriting, place: int) -> bool:
    return written.tokens[place].is_mark(")") and _is_temporal(
        written, operand_before(written, place).first
    )


def _shortest_paths(written: Rewriting) -> None:
    """A condition on the path of ``shortestPath``: Neo4j searches with it, the engine after it."""
    tokens = written.tokens
    for place, token in enumerate(tokens):
        if token.word not in {"SHORTESTPATH", "ALLSHORTESTPATHS"}:
            continue
        if _enclosing(written, place) is not None and not _stands_in_a_query(written, place):
            raise _error(written, token, f"{token.text} within an expression is not known here.")
        names = {tokens[place - 2].value} if tokens[place - 1].is_mark("=") else set()
        inside = range(place, written.partner.get(place + 1, place))
        names |= {
            tokens[at + 1].value
            for at in inside
            if tokens[at].is_mark("[") and tokens[at + 1].kind in {NAME, QUOTED}
        }
        at, where = written.partner.get(place + 1, place) + 1, False
        while at < len(tokens) and (tokens[at].word not in _CLAUSES or tokens[at].word == "WHERE"):
            where = where or tokens[at].word == "WHERE"
            if where and tokens[at].kind in {NAME, QUOTED} and tokens[at].value in names:
                raise _error(
                    written,
                    tokens[at],
                    "A condition on the path of shortestPath is tried after the search here.",
                    "Use a path of bounded length, order by length(p) and take the first; or the"
                    " Neo4j store: --store neo4j://…",
                )
            at += 1


def _stands_in_a_query(written: Rewriting, place: int) -> bool:
    opening = _enclosing(written, place)
    return opening is not None and written.tokens[opening].is_mark("{")


def _same_link_twice(written: Rewriting) -> None:
    """One name for two links of a pattern: nothing matches that, the engine finds something."""
    tokens = written.tokens
    seen: set[str] = set()
    for place, token in enumerate(tokens):
        if token.word in _CLAUSES:
            seen = set()
        elif token.is_mark("[") and tokens[place - 1].is_mark("-"):
            name = tokens[place + 1]
            if name.kind in {NAME, QUOTED}:
                if name.value in seen:
                    raise _error(written, name, "One name stands for two links of a pattern.", "")
                seen.add(name.value)


def columns_of(written: Rewriting) -> list[str] | None:
    """The names of the columns as Neo4j gives them: an alias, else the text as written.

    Returns:
        None where they are all variables (``RETURN *``) or a procedure's.
    """
    tokens = written.tokens
    start = None
    depth = 0
    for place, token in enumerate(tokens):
        depth += token.is_mark("(", "[", "{") - token.is_mark(")", "]", "}")
        if depth == 0 and token.word == "UNION" and start is not None:
            break
        if depth == 0 and token.word == "RETURN" and not tokens[place - 1].is_mark(".", ":"):
            start = place + 1
    if start is None:
        return None
    if tokens[start].word == "DISTINCT":
        start += 1
    if tokens[start].is_mark("*"):
        return None
    return _items(written, start)


def _items(written: Rewriting, start: int) -> list[str]:
    tokens, text = written.tokens, written.query.text
    columns, first, place = [], start, start
    while True:
        token = tokens[place]
        ended = (
            token.kind == END
            or token.is_mark(";")
            or (
                token.word in {"ORDER", "SKIP", "LIMIT", "UNION", "OFFSET"}
                and place > first
                and not tokens[place - 1].is_mark(".")
            )
        )
        if ended or token.is_mark(","):
            last = tokens[place - 1]
            alias = tokens[place - 2].word == "AS" and place - 2 > first
            told = last.value if alias or (first == place - 1 and last.kind != STRING) else ""
            columns.append(told or text[tokens[first].start : last.end])
            if ended:
                return columns
            first = place + 1
        place = written.partner.get(place, place) + 1 if token.is_mark("(", "[", "{") else place + 1
