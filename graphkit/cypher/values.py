"""Values as answers have them: plain data, whichever engine gave it.

A node is ``{"labels", "properties"}``, a relationship ``{"type", "start", "end", "properties"}``
with the ids of its two concepts, a path ``{"nodes", "relationships"}``. Dates, times and
durations are ISO 8601; a number that JSON lacks is the text ``NaN``, ``Infinity``, ``-Infinity``.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

NODE: Final = {"labels", "properties"}
LINK: Final = {"type", "start", "end", "properties"}
PATH: Final = {"nodes", "relationships"}
_ZEROS: Final = re.compile(r"(\.\d*?)0+(?=$|[Z+\-\[])")


def is_node(value: object) -> bool:
    """Whether a value of an answer is a node."""
    return isinstance(value, dict) and value.keys() == NODE and isinstance(value["labels"], list)


def is_link(value: object) -> bool:
    """Whether a value of an answer is a relationship."""
    return isinstance(value, dict) and value.keys() == LINK


def is_path(value: object) -> bool:
    """Whether a value of an answer is a path."""
    return isinstance(value, dict) and value.keys() == PATH and all(map(is_node, value["nodes"]))


def number(value: float) -> Any:  # noqa: ANN401 - a number or a text
    """A floating-point number as JSON can hold it."""
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def time_text(told: str) -> str:
    """A date or time in ISO 8601 without zeros behind the seconds.

    Args:
        told: in ISO 8601.
    """
    return _ZEROS.sub(lambda found: found[1].removesuffix("."), told)


def duration_text(months: int, days: int, seconds: int, nanoseconds: int = 0) -> str:
    """A duration in ISO 8601.

    Args:
        months: of any length.
        days: of any length.
        seconds: whole ones.
        nanoseconds: to be added.
    """
    years, months = _split(months, 12)
    total = seconds * 10**9 + nanoseconds
    hours, rest = _split(total, 3600 * 10**9)
    minutes, rest = _split(rest, 60 * 10**9)
    whole, part = _split(rest, 10**9)
    exact = f"{'-' if rest < 0 and not whole else ''}{whole}"
    exact += f".{abs(part):09}".rstrip("0") if part else ""
    day = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (days, "D")) if n)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    clock += f"{exact}S" if rest else ""
    return "P" + (day + (f"T{clock}" if clock else "") or "T0S")


def _split(value: int, by: int) -> tuple[int, int]:
    """Division towards zero."""
    sign = -1 if value < 0 else 1
    whole, rest = divmod(abs(value), by)
    return sign * whole, sign * rest
