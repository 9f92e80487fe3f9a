"""A note as HTML that is safe to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nh3
import pyromark

if TYPE_CHECKING:
    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore


def note_html(store: GraphStore, concept: Concept) -> dict[str, Any] | None:
    """A note, rendered; None for a concept without one."""
    node = store.nodes([concept.id])[concept.id]
    if node.path is None:
        return None
    vault = store.vault
    try:
        text = "" if isinstance(vault, str) else (vault / node.path).read_text("utf-8", "replace")
    except OSError:
        text = ""
    return {
        "id": node.id,
        "title": node.title,
        "path": node.path,
        "html": nh3.clean(pyromark.html(text)),
        "lines": text.count("\n") + 1,
        "file": bool(text),
        "editor": None,
        "obsidian": None,
    }
