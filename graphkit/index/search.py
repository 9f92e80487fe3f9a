"""Full-text search in the index: which notes say it, and where in the note they say it best."""

from __future__ import annotations

import json
from heapq import nlargest
from typing import TYPE_CHECKING, Final

from graphkit.answers import Hit, SearchResult
from graphkit.errors import UsageError
from graphkit.model import moment
from graphkit.saying import best_place, heaviest, phrases_of, place_of, summed, words_wanted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

_WEIGHTS: Final = "8.0, 8.0, 3.0, 1.0"


def parsed_query(query: str) -> tuple[str, list[str]]:
    """A person's words as an FTS5 expression.

    Args:
        query: words that must all occur, ``"a phrase"``, ``begin*``, ``-not``.

    Returns:
        The expression, and the words to look for in a note's passages, see ``words_wanted``.

    Raises:
        UsageError: there is no word in it to look for.
    """
    phrases = phrases_of(query)
    told = [
        ('"' + " ".join(phrase.words) + '"' + "*" * phrase.begins, phrase.unwanted)
        for phrase in phrases
    ]
    wanted = " ".join(expression for expression, unwanted in told if not unwanted)
    without = "".join(f" NOT {expression}" for expression, unwanted in told if unwanted)
    return wanted + without, words_wanted(phrases)


def search(connection: sqlite3.Connection, query: str, limit: int) -> SearchResult:
    """Finds the notes that say something.

    Args:
        connection: an index whose full text is filled.
        query: see ``parsed_query``.
        limit: the most hits to give back.

    Returns:
        The hits, best first by BM25 (titles and aliases weigh 8, headings 3), ties by id.
    """
    if limit < 1:
        raise UsageError(f"The limit is {limit}; it has to be at least 1.")
    expression, words = parsed_query(query)
    (total,) = connection.execute(
        "SELECT COUNT(*) FROM said WHERE said MATCH ?", (expression,)
    ).fetchone()
    rows = connection.execute(
        f"SELECT concept.key, concept.title, -bm25(said, {_WEIGHTS}) AS score, text.body,"
        " text.places, note.video, note.summary FROM said JOIN text ON text.note = said.rowid"
        " JOIN concept ON concept.id = said.rowid JOIN note ON note.id = said.rowid"
        " WHERE said MATCH ? ORDER BY round(score, 6) DESC, concept.key LIMIT ?",
        (expression, limit),
    )
    hits = []
    for key, title, score, body, places, video, summary in rows:
        best = best_place(body.split("\n") if body else [], words)
        line = heading = seconds = None
        snippet = summary or ""
        if best is not None:
            place, snippet = best
            line, heading, seconds = place_of(places, place)
        seconds = seconds if video else None
        told = moment(video, seconds)
        hits.append(Hit(key, title, True, round(score, 6), snippet, heading, line, seconds, told))
    return SearchResult(query, total, tuple(hits))


def word_counts(
    connection: sqlite3.Connection, words: Collection[str], at_most: int
) -> dict[str, int]:
    """How many notes say each of some words.

    Args:
        connection: an index whose full text is filled.
        words: folded words.
        at_most: where more notes say a word, it is left out, and counted no further.
    """
    counts = {}
    for word in words:
        (count,) = connection.execute(
            "SELECT COUNT(*) FROM (SELECT 1 FROM said WHERE said MATCH ? LIMIT ?)",
            (f'"{word}"', at_most + 1),
        ).fetchone()
        if count <= at_most:
            counts[word] = count
    return counts


def notes_saying(connection: sqlite3.Connection, phrases: Collection[str]) -> dict[str, list[str]]:
    """The ids of the notes that say each of some phrases, in order.

    Args:
        connection: an index whose full text is filled.
        phrases: folded words, a space between two.
    """
    found = _numbers_saying(connection, phrases)
    keys = _keys(connection, {number for some in found.values() for number in some})
    return {phrase: sorted(map(keys.__getitem__, some)) for phrase, some in found.items()}


def saying_most(
    connection: sqlite3.Connection, weights: Mapping[str, float], limit: int
) -> list[str]:
    """The ids of the notes that say the most of some words.

    Args:
        connection: an index whose full text is filled.
        weights: of folded words.
        limit: the most ids to give back.

    Returns:
        Those with the largest sum of the weights of the words that they say, ties by id.
    """
    sums = summed(_numbers_saying(connection, weights), weights)
    least = min(nlargest(limit, sums.values()), default=0.0)
    keys = _keys(connection, [number for number, sum_ in sums.items() if sum_ >= least])
    return heaviest({key: sums[number] for number, key in keys.items()}, limit)


def _numbers_saying(connection: sqlite3.Connection, phrases: Iterable[str]) -> dict[str, list[int]]:
    found = {}
    for phrase in phrases:
        rows = connection.execute("SELECT rowid FROM said WHERE said MATCH ?", (f'"{phrase}"',))
        found[phrase] = [row[0] for row in rows]
    return found


def _keys(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, str]:
    query = "SELECT id, key FROM concept WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(query, (json.dumps(list(numbers)),)))
