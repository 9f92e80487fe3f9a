"""Regular expressions as Neo4j means them, for an engine that reads them otherwise."""

from __future__ import annotations

import re
from typing import Final

_CLASSES: Final = {
    "w": "[0-9A-Za-z_]",
    "W": "[^0-9A-Za-z_]",
    "d": "[0-9]",
    "D": "[^0-9]",
    "s": r"[ \t\n\x0B\f\r]",
    "S": r"[^ \t\n\x0B\f\r]",
}
_UNKNOWN: Final = re.compile(
    r"\(\?(?![:imsx-]|<[A-Za-z])|[*+?}]\+|&&|\\[1-9QEGhHRXvVbBk]|\(\?[^)]*[uUd]"
)


def as_java_means(pattern: str) -> str:
    r"""A pattern of Java as one for the engine's own reader.

    In Java ``\w``, ``\d`` and ``\s`` are ASCII, and ``(?i)`` folds ASCII letters only.

    Args:
        pattern: as Neo4j takes it.

    Raises:
        ValueError: it has something that would mean something else; says what.
    """
    if found := _UNKNOWN.search(pattern):
        raise ValueError(f"{found[0]!r} in a regular expression")
    if "(?i" in pattern and not pattern.isascii():
        raise ValueError("letters beyond a to z in a regular expression with (?i)")
    return re.sub(r"\\([wWdDsS\\])", lambda found: _CLASSES.get(found[1], found[0]), pattern)
