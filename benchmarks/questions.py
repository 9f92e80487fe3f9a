"""Questions in a fresh process, against a Typer app of one verb with one argument."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks.processes import answer_of, graphkit, in_pairs, process_seconds, python
from benchmarks.report import ratio_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.processes import Bench
    from benchmarks.report import Outcome

VAULTS = ("large",)
RUNS = 15
BARS = {"large": 1.6, "shared": 1.8}
_SEED = 4
_QUESTIONS = {"show": 1, "neighbours": 1, "path": 2}
_MORE = {"neighbours": ("--depth", "2")}


def measure(bench: Bench) -> Iterator[Outcome]:
    """Asks about other notes in each pair, the same ones in each run."""
    for name, refresh in (("large", "--no-refresh"), ("shared", "--refresh")):
        vault, index = bench.vaults[name], bench.fresh_index()
        answer_of(graphkit(vault, index, "index"))
        for verb, number in _QUESTIONS.items():
            asked = concepts(vault, number)

            def question(
                verb: str = verb, asked: Iterator[list[str]] = asked, refresh: str = refresh
            ) -> float:
                told = (*next(asked), *_MORE.get(verb, ()), refresh)
                return process_seconds(graphkit(vault, index, verb, *told))  # noqa: B023 - at once

            ours, theirs = in_pairs(bench.runs, question, _least)
            what = " ".join((verb, *_MORE.get(verb, ()), refresh))
            yield ratio_of(
                f"{verb}, {name} vault", (what, ours), ("Typer app of one verb", theirs), BARS[name]
            )


def _least() -> float:
    return process_seconds(python("-m", "benchmarks.one_verb", "acetylcholine"))


def concepts(vault: Path, number: int) -> Iterator[list[str]]:
    """So many names of notes, again and again."""
    names = sorted(note.stem for note in vault.rglob("*.md"))
    chosen = random.Random(_SEED)
    while True:
        yield chosen.sample(names, number)
