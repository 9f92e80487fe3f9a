"""What the page hands out as files: a part of the graph for other programs, or one offline page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote

from graphkit.cli.options import Format
from graphkit.errors import UsageError
from graphkit.explorer.posted import text_of
from graphkit.questions.cluster_card import cluster_meant
from graphkit.views.export import Part, export_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.stores.base import GraphStore

_LONGEST: Final = 60
"""Characters of a vault's name, and of a selection's, in the name of a file."""
_CSV: Final = "text/csv; charset=utf-8"
_KINDS: Final[dict[str, tuple[Format, str, str]]] = {
    "links": (Format.CSV, "-links.csv", _CSV),
    "concepts": (Format.CSV, "-concepts.csv", _CSV),
    "graphml": (Format.GRAPHML, ".graphml", "application/graphml+xml; charset=utf-8"),
    "mermaid": (Format.MERMAID, ".mmd", "text/plain; charset=utf-8"),
}


class File(NamedTuple):
    """A file to hand out.

    Args:
        name: what it is called where it is kept.
        kind: its media type.
        content: what it holds.
    """

    name: str
    kind: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        """What has a browser keep it under its name, rather than show it."""
        plain = self.name.encode("ascii", "replace").decode().replace("?", "_")
        told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name)}"
        return {"Content-Disposition": told}


Make = Callable[["GraphStore", dict[str, Any]], File]
"""Makes a file of what was sent."""


def _export(store: GraphStore, sent: dict[str, Any]) -> File:
    told = text_of(sent, "format")
    if told not in _KINDS:
        raise UsageError(f"Nothing is written as {told!r}.", f"Use {', '.join(_KINDS)}.")
    format_, ending, kind = _KINDS[told]
    text = export_text(store, format_, _part(store, sent), concepts=told == "concepts")
    return File(_name(sent, text_of(sent, "title")) + ending, kind, _bytes(text))


def _page(store: GraphStore, sent: dict[str, Any]) -> File:
    from graphkit.views.cluster_page import READ_FIRST, cluster_page  # noqa: PLC0415 - for a page
    from graphkit.views.page import render  # noqa: PLC0415
    from graphkit.views.page_content import part_page  # noqa: PLC0415

    if sent.get("cluster") is not None:
        page = cluster_page(store, cluster_meant(store, text_of(sent, "cluster"), read=READ_FIRST))
    else:
        middle, chain = (_texts(sent, name) for name in ("middle", "chain"))
        title = text_of(sent, "title")
        page = part_page(store, title, _part(store, sent), middle=middle, chain=chain)
    return File(f"{_name(sent, page.title)}.html", "text/html; charset=utf-8", _bytes(render(page)))


FILES: Final[Mapping[str, Make]] = {"export": _export, "page": _page}
"""The files that the page may ask for."""


def _part(store: GraphStore, sent: dict[str, Any]) -> Part:
    """The concepts that were sent, with the links between them of the relations that were."""
    part = Part.of(_texts(sent, "concepts"))
    if not (relations := _texts(sent, "relations")):
        return part
    links = store.links_within(part.ids)
    return part._replace(links=tuple(link for link in links if link.relation in relations))


def _texts(sent: dict[str, Any], name: str) -> list[str]:
    """A list of texts of what was sent; empty where it is not given.

    Raises:
        UsageError: it is anything else.
    """
    told = sent.get(name, [])
    if not (isinstance(told, list) and all(isinstance(text, str) for text in told)):
        raise UsageError(f"{name!r} is not given as a list of texts.")
    return told


def _name(sent: dict[str, Any], title: str) -> str:
    """A file's name without its ending: the vault's, and that of what is in it."""
    told = [_words(text_of(sent, "vault")), _words(title)]
    return "-".join(filter(None, told)) or "graphkit"


def _words(text: str) -> str:
    return "_".join(re.findall(r"\w+", text.lower()))[:_LONGEST]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
