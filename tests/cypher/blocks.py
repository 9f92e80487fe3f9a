"""Queries in a file, one after the other, with a blank line between."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent


class Asked(NamedTuple):
    """A query with its parameters, and what is known of it on the embedded engine."""

    query: str
    parameters: dict[str, Any]
    known: str


def queries_in(name: str) -> list[str]:
    """The queries of a file; the first block is a comment about them all."""
    return re.split(r"\n[ \t]*\n", (HERE / name).read_text(encoding="utf-8").strip())[1:]


def asked_in(name: str) -> list[Asked]:
    """The same with what the comments before each say: parameters, and what is known."""
    asked = []
    for block in queries_in(name):
        lines = block.split("\n")
        parameters: dict[str, Any] = {}
        known = ""
        while lines[0].startswith(("// {", "// refused", "// differs", "// small")):
            line = lines.pop(0).removeprefix("// ")
            if line.startswith("{"):
                parameters = json.loads(line)
            else:
                known = line
        asked.append(Asked("\n".join(lines), parameters, known))
    return asked
