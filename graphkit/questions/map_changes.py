"""What a person says of the map and what is kept of it in the vault: names, gaps that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import UsageError
from graphkit.questions.clustering import clustering, families
from graphkit.questions.placing import placing
from graphkit.questions.vault_map import (
    HandName,
    change_map,
    with_clusters,
    with_dismissed,
    with_name,
    with_places,
)

if TYPE_CHECKING:
    from graphkit.model import Concept
    from graphkit.questions.partition import Level
    from graphkit.stores.base import GraphStore

_LONGEST: Final = 100


def rename(store: GraphStore, id_: str, name: str) -> tuple[str, str]:
    """Gives a cluster a name by hand, written to the vault's map file at once.

    Args:
        store: of the vault.
        id_: the cluster's.
        name: the name; an empty one takes the earlier one away, so that words name it again.

    Returns:
        What it was called, and what it is called now.

    Raises:
        UsageError: the name is none, or another cluster beside it is called so.
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    found = clustering(store)
    name = " ".join(name.split())
    if len(name) > _LONGEST or not name.isprintable():
        raise UsageError(f"A name is one line of {_LONGEST} characters at the most.")
    siblings = next(of for of in reversed(families(found.partition)) if id_ in of)
    for other in siblings:
        if name and other != id_ and found.called(other).casefold() == name.casefold():
            raise UsageError(
                f"{other} is called {found.called(other)!r} already.", "Choose another."
            )
    level: Level = "upper" if id_ in found.partition.members("upper") else "lower"
    given = HandName(name, level, id_, frozenset(siblings[id_]))
    change_map(store, lambda parts: with_name(parts, given, found.by_hand.get(id_)))
    return found.called(id_), clustering(store).called(id_)


def dismiss(store: GraphStore, one: Concept, other: Concept) -> None:
    """Says that a pair of notes is no gap, written to the vault's map file at once.

    Raises:
        UsageError: they are no two notes.
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    if not (one.note and other.note) or one.id == other.id:
        raise UsageError("A gap is between two notes.", "Name two different ones.")
    change_map(store, lambda parts: with_dismissed(parts, one.id, other.id))


def save_map(store: GraphStore) -> None:
    """Writes the clusters, what their words call them, and all places to the vault's map file.

    Raises:
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    found = clustering(store)
    names = {id_: named.name for id_, named in found.names.items()}
    terms = {id_: named.terms for id_, named in found.names.items()}
    places = placing(store)

    def change(parts: dict[str, Any]) -> dict[str, Any]:
        return with_places(with_clusters(parts, found.partition, names, terms), places)

    change_map(store, change)
