"""Where the links of a note lead, as the index says: the note and its card agree."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.model import Link
    from graphkit.vault.placed import PlacedLink


class Destinations:
    """The links of one note.

    Args:
        links: as a store has them, by line and place in the line.
    """

    def __init__(self, links: Iterable[Link]) -> None:
        self._at: defaultdict[tuple[int, str, str, str | None], deque[Link]] = defaultdict(deque)
        self._written: dict[tuple[str, str, str | None], Link] = {}
        for link in links:
            written = link.kind, link.text, link.anchor
            self._at[link.line, *written].append(link)
            self._written.setdefault(written, link)

    def of(self, placed: PlacedLink, line: int) -> Link | None:
        """The link that stands in a line; to be asked in the order of the text.

        Args:
            placed: what is written there.
            line: counted from 1 in the file.

        Returns:
            The link; where the note has changed since it was read, another one that is written
            the same. None for what is no link between concepts, such as an attachment.
        """
        written = placed.kind, placed.text, placed.anchor
        here = self._at.get((line, *written))
        return here.popleft() if here else self._written.get(written)
