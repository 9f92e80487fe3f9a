"""Has what is shown of clusters be that of the graph and of the vault's map as they are now.

Asked by every answer that shows a note's cluster; so it imports nothing of what finds clusters
before there is something to find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.errors import IndexUnusableError, VaultError
from graphkit.stores.base import CLUSTERS
from graphkit.vault.map_file import digest_of

if TYPE_CHECKING:
    from graphkit.stores.base import GraphStore

MAP_SEEN: Final = "map seen"
"""Under this key the digest is kept of the map file as it was when the clusters were kept."""


def bring_up_to_date(store: GraphStore) -> None:
    """Brings the clusters that a store keeps up to date, where anything has changed.

    Where they cannot be kept, as in an index that is read-only or on a full disk, what was kept
    stays as it is.

    Args:
        store: whose notes are to be shown with their clusters.
    """
    if not store.can_keep:
        return
    digest = file_digest(store)
    kept = store.kept(MAP_SEEN)
    if kept == (digest, True):
        return
    try:
        # An edit of words alone changes no cluster.
        if kept == (digest, False) and store.confirm((CLUSTERS, MAP_SEEN), store.revision):
            return
        from graphkit.questions.clustering import clustering  # noqa: PLC0415 - see above

        clustering(store)
    except IndexUnusableError:
        return


def file_digest(store: GraphStore) -> str:
    """What changes whenever the vault's map file does; empty where there is none."""
    try:
        return digest_of(store.map_text())
    except VaultError as error:
        return str(error)
