"""A note as HTML that is safe to show: whatever stands in it, nothing runs and nothing is fetched.

What ``markup`` writes is cleaned by nh3 as a whole, down to the elements and attributes named
here; the page's policy forbids the rest a second time.
"""

from __future__ import annotations

import json
import os
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import nh3

from graphkit.errors import GraphkitError
from graphkit.explorer.destinations import Destinations
from graphkit.explorer.markup import marked_up
from graphkit.vault.parse import decode
from graphkit.vault.properties import body_start

if TYPE_CHECKING:
    from pathlib import Path

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

_LONGEST: Final = 1_000_000
"""Characters of a note that are rendered."""
_TAGS: Final = frozenset(
    "a abbr b blockquote br caption cite code col colgroup dd del details dfn div dl dt em"
    " figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp small"
    " span strong sub summary sup table tbody td tfoot th thead tr u ul var wbr".split()
)
_WITH_CONTENT: Final = frozenset(
    "embed iframe math noscript object script select style svg template textarea title".split()
)
_ATTRIBUTES: Final = {
    "*": {"class", "data-line", "dir", "lang", "title"},
    "a": {"data-concept", "href", "target"},
    "details": {"open"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLASSES: Final = {"attachment", "moment", "unresolved"}
_HREF: Final = re.compile(r"https?://|mailto:|#concept=", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,9}")
_NUMBERS: Final = {"data-line", "start", "colspan", "rowspan"}


class NoNoteError(GraphkitError):
    """A concept has no note that could be shown."""

    code = "no_note"
    exit_code = 3

    def __init__(self, title: str) -> None:
        super().__init__(f"{title!r} has no note yet.", "Its links tell where it is named.")


def note_shown(store: GraphStore, concept: Concept) -> dict[str, Any]:
    """A note, rendered.

    Args:
        store: where to ask.
        concept: whose note.

    Returns:
        Its id, title and path; its HTML, the number of its lines, and whether it was made of the
        note's file or, where that is not at hand, of the text that the store has; the addresses
        by which an editor and Obsidian open the file.

    Raises:
        NoNoteError: the concept has none.
    """
    node = store.nodes([concept.id])[concept.id]
    if node.path is None:
        raise NoNoteError(concept.title)
    file = store.file_of(concept.id)
    try:
        text = None if file is None else decode(file.read_bytes())[0]
    except OSError:  # gone since it was read
        text = None
    if text is None:
        html, lines = _passages(store, concept.id)
    else:
        html, lines = _rendered(store, concept.id, text, node.video), text.count("\n") + 1
    return {
        "id": node.id,
        "title": node.title,
        "path": node.path,
        "html": html,
        "lines": lines,
        "file": text is not None,
        "editor": None if text is None or file is None else editor_address(file),
        "obsidian": None if text is None or file is None else _obsidian(file),
    }


def _rendered(store: GraphStore, id_: str, text: str, video: str | None) -> str:
    body = body_start(text)
    links = [link for link in store.links([id_], "out") if link.kind != "property"]
    above = text.count("\n", 0, body)
    shown = text[body : body + _LONGEST]
    html = marked_up(shown, above, video, Destinations(links))
    if len(shown) < len(text) - body:
        html += "<p>The note goes on in its file.</p>"
    return cleaned(html)


def cleaned(html: str) -> str:
    """HTML without all that could run, fetch, or reach out of its place in the page.

    Args:
        html: any.
    """
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """An attribute's value as it may stay; None where the attribute goes."""
    if name == "class":
        return " ".join(sorted(_CLASSES.intersection(value.split()))) or None
    if name == "href":
        return value if _HREF.match(value) else None
    if name == "target":
        return "_blank"
    if name in _NUMBERS:
        return value if _NUMBER.fullmatch(value) else None
    del tag
    return value


def _passages(store: GraphStore, id_: str) -> tuple[str, int]:
    """What the store has of a note's text, a paragraph each, and the line of the last one."""
    pieces, line = [], 0
    for text in store.texts([id_]):
        passages = text.body.split("\n") if text.body else []
        for passage, (line, *_) in zip(passages, json.loads(text.places), strict=False):
            pieces.append(f'<p data-line="{line}">{escape(passage)}</p>\n')
    return "".join(pieces), line


def editor_address(file: Path, line: int = 1, column: int | None = None) -> str:
    """The address by which Visual Studio Code opens a file at a place, counted from 1."""
    place = f"{line}:{column}" if column else line
    return f"vscode://file/{quote(os.fsencode(file.as_posix())).lstrip('/')}:{place}"


def _obsidian(file: Path) -> str:
    return f"obsidian://open?path={quote(os.fsencode(file), safe='')}"
