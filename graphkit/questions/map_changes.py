"""What people say of the map, kept in the vault: names, gaps that are none, areas around words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.errors import NoSuchClusterError, UsageError
from graphkit.questions.around import notes_around
from graphkit.questions.cluster_lookup import find_cluster
from graphkit.questions.clustering import clustering, families
from graphkit.questions.lasting import (
    LONGEST,
    AroundWords,
    around_words,
    called_so,
    with_around,
    without_around,
)
from graphkit.questions.placing import placing
from graphkit.questions.vault_map import (
    HandName,
    change_map,
    vault_map,
    with_clusters,
    with_dismissed,
    with_name,
    with_places,
)

if TYPE_CHECKING:
    from graphkit.model import Concept
    from graphkit.questions.partition import Level
    from graphkit.stores.base import GraphStore


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
    if len(name) > LONGEST or not name.isprintable():
        raise UsageError(f"A name is one line of {LONGEST} characters at the most.")
    siblings = next(of for of in reversed(families(found.partition)) if id_ in of)
    for other in siblings:
        if name and other != id_ and found.called(other).casefold() == name.casefold():
            raise UsageError(
                f"{other} is called {found.called(other)!r} already.", "Choose another."
            )
    if name and (around := called_so(vault_map(store).around, name)):
        raise UsageError(
            f"What is around {around.words!r} is called {around.name!r} already.", "Choose another."
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
    _check_pair(one, other)
    change_map(store, lambda parts: with_dismissed(parts, one.id, other.id, dismissed=True))


def restore(store: GraphStore, one: Concept, other: Concept) -> bool:
    """Takes back that a pair of notes is no gap.

    Returns:
        Whether it was dismissed.

    Raises:
        UsageError: they are no two notes.
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    _check_pair(one, other)
    before = vault_map(store).dismissed
    change_map(store, lambda parts: with_dismissed(parts, one.id, other.id, dismissed=False))
    return frozenset((one.id, other.id)) in before


def _check_pair(one: Concept, other: Concept) -> None:
    if not (one.note and other.note) or one.id == other.id:
        raise UsageError("A gap is between two notes.", "Name two different ones.")


def keep_around(store: GraphStore, name: str, words: str, size: int | None = None) -> str:
    """Keeps the cluster around some words under a name.

    Args:
        store: of the vault.
        name: what it is to be called.
        words: what its notes say, as ``around`` takes them.
        size: the most notes; as many as hang together without it.

    Returns:
        The name as it is kept.

    Raises:
        NothingSaidError: no note says the words.
        UsageError: the name is none, or another cluster is called so; there are no words.
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    given = AroundWords(_name_free(store, name), " ".join(words.split()), size)
    notes_around(store, given.words, size=size)
    change_map(store, lambda parts: with_around(parts, given))
    return given.name


def rename_around(store: GraphStore, name: str, to: str) -> str:
    """Gives a cluster around words another name.

    Returns:
        The name as it is kept.

    Raises:
        NoSuchClusterError: there is none of the name.
        UsageError: the other name is none, or another cluster's.
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    new = _name_free(store, to)

    def change(parts: dict[str, Any]) -> dict[str, Any]:
        given = called_so(around_words(parts), name)
        if given is None:
            raise NoSuchClusterError(name)
        return with_around(without_around(parts, name), given._replace(name=new))

    change_map(store, change)
    return new


def remove_around(store: GraphStore, name: str) -> None:
    """Keeps a cluster around words no longer; nothing happens where there is none of the name.

    Raises:
        VaultError: the map file cannot be used, or not be written.
        StoreError: the store has no vault at hand.
    """
    change_map(store, lambda parts: without_around(parts, name))


def _name_free(store: GraphStore, name: str) -> str:
    """A name as it is kept, if no cluster that is found by links has it."""
    name = " ".join(name.split())
    found = clustering(store)
    try:
        taken = find_cluster(found, name, exactly=True)
    except NoSuchClusterError:
        return name
    raise UsageError(f"{taken} is called {found.called(taken)!r} already.", "Choose another.")


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
