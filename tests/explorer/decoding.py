"""The whole graph in its binary form, read again."""

from __future__ import annotations

import json
import struct
from array import array
from itertools import pairwise
from typing import Any, NamedTuple


class Decoded(NamedTuple):
    """A map as the page reads it."""

    head: dict[str, Any]
    ids: list[str]
    titles: list[str]
    columns: dict[str, array[Any]]
    pairs: dict[tuple[str, str], bool]


def decoded(content: bytes) -> Decoded:
    """Reads a map as ``docs/explorer-api.md`` says it is written."""
    magic, size = struct.unpack_from("<4sI", content)
    assert magic == b"GKM1"
    body = 8 + size
    assert body % 8 == 0
    head = json.loads(content[8:body])
    parts = {}
    for name, (offset, length) in head["sections"].items():
        assert offset % 4 == 0
        parts[name] = content[body + offset : body + offset + length]
    for (start, length), (following, _) in pairwise(head["sections"].values()):
        assert start + length <= following
    kinds = {"x": "f", "y": "f", "cluster": "H", "flags": "B", "degree": "H"}
    kinds |= {"counts": "H", "ends": "i", "membership": "B"}
    columns = {}
    for name, kind in kinds.items():
        columns[name] = array(kind)
        columns[name].frombytes(parts[name])
    ids = parts["ids"].decode().split("\0") if head["concepts"] else []
    titles = parts["titles"].decode().split("\0") if head["concepts"] else []
    pairs = {}
    at = 0
    for place, count in enumerate(columns["counts"]):
        other = place
        for _ in range(count):
            other += columns["ends"][at]
            assert place < other < len(ids)
            pairs[ids[place], ids[other]] = bool(columns["membership"][at])
            at += 1
    assert at == head["edges"] == len(columns["ends"])
    shown = [title or id_.rpartition("/")[2] for id_, title in zip(ids, titles, strict=True)]
    return Decoded(head, ids, shown, columns, pairs)
