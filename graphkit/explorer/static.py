"""The files of the page: read at the start, served from memory, and none besides them."""

from __future__ import annotations

import gzip
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).parent / "static"
NONCE: Final = "__NONCE__"
"""What stands in ``index.html`` where a nonce belongs."""


class Asset(NamedTuple):
    """A file that the page wants.

    Args:
        kind: its media type.
        content: what it holds.
        packed: the same, gzipped.
    """

    kind: str
    content: bytes
    packed: bytes


class Page(NamedTuple):
    """The page, and its files by their names."""

    html: str
    assets: Mapping[str, Asset]


def read_page() -> Page:
    """Reads the page and its files.

    Raises:
        StoreError: they are not there.
    """
    folder = FOLDER
    try:
        html = (folder / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StoreError(
            "The explorer's page has not been built.",
            "In the project's folder, pip install . builds it.",
        ) from None
    assets = {}
    for file in sorted((folder / "assets").glob("*")):
        content = file.read_bytes()
        kind = guess_type(file.name)[0] or "application/octet-stream"
        assets[file.name] = Asset(kind, content, gzip.compress(content, mtime=0))
    return Page(html, assets)
