"""How two names are compared: folding, slugs and near-spellings. Knows nothing of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from graphkit.model import LINKS_TO

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEPARATORS = re.compile(r"\s+")
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
    text = fold(text).replace("_", " ").replace("-", " ")
    if "  " in text or not text.isprintable():  # of white space, only the space can be printed
        text = _SEPARATORS.sub(" ", text)
    return text


def in_utf8(text: str) -> str:
    """Text that UTF-8 can carry: what the command line could not decode is replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def relation_name(key: str) -> str:
    """A relation's name in the graph: the key in UPPER_SNAKE (``Part of`` is ``PART_OF``)."""
    return re.sub(r"\W+", "_", key).strip("_").upper() or LINKS_TO


class Spellings:
    """Names that a misspelt one may have meant, made ready to be asked often.

    Args:
        names: the names to choose from.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        for name in sorted(set(names)):
            self._names.setdefault(slug(name), []).append(name)

    def nearest(self, asked: str, limit: int = 5) -> list[tuple[str, float]]:
        """Ranks the names by how near their spelling is to what was asked.

        The one function by which near-spellings are ranked, on every store and in ``check``.
        Likeness is the normalised insertion-deletion similarity of the two slugs (rapidfuzz's
        ``fuzz.ratio``); ties are ordered by the name's code points.

        Args:
            asked: what a person typed or a link says.
            limit: how many to give back at the most.

        Returns:
            Pairs of name and likeness (0 to 100), the nearest first, none below ``NEAR_ENOUGH``.
        """
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - costs more than most questions

        found = process.extract(
            slug(asked), self._names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=None
        )
        ranked = [(name, score) for called, score, _ in found for name in self._names[called]]
        return sorted(ranked, key=lambda pair: (-pair[1], pair[0]))[:limit]
