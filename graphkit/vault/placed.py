"""Where in a note each of its links and times stands: for whoever shows the note as it is written.

They are those that the index has, in the same order, since the same reader finds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkit.vault.addresses import is_external
from graphkit.vault.blocks import target_and_anchor
from graphkit.vault.evidence import settle_times
from graphkit.vault.markdown import MarkdownReader

if TYPE_CHECKING:
    from graphkit.vault.blocks import BlockLink, BlockTime


class PlacedLink(NamedTuple):
    """A link and where it stands.

    Args:
        kind: ``wiki``, ``markdown`` or ``embed``.
        text: the target as it was written, trimmed, without anchor and alias.
        anchor: heading or block within the target, else None.
        line: counted from 1 in the Markdown text.
        address: the target where it leaves the vault; else None.
    """

    kind: str
    text: str
    anchor: str | None
    line: int
    address: str | None


class Placed(NamedTuple):
    """What stands where.

    Args:
        links: by the byte of the prepared text at which each begins.
        seconds: of the times that could be read, by the same.
    """

    links: dict[int, PlacedLink]
    seconds: dict[int, int]


def placed(body: str, video: str | None) -> Placed:
    """Finds the links and times of a note.

    Args:
        body: its Markdown, without frontmatter.
        video: the id of the video that it names.
    """
    reader = _Reader(body, video=video)
    blocks = reader.blocks()
    found = [link for block in blocks for link in block.links]
    times = [time for block in blocks for time in block.times]
    links = {}
    for byte, link in zip(reader.links_at, found, strict=True):
        target = link.target.strip()
        if target:
            kind = "embed" if link.embed else link.form
            address = target if is_external(target) else None
            links[byte] = PlacedLink(kind, *target_and_anchor(link), link.line, address)
    seconds, _ = settle_times(times)
    settled = zip(reader.times_at, seconds, strict=True)
    return Placed(links, {byte: second for byte, second in settled if second is not None})


class _Reader(MarkdownReader):
    """A reader that also keeps at which byte each link and time began."""

    def __init__(self, text: str, *, video: str | None) -> None:
        super().__init__(text, video=video)
        self.links_at: list[int] = []
        self.times_at: list[int] = []

    def _taken(self) -> tuple[list[BlockLink], list[BlockTime]]:
        self.links_at += [link[-1] for link in self._links]
        self.times_at += [time[-1] for time in self._times]
        return super()._taken()
