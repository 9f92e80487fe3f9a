"""A cold index of the large vault, whole process, against kglite's graph in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.processes import graphkit, in_pairs, process_seconds, python
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 7
BAR = 2.0


def kglite(vault: Path) -> list[str]:
    """A command line that has kglite read a vault, as Obsidian's, and ends."""
    code = "import sys, kglite.okf; kglite.okf.build(sys.argv[1], dialect='obsidian')"
    return python("-c", code, str(vault))


def measure(bench: Bench) -> Iterator[Outcome]:
    """Indexes into a file that is not there yet."""
    vault = bench.vaults["large"]
    ours, theirs = in_pairs(
        bench.runs,
        lambda: process_seconds(graphkit(vault, bench.fresh_index(), "index")),
        lambda: process_seconds(kglite(vault)),
    )
    yield ratio_of("cold index", ("graphkit index", ours), ("kglite.okf.build", theirs), BAR)
