"""``query`` in a fresh process, against a bare kglite script and a Typer app of one verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.processes import answer_of, graphkit, in_pairs, process_seconds, python
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 15
BAR = 1.3
_QUERIES = {
    "best linked": "MATCH (n:Note) RETURN n.id, n.in_degree ORDER BY n.in_degree DESC LIMIT 10",
    "count by relation": "MATCH ()-[r]->() RETURN type(r), count(*)",
}


def measure(bench: Bench) -> Iterator[Outcome]:
    """Asks the saved graph of the large vault; the bare script opens the very same file."""
    vault, index = bench.vaults["large"], bench.fresh_index()
    answer_of(graphkit(vault, index, "query", "RETURN 1"))
    (saved,) = index.parent.glob(f"{index.name}.*.kgl")
    for name, query in _QUERIES.items():
        ours = graphkit(vault, index, "query", query, "--no-refresh")
        bare = python("-m", "benchmarks.bare_query", str(saved), query)

        def least(bare: list[str] = bare) -> float:
            typer = python("-m", "benchmarks.one_verb", "acetylcholine")
            return process_seconds(bare) + process_seconds(typer)

        mine, theirs = in_pairs(bench.runs, lambda ours=ours: process_seconds(ours), least)  # type: ignore[misc]
        against = ("bare kglite script, and a Typer app of one verb", theirs)
        yield ratio_of(f"{name}, large vault", ("query --no-refresh", mine), against, BAR)
