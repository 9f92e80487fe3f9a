"""What the page may do besides asking: each changes what people say of the map, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from graphkit.explorer.asked import meant
from graphkit.explorer.posted import text_of
from graphkit.questions.map_changes import dismiss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.stores.base import GraphStore

Act = Callable[["GraphStore", dict[str, Any]], dict[str, Any]]
"""Does what was sent, and answers as plain data."""


def _dismiss(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    one, other = (meant(store, text_of(sent, name)) for name in ("a", "b"))
    dismiss(store, one, other)
    return {"dismissed": [one.id, other.id]}


ACTS: Final[Mapping[str, Act]] = {"dismiss": _dismiss}
