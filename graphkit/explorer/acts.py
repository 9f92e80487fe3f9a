"""What the page may do besides asking: each changes what people say of the map, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from graphkit.explorer.asked import meant
from graphkit.explorer.posted import text_of
from graphkit.questions.map_changes import (
    dismiss,
    keep_around,
    remove_around,
    rename_around,
    restore,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

Act = Callable[["GraphStore", dict[str, Any]], dict[str, Any]]
"""Does what was sent, and answers as plain data."""


def _pair(store: GraphStore, sent: dict[str, Any]) -> tuple[Concept, Concept]:
    one, other = (meant(store, text_of(sent, name)) for name in ("a", "b"))
    return one, other


def _dismiss(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    one, other = _pair(store, sent)
    dismiss(store, one, other)
    return {"dismissed": [one.id, other.id]}


def _restore(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    one, other = _pair(store, sent)
    restore(store, one, other)
    return {"restored": [one.id, other.id]}


def _keep_around(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    return {"kept": keep_around(store, text_of(sent, "name"), text_of(sent, "words"))}


def _rename_around(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    return {"kept": rename_around(store, text_of(sent, "name"), text_of(sent, "to"))}


def _remove_around(store: GraphStore, sent: dict[str, Any]) -> dict[str, Any]:
    name = text_of(sent, "name")
    remove_around(store, name)
    return {"removed": name}


ACTS: Final[Mapping[str, Act]] = {
    "dismiss": _dismiss,
    "restore": _restore,
    "around": _keep_around,
    "around-rename": _rename_around,
    "around-remove": _remove_around,
}
