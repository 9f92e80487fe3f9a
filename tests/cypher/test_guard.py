"""Queries only read: what the guard refuses, and what it lets through."""

from __future__ import annotations

import pytest

from graphkit.cypher.guard import check_reads_only
from graphkit.cypher.tokens import read_query
from graphkit.errors import QueryError
from tests.cypher.blocks import queries_in

ATTACKS = queries_in("attacks.cypher")
INNOCENT = queries_in("innocent.cypher")


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_refuses_what_does_more_than_read(attack: str) -> None:
    """A query that writes, loads, commands or hides one of these is refused at a place."""
    with pytest.raises(QueryError) as refused:
        check_reads_only(read_query(attack))
    assert refused.value.line
    assert refused.value.column
    assert refused.value.shown[1].endswith("^")


@pytest.mark.parametrize("query", INNOCENT, ids=range(len(INNOCENT)))
def test_lets_reading_through(query: str) -> None:
    """Words such as SET in strings, names, labels, keys and comments do no harm."""
    check_reads_only(read_query(query))


def test_the_lists_are_long() -> None:
    """At least sixty attacks and sixty innocent queries are tried."""
    assert len(ATTACKS) >= 60
    assert len(INNOCENT) >= 60


def test_says_what_and_where() -> None:
    """The error names the construct, its line and column, and points at it."""
    with pytest.raises(QueryError) as refused:
        check_reads_only(read_query("MATCH (n)\nDETACH /* all */ DELETE n"))
    assert refused.value.message == "Line 2, column 1: DETACH DELETE is refused."
    assert refused.value.shown == ("  DETACH /* all */ DELETE n", "  ^")


def test_backticks_always_help() -> None:
    """A name that could be a clause is refused bare, and taken in backticks."""
    query = "MATCH (where) WITH where RETURN {}[0]"
    with pytest.raises(QueryError, match="clause here"):
        check_reads_only(read_query(query.format("DELETE")))
    check_reads_only(read_query(query.format("`DELETE`")))


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("RETURN 'open", "string does not end"),
        ("RETURN `open", "name does not end"),
        ("RETURN 1 /* open", "comment does not end"),
        ("RETURN ‘a’", "no place here"),
        (r"RETURN '\x'", "no escape"),
        (r"RETURN '\u12'", "four hexadecimal"),
        (r"RETURN '\ud83d'", "half a character"),
        ("RETURN $", "parameter's name"),
        ("", "empty"),
        ("  // nothing", "empty"),
    ],
)
def test_what_is_no_cypher_is_said(query: str, says: str) -> None:
    """A query that does not even have words is refused with its reason."""
    with pytest.raises(QueryError, match=says):
        check_reads_only(read_query(query))


def test_tokens_have_values() -> None:
    r"""Strings, names in backticks and parameters say what they mean."""
    tokens = read_query(r"RETURN 'a\'\u00e9\ud83d\ude00' AS `x``y`, $`p q`, 1..2, .5, 0xFF").tokens
    assert [token.value for token in tokens] == [
        *("RETURN", "a'é😀", "AS", "x`y", ",", "p q", ",", "1", "..", "2", ",", ".5"),
        *(",", "0xFF", ""),
    ]
