"""What decides how a vault is read; an index remembers it and follows a change."""

from __future__ import annotations

from typing import NamedTuple


class Settings(NamedTuple):
    """What decides how a vault is read.

    Args:
        strict: resolve links by Obsidian's own rules only.
        membership: relations in UPPER_SNAKE that say what a note belongs to; they are not walked
            by paths and do not count as neighbours.
    """

    strict: bool = False
    membership: tuple[str, ...] = ("FROM",)
