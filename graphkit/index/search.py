"""Full-text search in the index: which notes say it, and where in the note they say it best."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from graphkit.errors import UsageError
from graphkit.index import fulltext
from graphkit.index.read import moment
from graphkit.model import Hit, SearchResult
from graphkit.vault.discover import shown_path
from graphkit.vault.reading import read_notes

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphkit.vault.written import WrittenNote

_TOKEN = re.compile(r'-?"[^"]*"|\S+')
_WORD = re.compile(r"[^\W_]+")
_WEIGHTS: Final = "8.0, 8.0, 3.0, 1.0"
_LONGEST_SNIPPET: Final = 240


def parsed_query(query: str) -> tuple[str, list[str]]:
    """A person's words as an FTS5 expression.

    Args:
        query: words that must all occur, ``"a phrase"``, ``begin*``, ``-not``.

    Returns:
        The expression, and the words to look for in a note's passages, as they are indexed; one
        that ends in ``*`` is the beginning of a word.

    Raises:
        UsageError: there is no word in it to look for.
    """
    wanted, unwanted, words = [], [], []
    for token in _TOKEN.findall(query):
        negative = token.startswith("-") and len(token) > 1
        bare = token.lstrip("-") if negative else token
        begins = bare.endswith("*")
        parts = _WORD.findall(bare)
        if not parts:
            continue
        phrase = '"' + " ".join(parts) + '"' + ("*" if begins else "")
        if negative:
            unwanted.append(phrase)
        else:
            wanted.append(phrase)
            words += [_as_indexed(part) for part in parts]
            words[-1] += "*" * begins
    if not wanted:
        raise UsageError(
            f"There is no word to look for in {query!r}.", 'Give words, "a phrase" or begin*.'
        )
    return " ".join(wanted) + "".join(f" NOT {phrase}" for phrase in unwanted), words


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
        best = _best_place(body.split("\n") if body else [], words)
        line = heading = seconds = None
        snippet = summary or ""
        if best is not None:
            place, snippet = best
            line, heading, seconds = json.loads(places)[place]
        seconds = seconds if video else None
        told = moment(video, seconds)
        hits.append(Hit(key, title, True, round(score, 6), snippet, heading, line, seconds, told))
    return SearchResult(query, total, tuple(hits))


def _as_indexed(word: str) -> str:
    """A word as FTS5's tokenizer has it: folded, without diacritics."""
    if word.isascii():
        return word.lower()
    return "".join(c for c in normalize("NFKD", word.casefold()) if not combining(c))


def _best_place(passages: list[str], words: list[str]) -> tuple[int, str] | None:
    """The passage with the most of the words, and the piece of it around the first of them."""
    whole = {word for word in words if not word.endswith("*")}
    begun = tuple({word[:-1] for word in words if word.endswith("*")})
    wanted = len(whole) + len(begun)
    best, most, first = None, 0, 0
    for place, passage in enumerate(passages):
        said: dict[str, int] = {}
        for found in _WORD.finditer(passage):
            word = _as_indexed(found[0])
            if word in whole:
                said.setdefault(word, found.start())
            for start in begun:
                if word.startswith(start):
                    said.setdefault(start + "*", found.start())
        if len(said) > most:
            best, most, first = place, len(said), min(said.values())
            if most == wanted:
                break
    return None if best is None else (best, _cut(passages[best], first))


def _cut(passage: str, first: int) -> str:
    """A passage, or the piece of it around a place where it is long."""
    if len(passage) <= _LONGEST_SNIPPET:
        return passage
    start = max(0, first - _LONGEST_SNIPPET // 3)
    start = passage.rfind(" ", 0, start) + 1 if start else 0
    end = start + _LONGEST_SNIPPET
    end = passage.rfind(" ", first, end) if end < len(passage) else len(passage)
    end = end if end > first else start + _LONGEST_SNIPPET
    cut = passage[start:end].strip()
    return ("… " if start else "") + cut + (" …" if end < len(passage) else "")
