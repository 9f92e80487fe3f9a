"""The wiki-link to write so that it leads to a certain note."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from graphkit.vault.resolve import Name, Target, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.stores.base import GraphStore

_NOT_IN_LINKS = frozenset("[]|#^\n\r")


def link_to(
    store: GraphStore, source: str, target: str, written: str | None = None, *, in_row: bool = False
) -> str:
    """A link that graphkit, and Obsidian, resolve to a note.

    Args:
        store: knows all names.
        source: id of the note in which it is to stand.
        target: id of the note that it is to lead to.
        written: the words that are to be seen; the target itself without them.
        in_row: whether it stands in a table, where a pipe ends the cell.

    Returns:
        ``[[words]]`` where the words themselves lead there, else ``[[file name|words]]``, else
        with the path; a Markdown link where the path holds what no wiki-link can.
    """
    file = target.rpartition("/")[2]
    for text in (written, file, target, f"/{target}"):
        if text and _NOT_IN_LINKS.isdisjoint(text) and _leads_to(store, source, text, target):
            if written is None or text == written:
                return f"[[{text}]]"
            pipe = "\\|" if in_row else "|"
            return f"[[{text}{pipe}{written}]]"
    shown = (written or file).replace("[", "\\[").replace("]", "\\]")
    return f"[{shown}](/{quote(target)}.md)"


def _leads_to(store: GraphStore, source: str, text: str, target: str) -> bool:
    def named(wanted: str) -> Iterable[Name]:
        return [
            Name(called.rule, called.folded, called.exact, called.concept.id)
            for called in store.called(wanted)
            if called.rule != "unresolved"
        ]

    found = resolve(Target(source.rpartition("/")[0], "wiki", text, source), named, strict=True)
    return found.concept == target and (not found.ambiguous or "/" in text)
