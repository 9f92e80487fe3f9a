"""Full-text search in the index: which notes say it, and where in the note they say it best."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from graphkit.errors import UsageError
from graphkit.index import fulltext
from graphkit.index.read import moment
from graphkit.model import Hit, SearchResult
from graphkit.saying import best_place, phrases_of, words_wanted
from graphkit.vault.discover import shown_path
from graphkit.vault.reading import read_notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.vault.written import WrittenNote

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


def fill(
    connection: sqlite3.Connection, root: Path, progress: Callable[[int, int], None] | None = None
) -> None:
    """Fills the full text from the vault, the first time that it is asked for.

    Args:
        connection: an index that is in step with the vault.
        root: the vault's folder.
        progress: called with the number of notes read and of notes to read.
    """

    def notes() -> Iterator[tuple[int, str, WrittenNote]]:  # asked for within the transaction
        rows = connection.execute(
            "SELECT note.id, path, raw_path, size, digest, title FROM note"
            " JOIN concept ON concept.id = note.id ORDER BY path"
        ).fetchall()
        known = {path: (id_, digest, title) for id_, path, _, _, digest, title in rows}
        paths = [path if raw is None else os.fsdecode(raw) for _, path, raw, *_ in rows]
        total = sum(max(row[3], 0) for row in rows)
        reading = read_notes(root, paths, total, passages=True, links=False)
        for number, read in enumerate(reading, start=1):
            if progress:
                progress(number, len(rows))
            if read.note is None:
                continue
            id_, digest, title = known[shown_path(read.path)]
            if read.digest != digest:  # changed since the refresh: the next one takes all of it
                connection.execute("UPDATE note SET size = -1, digest = x'' WHERE id = ?", (id_,))
            yield id_, title, read.note

    fulltext.fill(connection, notes())


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
            line, heading, seconds = json.loads(places)[place]
        seconds = seconds if video else None
        told = moment(video, seconds)
        hits.append(Hit(key, title, True, round(score, 6), snippet, heading, line, seconds, told))
    return SearchResult(query, total, tuple(hits))
