"""What came out of a measurement, and how it is printed. Knows nothing of what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


_LARGE: Final = 100
_SMALL: Final = 0.1


class Figures(NamedTuple):
    """What was measured several times."""

    minimum: float
    median: float
    maximum: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Sums up some values, one at least."""
        ordered = sorted(values)
        return cls(ordered[0], median(ordered), ordered[-1])


@dataclass(frozen=True)
class Outcome:
    """What one measurement came to.

    Args:
        what: what was measured.
        unit: of what is judged: the multiplication sign for a ratio.
        judged: what the bar is held against.
        bar: the most that the median of ``judged`` may be; the least where ``at_least``; None
            where nothing is judged.
        rows: what else was measured, each with its unit.
        at_least: whether more is better.
    """

    what: str
    unit: str
    judged: Figures
    bar: float | None
    rows: Sequence[tuple[str, Figures, str]] = field(default=())
    at_least: bool = False

    @property
    def meets(self) -> bool:
        """Whether the median meets the bar."""
        found = self.judged.median
        if self.bar is None:
            return True
        return found >= self.bar if self.at_least else found <= self.bar


def ratio_of(
    what: str,
    ours: tuple[str, Sequence[float]],
    theirs: tuple[str, Sequence[float]],
    bar: float | None,
    unit: str = "s",
) -> Outcome:
    """An outcome whose judged figure is the ratio of each pair.

    Args:
        what: what was measured.
        ours: what it is called, and the values.
        theirs: the same of the alternative, pair by pair.
        bar: the most that the median of the ratios may be; None where nothing is judged.
        unit: of the values.
    """
    ratios = [one / other for one, other in zip(ours[1], theirs[1], strict=True)]
    rows = [(name, Figures.of(values), unit) for name, values in (ours, theirs)]
    return Outcome(what, "×", Figures.of(ratios), bar, rows)


def report(outcome: Outcome) -> str:
    """An outcome as a person reads it."""
    judged = f"ratio of {outcome.what}" if outcome.unit == "×" else outcome.what
    rows = [*outcome.rows, (judged, outcome.judged, outcome.unit)]
    wide = max(len(name) for name, _, _ in rows)
    lines = []
    if any(figures.minimum != figures.maximum for _, figures, _ in rows):
        lines.append(f"{'':<{wide}}  {'minimum':>9} {'median':>9} {'maximum':>9}")
    for name, figures, unit in rows:
        once = figures.minimum == figures.maximum
        told = " ".join(f"{_shown(value):>9}" for value in (figures[:1] if once else figures))
        lines.append(f"{name:<{wide}}  {told} {unit}".rstrip())
    if outcome.bar is None:
        return "\n".join(lines)
    sign = "at least" if outcome.at_least else "at most"
    found = f"{_shown(outcome.judged.median)} {outcome.unit}".rstrip()
    verdict = "met" if outcome.meets else "NOT met"
    lines.append(f"bar: {sign} {outcome.bar:g} {outcome.unit}".rstrip() + f"; {found}: {verdict}")
    return "\n".join(lines)


def _shown(value: float) -> str:
    """Three figures that say something."""
    if value >= _LARGE:
        return f"{value:.0f}"
    return f"{value:.2f}" if value >= _SMALL or not value else f"{value:.4f}"
