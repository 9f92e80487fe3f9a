"""The numbers of ``stats``, counted in a vault's index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.answers import Counted, Stats
from graphkit.stores.components import components

if TYPE_CHECKING:
    from graphkit.index.figures import IndexFigures

_RANKED: Final = 10


def count(index: IndexFigures, vault: str) -> Stats:
    """Counts everything.

    Args:
        index: of the vault.
        vault: what it is called.
    """
    counts = index.counts()
    kinds = index.links_by_kind()
    notes = index.numbered_notes()
    edges = index.edges()
    linked = {end for edge in edges if edge[0] != edge[1] for end in edge}
    return Stats(
        vault=vault,
        notes=counts["notes"],
        unresolved=counts["unresolved"],
        links=counts["links"],
        links_by_kind={
            kind: kinds.get(kind, 0) for kind in ("wiki", "markdown", "embed", "property")
        },
        resolved_links=counts["resolved_links"],
        unresolved_links=counts["links"] - counts["resolved_links"],
        ambiguous_links=counts["ambiguous_links"],
        edges=len({edge for edge in edges if edge[0] != edge[1] and notes[edge[1]]}),
        links_with_moment=counts["links_with_moment"],
        external_links=counts["external_links"],
        attachments=counts["attachments"],
        components=components(notes, edges),
        orphans=sum(note and number not in linked for number, note in notes.items()),
        tags=counts["tags"],
        problems=counts["problems"],
        best_linked=_ranked(index, note=True),
        most_wanted=_ranked(index, note=False),
    )


def _ranked(index: IndexFigures, *, note: bool) -> tuple[Counted, ...]:
    most = index.linked_most(_RANKED, note=note)
    return tuple(Counted(c.id, c.title, c.note, links) for c, links in most)
