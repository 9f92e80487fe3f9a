"""The memory that a cold index of the large vault takes at its peak, all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.cold_index import kglite
from benchmarks.processes import graphkit, in_pairs, peak_memory
from benchmarks.report import Figures, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench

VAULTS = ("large",)
RUNS = 3
BAR = 600


def measure(bench: Bench) -> Iterator[Outcome]:
    """Indexes into a file that is not there yet, and looks at memory meanwhile."""
    vault = bench.vaults["large"]
    ours, theirs = in_pairs(
        bench.runs,
        lambda: peak_memory(graphkit(vault, bench.fresh_index(), "index")),
        lambda: peak_memory(kglite(vault)),
    )
    rows = [("kglite.okf.build", Figures.of(theirs), "MB")]
    yield Outcome("graphkit index", "MB", Figures.of(ours), BAR, rows)
