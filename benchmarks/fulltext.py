"""Filling full text at the first search, against the same texts into a bare FTS5 table."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import graphkit
from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 3
BAR = 1.5
_QUERY = "calcium release"
_COLUMNS = "title, aliases, headings, body"


def measure(bench: Bench) -> Iterator[Outcome]:
    """Starts from an index without full text each time, and from an empty file."""
    vault, index = bench.vaults["large"], bench.fresh_index()
    graphkit.open(vault, index=index).close()
    copy = bench.folder / "searched.sqlite"

    def first_search() -> float:
        _remove(copy)
        shutil.copyfile(index, copy)
        with graphkit.open(vault, index=copy, refresh=False) as graph:
            return seconds_of(lambda: graph.search(_QUERY))

    first_search()
    connection = sqlite3.connect(copy)
    texts = connection.execute(f"SELECT note, {_COLUMNS} FROM text ORDER BY note").fetchall()
    connection.close()
    ours, theirs = in_pairs(
        bench.runs, first_search, lambda: _bare_table(bench.folder / "bare.sqlite", texts)
    )
    yield ratio_of("filling", ("first search", ours), ("a bare FTS5 table", theirs), BAR)


def _bare_table(file: Path, texts: list[tuple[object, ...]]) -> float:
    _remove(file)
    connection = sqlite3.connect(file, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536"):
        connection.execute(f"PRAGMA {setting}")

    def insert() -> None:
        connection.execute("BEGIN")
        connection.execute(
            f"CREATE VIRTUAL TABLE said USING fts5 ({_COLUMNS},"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
        connection.executemany(
            f"INSERT INTO said (rowid, {_COLUMNS}) VALUES (?, ?, ?, ?, ?)", texts
        )
        connection.execute("COMMIT")

    taken = seconds_of(insert)
    connection.close()
    return taken


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
