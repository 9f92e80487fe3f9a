"""How two names are compared: folding, slugs and near-spellings. Knows nothing of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS = re.compile(r"[\s\-_]+")
NEAR_ENOUGH = 82.0
"""The lowest likeness, of 100, at which a near-spelling is offered."""


def fold(text: str) -> str:
    """The form in which names are compared: Unicode NFC, case folded.

    Args:
        text: any text.

    Returns:
        The folded text; equal for two spellings that differ in case or Unicode form only.
    """
    if text.isascii():
        return text.lower()
    return normalize("NFC", normalize("NFC", text).casefold())


def slug(text: str) -> str:
    """The coarser form: folded, each run of spaces, ``-`` and ``_`` made one space.

    Args:
        text: any text.

    Returns:
        The slug; two names that fold alike have the same slug.
    """
    return _SEPARATORS.sub(" ", fold(text))


def nearest_spellings(asked: str, known: Iterable[str], limit: int = 5) -> list[tuple[str, float]]:
    """Ranks known names by how near their spelling is to what was asked.

    The one function by which near-spellings are ranked, on every store and in ``check``.
    Likeness is the normalised insertion-deletion similarity of the two slugs (``ratio`` of
    rapidfuzz); ties are ordered by the name's code points.

    Args:
        asked: what a person typed or a link says.
        known: the names to choose from.
        limit: how many to give back at the most.

    Returns:
        Pairs of name and likeness (0 to 100), the nearest first, none below ``NEAR_ENOUGH``.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - costs more than most questions

    names = list(dict.fromkeys(known))
    found = process.extract(
        slug(asked),
        [slug(name) for name in names],
        scorer=fuzz.ratio,
        score_cutoff=NEAR_ENOUGH,
        limit=None,
    )
    ranked = sorted(((names[place], score) for _, score, place in found), key=lambda p: (-p[1], p[0]))
    return ranked[:limit]
