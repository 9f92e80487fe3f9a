"""The cost of indexing one note: in the large vault against in the shared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.processes import answer_of, in_pairs, python
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 5
BAR = 1.3
_INDEXING = """
import sys, time, graphkit
start = time.perf_counter()
with graphkit.open(sys.argv[1], index=sys.argv[2]) as graph:
    taken = time.perf_counter() - start
    print(taken * 1e6 / graph.stats().notes)
"""


def measure(bench: Bench) -> Iterator[Outcome]:
    """Indexes from nothing in a process of its own; its start does not count."""

    def each(name: str) -> float:
        index = bench.fresh_index()
        return float(answer_of(python("-c", _INDEXING, str(bench.vaults[name]), str(index))))

    large, shared = in_pairs(bench.runs, lambda: each("large"), lambda: each("shared"))
    yield ratio_of(
        "cost of a note", ("in the large vault", large), ("in the shared vault", shared), BAR, "µs"
    )
