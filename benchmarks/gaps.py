"""``gaps CONCEPT`` in a fresh process on the large vault, against importing Typer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.processes import answer_of, graphkit, in_pairs, process_seconds, python
from benchmarks.questions import concepts
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 15
_BAR = 5.0


def measure(bench: Bench) -> Iterator[Outcome]:
    """Asks about another note in each pair; the index is filled, full text included."""
    vault, index = bench.vaults["large"], bench.fresh_index()
    answer_of(graphkit(vault, index, "index"))
    asked = concepts(vault, 1)
    answer_of(graphkit(vault, index, "gaps", *next(asked)))

    def question() -> float:
        return process_seconds(graphkit(vault, index, "gaps", *next(asked), "--no-refresh"))

    def typer() -> float:
        return process_seconds(python("-c", "import typer"))

    ours, theirs = in_pairs(bench.runs, question, typer)
    told = ("gaps CONCEPT --no-refresh", ours)
    yield ratio_of("gaps, large vault", told, ("import typer", theirs), _BAR)
