"""Queries in a file, one after the other, with a blank line between."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def queries_in(name: str) -> list[str]:
    """The queries of a file; the first block is a comment about them all."""
    return re.split(r"\n[ \t]*\n", (HERE / name).read_text(encoding="utf-8").strip())[1:]


def asked_in(name: str) -> list[tuple[str, dict[str, Any]]]:
    """The same with the parameters that a first line ``// {…}`` gives."""
    asked = []
    for block in queries_in(name):
        first, _, rest = block.partition("\n")
        told = first.startswith("// {")
        asked.append((rest if told else block, json.loads(first[3:]) if told else {}))
    return asked
