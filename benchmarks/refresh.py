"""A refresh in an open process: nothing changed, and one note changed."""

from __future__ import annotations

import os
import random
import shutil
import time
from typing import TYPE_CHECKING

import graphkit
from benchmarks.processes import in_pairs, seconds_of
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 15
BAR = 2.0
_SEED = 4
_SETTLED = 0.2
"""Seconds after which a change can be told by size and time alone."""


def measure(bench: Bench) -> Iterator[Outcome]:
    """Works on a copy of each vault, since notes are changed."""
    for name in ("shared", "large"):
        vault = bench.folder / name
        shutil.copytree(bench.vaults[name], vault)
        time.sleep(_SETTLED)
        with graphkit.open(vault, index=bench.folder / f"{name}.sqlite") as graph:
            yield from _measure(name, vault, graph, bench.runs)
        shutil.rmtree(vault)


def _measure(name: str, vault: Path, graph: graphkit.Graph, runs: int) -> Iterator[Outcome]:
    def nothing() -> float:
        return seconds_of(graph.refresh)

    def one_note(change: Callable[[], None]) -> float:
        change()
        time.sleep(_SETTLED)
        start = time.perf_counter()
        told = graph.refresh()
        taken = time.perf_counter() - start
        if len(told.changed) != 1:
            raise RuntimeError(f"one note was changed, the refresh says {told}")
        return taken

    ours, theirs = in_pairs(runs, nothing, lambda: seconds_of(lambda: _bare_walk(str(vault))))
    yield ratio_of(
        f"{name} vault, nothing changed",
        ("refresh, nothing changed", ours),
        ("os.scandir and stat", theirs),
        BAR,
    )
    changes = _changes(vault)
    ours, theirs = in_pairs(runs, lambda: one_note(next(changes)), nothing)
    yield ratio_of(
        f"{name} vault, one note changed",
        ("refresh, one note changed", ours),
        ("refresh, nothing changed", theirs),
        BAR,
    )


def _bare_walk(folder: str) -> int:
    """Looks at every file of a folder and below; gives back their number of bytes."""
    size = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                size += _bare_walk(entry.path)
            else:
                size += entry.stat(follow_symlinks=False).st_size
    return size


def _changes(vault: Path) -> Iterator[Callable[[], None]]:
    """Changes of one note each: a sentence more, with a link to another note."""
    notes = sorted(vault.rglob("*.md"))
    chosen = random.Random(_SEED)
    while True:
        note, other = chosen.sample(notes, 2)

        def change(note: Path = note, other: Path = other) -> None:
            with note.open("ab") as file:
                file.write(f"\n\nMore is told in [[{other.stem}]].\n".encode())

        yield change
