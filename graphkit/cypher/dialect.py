"""A query for the embedded engine: written anew where it differs from Neo4j, or refused.

Every difference that is known is a row of ``docs/cypher.md``. What is mended here gives the rows
that Neo4j gives; what cannot be mended is an error that names the construct and its place.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.cypher import differences, mending, scopes
from graphkit.cypher.escaping import ESCAPED, PREFIX, escaped
from graphkit.cypher.functions import DOTTED, KEYWORDS, REFUSED, RENAMED, SAME
from graphkit.cypher.tokens import END, NAME, NUMBER, QUOTED, STRING
from graphkit.cypher.written import Rewriting

if TYPE_CHECKING:
    from graphkit.cypher.tokens import Query

_HINT: Final = "The Neo4j store can run it: --store neo4j://…"


class Translated(NamedTuple):
    """A query as the embedded engine is asked.

    Args:
        text: what it is asked.
        places: for each word its place there and in the query as written.
        columns: the names of the columns as Neo4j gives them; None where they are those of the
            engine, in order (``RETURN *``).
    """

    text: str
    places: list[tuple[int, int]]
    columns: list[str] | None


def for_embedded(query: Query, parameters: dict[str, Any]) -> Translated:
    """Writes a query so that the embedded engine gives Neo4j's rows.

    Args:
        query: one that only reads.
        parameters: its parameters; patterns among them are looked at.

    Raises:
        QueryError: something in it would be answered otherwise, or not at all.
    """
    written = Rewriting(query)
    differences.check(written)
    links = link_names(written)
    for place, token in enumerate(written.tokens):
        if token.kind == STRING:
            _string(written, place)
        elif token.kind == NUMBER:
            written.put(place, token.text.replace("_", ""))
        elif token.kind in {NAME, QUOTED}:
            _name(written, place, links)
    columns = differences.columns_of(written)
    scopes.rename_dropped(written)
    mending.patterns(written, parameters)
    mending.marks(written)
    mending.calls(written)
    mending.operands(written)
    mending.returns_in_braces(written)
    text, places = written.rendered()
    return Translated(text, places, columns)


def _string(written: Rewriting, place: int) -> None:
    tokens = written.tokens
    value = tokens[place].value
    if tokens[place - 1].is_mark("[") and tokens[place + 1].is_mark("]"):
        before = tokens[place - 2]
        if (before.kind in {NAME, QUOTED} and before.word not in KEYWORDS) or before.is_mark(
            ")", "]"
        ):
            value = escaped(value)
    if value.startswith("[") and _is_quirk(value):
        raise written.query.error(
            "A text that is a JSON list of one text is not compared as text here.",
            tokens[place],
            _HINT,
        )
    written.put(place, quoted(value))


def _is_quirk(value: str) -> bool:
    try:
        told = json.loads(value)
    except ValueError:
        return False
    return isinstance(told, list) and len(told) == 1 and isinstance(told[0], str)


def quoted(text: str) -> str:
    """A text as a string of the engine."""
    return (
        "'"
        + text.replace("\\", "\\\\")
        .replace("'", "\\'")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        + "'"
    )


def _name(written: Rewriting, place: int, links: set[str]) -> None:
    tokens = written.tokens
    token, before, following = tokens[place], tokens[place - 1], tokens[place + 1]
    if before.is_mark(".") and not following.is_mark("("):
        owner = tokens[place - 2]
        of_link = token.value == "id" and owner.kind in {NAME, QUOTED} and owner.value in links
        if of_link and not tokens[place - 3].is_mark("."):
            written.put(place, PREFIX + "id")
        elif token.value in ESCAPED:
            written.put(place, PREFIX + token.value)
    elif following.is_mark(":") and before.is_mark("{", ",") and token.value in ESCAPED:
        written.put(place, PREFIX + token.value)
    elif following.is_mark("(") and not before.is_mark(":", "|", "&", "."):
        _function(written, place)
    elif following.is_mark(".") and token.word.lower() in {d.split(".")[0] for d in DOTTED}:
        _dotted_function(written, place)


def _function(written: Rewriting, place: int) -> None:
    token = written.tokens[place]
    name = token.value.lower()
    if token.kind == NAME and (token.word in KEYWORDS and name not in SAME):
        return
    if name in REFUSED or name not in SAME | set(RENAMED) | set(mending.CALLS):
        raise _refusal(written, place, token.value)
    if name in RENAMED:
        written.put(place, RENAMED[name])


def _dotted_function(written: Rewriting, place: int) -> None:
    tokens = written.tokens
    if not (tokens[place + 2].kind == NAME and tokens[place + 3].is_mark("(")):
        return
    name = f"{tokens[place].value}.{tokens[place + 2].value}"
    if name.lower() not in DOTTED:
        raise _refusal(written, place, name)


def _refusal(written: Rewriting, place: int, name: str) -> Exception:
    why = REFUSED.get(name.lower(), "")
    return written.query.error(
        f"The embedded engine has no function {name}() that answers as Neo4j's does.",
        written.tokens[place],
        " ".join(filter(None, (why, _HINT))),
    )


def link_names(written: Rewriting) -> set[str]:
    """Names that stand for links: in patterns, and for the items of lists of links."""
    tokens = written.tokens
    links: set[str] = set()
    lists: set[str] = set()
    for place, token in enumerate(tokens):
        if token.kind == END or not (
            token.is_mark("[")
            and tokens[place - 1].is_mark("-")
            and tokens[place + 1].kind in {NAME, QUOTED}
        ):
            continue
        several = any(
            inner.is_mark("*") for inner in tokens[place : written.partner.get(place, place)]
        )
        (lists if several else links).add(tokens[place + 1].value)
    for place, token in enumerate(tokens):
        if token.word == "IN" and _is_list_of_links(written, place + 1, lists):
            links.add(tokens[place - 1].value)
        elif token.word == "AS" and tokens[place + 1].kind in {NAME, QUOTED}:
            start = place - 1
            start = written.partner.get(start, start)
            if tokens[start].is_mark("("):
                start -= 1
            if tokens[start - 1].word == "UNWIND" and _is_list_of_links(written, start, lists):
                links.add(tokens[place + 1].value)
    return links


def _is_list_of_links(written: Rewriting, place: int, lists: set[str]) -> bool:
    token = written.tokens[place]
    if token.word == "RELATIONSHIPS":
        return True
    return token.kind in {NAME, QUOTED} and token.value in lists
