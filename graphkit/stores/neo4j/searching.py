"""Full-text search in Neo4j: the same notes as in the index, with the server's own scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.answers import Hit, SearchResult
from graphkit.errors import UsageError
from graphkit.model import moment
from graphkit.saying import best_place, phrases_of, place_of, words_wanted
from graphkit.stores.neo4j.schema import WORDS
from graphkit.stores.neo4j.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from graphkit.saying import Phrase
    from graphkit.stores.neo4j.connection import Connection

_FIELDS: Final = (
    ("_title_words", 8),
    ("_alias_words", 8),
    ("_heading_words", 3),
    ("_text_words", 1),
)
_ASK: Final = (
    f"CALL db.index.fulltext.queryNodes('{WORDS}', $query) YIELD node AS c, score"
    " WITH c, score WHERE all(phrase IN $whole WHERE any(said IN [c._title_words, c._alias_words,"
    " c._heading_words, c._text_words] WHERE (' ' + said) CONTAINS phrase))"
    " WITH c, score ORDER BY round(score, 6) DESC, c.id"
    " WITH count(*) AS total, collect([c, score])[..$limit] AS first"
    " UNWIND CASE first WHEN [] THEN [null] ELSE first END AS hit"
    " WITH total, hit[0] AS c, hit[1] AS score"
    " RETURN total, c.id, c.title, score, c._text, c._places, c.video_id, c.summary"
)
_COUNT: Final = (
    "UNWIND $asked AS asked CALL (asked) {"
    f" CALL db.index.fulltext.queryNodes('{WORDS}', asked[1], {{limit: $limit}}) YIELD node"
    " RETURN count(node) AS notes } RETURN asked[0], notes"
)
_SAYING: Final = (
    "UNWIND $asked AS asked CALL (asked) {"
    f" CALL db.index.fulltext.queryNodes('{WORDS}', asked[1]) YIELD node"
    " RETURN collect(node.id) AS ids } RETURN asked[0], ids"
)


def search(connection: Connection, query: str, limit: int) -> SearchResult:
    """Finds the notes that say something.

    Args:
        connection: to the server.
        query: words that must all occur, ``"a phrase"``, ``begin*``, ``-not``.
        limit: the most hits to give back.

    Returns:
        The hits, best first by Lucene's score (titles and aliases weigh 8, headings 3), ties by
        id.

    Raises:
        UsageError: there is no word to look for.
    """
    if limit < 1:
        raise UsageError(f"The limit is {limit}; it has to be at least 1.")
    phrases = phrases_of(query)
    words = words_wanted(phrases)
    whole = [f" {_joined(phrase)}" for phrase in phrases if phrase.begins and not phrase.unwanted]
    rows = connection.read(_ASK, query=expression(phrases), whole=whole, limit=limit)
    hits = []
    total = 0
    for total, id_, title, score, body, places, video, summary in rows:  # noqa: B007
        if id_ is None:
            break
        best = best_place(body.split("\n") if body else [], words)
        line = heading = seconds = None
        snippet = summary or ""
        if best is not None:
            place, snippet = best
            line, heading, seconds = place_of(places, place)
        seconds = seconds if video else None
        told = moment(video, seconds)
        hits.append(Hit(id_, title, True, round(score, 6), snippet, heading, line, seconds, told))
    return SearchResult(query, total, tuple(hits))


def expression(phrases: Iterable[Phrase]) -> str:
    """What is looked for, as Lucene's query parser reads it.

    Words are letters and digits only, and in lower case, so that none of them is an operator.
    """
    return " ".join(f"{'-' if phrase.unwanted else '+'}({_anywhere(phrase)})" for phrase in phrases)


def _joined(phrase: Phrase) -> str:
    return words_of(" ".join(phrase.words))


def _anywhere(phrase: Phrase) -> str:
    *before, last = _joined(phrase).split(" ")
    return " OR ".join(
        f"({_in_field(field, before, last, phrase)})^{weight}" for field, weight in _FIELDS
    )


def _in_field(field: str, before: list[str], last: str, phrase: Phrase) -> str:
    if not phrase.begins:
        return f'{field}:"{" ".join((*before, last))}"'
    told = [f"+{field}:{last}*"]
    if before:
        told.append(f'+{field}:"{" ".join(before)}"')
    return " ".join(told)


def word_counts(connection: Connection, words: Collection[str], at_most: int) -> dict[str, int]:
    """How many notes say each of some words.

    Args:
        connection: to the server.
        words: folded words.
        at_most: where more notes say a word, it is left out.
    """
    rows = connection.read(_COUNT, asked=_asked(words), limit=at_most + 1)
    return {word: count for word, count in rows if count <= at_most}


def notes_saying(connection: Connection, phrases: Collection[str]) -> dict[str, list[str]]:
    """The ids of the notes that say each of some phrases, in order.

    Args:
        connection: to the server.
        phrases: folded words, a space between two.
    """
    rows = connection.read(_SAYING, asked=_asked(phrases))
    return {phrase: sorted(ids) for phrase, ids in rows}


def _asked(phrases: Collection[str]) -> list[list[str]]:
    """Each phrase with the query that finds it in any field; those without a word are left out."""
    return [
        [phrase, " OR ".join(f'{field}:"{told}"' for field, _ in _FIELDS)]
        for phrase in phrases
        if (told := words_of(phrase))
    ]
