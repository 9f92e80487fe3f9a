"""What stands in the database before any note: a constraint and the indexes that questions need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphkit.stores.neo4j.connection import Connection

NAMES: Final = "graphkit_names"
SLUGS: Final = "graphkit_slugs"
SPELLINGS: Final = "graphkit_spellings"
WORDS: Final = "graphkit_words"
LARGEST_KEY: Final = 8_000
"""Bytes that the unique index takes at the most; the server's own bound is a little higher."""

_FULLTEXT: Final = (
    (NAMES, ("title", "name", "aliases"), "standard-no-stop-words"),
    (SLUGS, ("_slugs",), "keyword"),
    (SPELLINGS, ("_spellings",), "whitespace"),
    (WORDS, ("_title_words", "_alias_words", "_heading_words", "_text_words"), "whitespace"),
)
_STATEMENTS: Final = (
    "CREATE CONSTRAINT graphkit_concept_id IF NOT EXISTS FOR (c:Concept) REQUIRE c.id IS UNIQUE",
    *(
        f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (c:Concept)"
        f" ON EACH [{', '.join(f'c.{key}' for key in keys)}]"
        f" OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{analyzer}'}}}}"
        for name, keys, analyzer in _FULLTEXT
    ),
)
_THERE: Final = (
    "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'graphkit_' AND state = 'ONLINE'"
    " RETURN name"
)


def ensure(connection: Connection) -> None:
    """Makes the constraint and the indexes where they are not there, and waits for them."""
    there = {row[0] for row in connection.command(_THERE)}
    wanted = {"graphkit_concept_id", *(name for name, _, _ in _FULLTEXT)}
    if wanted <= there:
        return
    for statement in _STATEMENTS:
        connection.command(statement)
    connection.command("CALL db.awaitIndexes(50)")
