"""Concept names for the shell, in a spelling that it takes without quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphkit.text import fold

if TYPE_CHECKING:
    from graphkit.stores.base import GraphStore

_MOST: Final = 50
_PLAIN: Final = re.compile(r"[\w./+-]+")


def names_begun(store: GraphStore, begun: str) -> list[tuple[str, str]]:
    """Names that begin as typed, one for each concept.

    Shells want the beginning as it was typed, and most break a name at its spaces. Neither case
    nor spaces, ``-`` and ``_`` make a difference to graphkit: so the beginning stays as typed, and
    ``_`` stands for a space where none was typed.

    Args:
        store: where to look.
        begun: what has been typed so far.

    Returns:
        Pairs of what to type and the concept's title, in order.
    """
    found: dict[str, tuple[str, str]] = {}
    for called in store.called_like(begun, _MOST * 3):
        if not fold(called.exact).startswith(fold(begun)):
            continue
        rest = called.exact[len(begun) :]
        name = begun + (rest if " " in begun else rest.replace(" ", "_"))
        known = found.get(called.concept.id)
        if known is None or (_PLAIN.fullmatch(name) and not _PLAIN.fullmatch(known[0])):
            found[called.concept.id] = (name, called.concept.title)
    return sorted(found.values())[:_MOST]
