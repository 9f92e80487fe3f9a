"""What people typed about a vault's map, and the clusters that they share: ``graphkit-map.json``.

A map that cannot be used is left as it is, and answers are given without it; ``VaultMap.problem``
says so. It is written by what a person asks for only: a name, a dismissed gap, a saved map.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.errors import VaultError
from graphkit.questions.lasting import around_words
from graphkit.questions.partition import Partition
from graphkit.questions.places import Places
from graphkit.vault.map_file import NAME, as_text, digest_of, is_text, list_of, read_map

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphkit.questions.lasting import AroundWords
    from graphkit.questions.partition import Level
    from graphkit.stores.base import GraphStore

USED: Final = "map"
"""Under this key the digest is kept of the map file that was used last."""
_PARTS: Final = ("names", "dismissed", "around", "clusters", "places")
_OWN: Final = 0.25
"""The share of the notes in a map that have to be in the vault for it to be the vault's own."""
_FEW: Final = 4
"""So few notes may all have been renamed."""


class HandName(NamedTuple):
    """A name that a person gave to a cluster.

    Args:
        name: the name.
        level: of the cluster.
        cluster: its id, when the name was given.
        members: its notes, when the name was given: by them it is found again.
    """

    name: str
    level: Level
    cluster: str
    members: frozenset[str]


class Saved(NamedTuple):
    """Clusters that were saved.

    Args:
        partition: which notes belong to which.
        names: by the clusters' ids, what their words called them.
        terms: by the clusters' ids, what these names were made of.
    """

    partition: Partition
    names: Mapping[str, str]
    terms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class VaultMap:
    """A map file, understood.

    Args:
        names: that people gave.
        dismissed: pairs of ids of notes that are no gaps.
        around: clusters around words that people keep.
        saved: the clusters that are shared; None where none are.
        digest: of the shared clusters: another one says that they are other ones.
        places: of all concepts; None where none are shared.
        places_digest: the same for these.
        problem: why the file is not used, in words; None where nothing is wrong.
    """

    names: tuple[HandName, ...] = ()
    dismissed: frozenset[frozenset[str]] = frozenset()
    around: tuple[AroundWords, ...] = ()
    saved: Saved | None = None
    digest: str = ""
    places: Places | None = None
    places_digest: str = ""
    problem: str | None = None


def vault_map(store: GraphStore) -> VaultMap:
    """The vault's own map; an empty one, with what is wrong, where it cannot be used.

    Args:
        store: where to ask.
    """
    try:
        text = store.map_text()
        if text is None:
            return VaultMap()
        found = understood(read_map(text))
    except VaultError as error:
        return VaultMap(problem=f"{error.message} It is not used.")
    if problem := _another(store, found, text):
        return VaultMap(problem=f"{problem} It is not used.")
    return found


def understood(parts: Mapping[str, Any]) -> VaultMap:
    """A map file's parts, checked.

    Args:
        parts: see ``vault.map_file.read_map``.

    Raises:
        VaultError: a part is not of its form.
    """
    try:
        names = tuple(_hand_name(told) for told in list_of(parts, "names"))
        dismissed = frozenset(_pair(told) for told in list_of(parts, "dismissed"))
        told, places = parts.get("clusters"), parts.get("places")
        return VaultMap(
            names=names,
            dismissed=dismissed,
            around=around_words(parts),
            saved=told and _saved(told),
            digest=_digest_of_part(told),
            places=Places.from_dict(places) if places else None,
            places_digest=_digest_of_part(places),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        what = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise VaultError(
            f"{NAME}: {what}.", "Mend it, or move it away; it is left as it is."
        ) from error


def _digest_of_part(told: object) -> str:
    return digest_of(json.dumps(told)) if told else ""


def _hand_name(told: Mapping[str, Any]) -> HandName:
    name, level, cluster, members = (told[key] for key in ("name", "level", "cluster", "notes"))
    if not (is_text(name) and name.isprintable() and name.strip() and is_text(cluster)):
        raise ValueError(f"{name!r} is no name of a cluster")
    if level not in {"upper", "lower"} or not _are_texts(members):
        raise ValueError(f"the name {name!r} has no level, or no notes")
    return HandName(name, level, cluster, frozenset(members))


def _are_texts(told: object) -> bool:
    return isinstance(told, list) and all(map(is_text, told))


def _pair(told: object) -> frozenset[str]:
    if not _are_texts(told) or len(pair := frozenset(told)) != 2:  # type: ignore[call-overload] # noqa: PLR2004 - a pair
        raise ValueError(f"{told!r} is no pair of notes")
    return frozenset(pair)


def _saved(told: Mapping[str, Any]) -> Saved:
    """The clusters as ``with_clusters`` wrote them."""
    plain: dict[str, dict[str, list[str]]] = {}
    names: dict[str, str] = {}
    terms: dict[str, tuple[str, ...]] = {}
    for id_, cluster in told["clusters"].items():
        parts = cluster.get("parts", {id_: cluster})
        plain[id_] = {part: of["notes"] for part, of in parts.items()}
        for part, of in ((id_, cluster), *parts.items()):
            if not is_text(of["name"]) or not _are_texts(of["terms"]):
                raise ValueError(f"the cluster {part!r} has no name, or no terms")
            names[part], terms[part] = of["name"], tuple(of["terms"])
    return Saved(Partition.from_dict({**told, "clusters": plain}), names, terms)


def _another(store: GraphStore, found: VaultMap, text: str) -> str | None:
    """Why a map is taken for another vault's; None where it is this one's.

    One that was used before is this vault's, whatever has become of the notes since.
    """
    used = store.kept(USED)
    if used and used[0] == digest_of(text):
        return None
    named = {id_ for pair in found.dismissed for id_ in pair}
    named.update(*(name.members for name in found.names))
    if found.saved is not None:
        named.update(found.saved.partition.upper)
    known = sum(concept.note for concept in store.concepts(sorted(named)).values())
    if len(named) < _FEW or known >= _OWN * len(named):
        return None
    return f"{NAME} is another vault's: of the {len(named):,} notes in it {known:,} are here."


def with_name(parts: dict[str, Any], given: HandName, instead_of: str | None) -> dict[str, Any]:
    """A map in which a cluster has another name by hand.

    Args:
        parts: the map as it is.
        given: the name; an empty one takes the earlier one away.
        instead_of: the cluster's earlier name by hand, if it has one.
    """
    names = [
        told
        for told in list_of(parts, "names")
        if (told["name"], told["level"]) != (instead_of, given.level)
    ]
    if given.name:
        told = {"name": given.name, "level": given.level, "cluster": given.cluster}
        names.append({**told, "notes": sorted(given.members)})
    return {**parts, "names": sorted(names, key=lambda told: (told["level"], told["name"]))}


def with_dismissed(
    parts: dict[str, Any], one: str, other: str, *, dismissed: bool
) -> dict[str, Any]:
    """A map in which a pair of notes is no gap any more, or may be one again."""
    pairs = {tuple(sorted(pair)) for pair in list_of(parts, "dismissed")}
    given = {tuple(sorted((one, other)))}
    pairs = pairs | given if dismissed else pairs - given
    return {**parts, "dismissed": sorted(map(list, pairs))}


def with_clusters(
    parts: dict[str, Any],
    partition: Partition,
    names: Mapping[str, str],
    terms: Mapping[str, Iterable[str]],
) -> dict[str, Any]:
    """A map that holds these clusters.

    Args:
        parts: the map as it is.
        partition: which notes belong to which.
        names: by the clusters' ids, what their words call them.
        terms: by the clusters' ids, what these names are made of.
    """
    told = partition.to_dict()
    clusters = {}
    for id_, lower in told["clusters"].items():
        of = {"name": names[id_], "terms": list(terms[id_])}
        if id_ in lower:
            clusters[id_] = {**of, "notes": lower[id_]}
        else:
            clusters[id_] = {
                **of,
                "parts": {
                    part: {"name": names[part], "terms": list(terms[part]), "notes": notes}
                    for part, notes in lower.items()
                },
            }
    return {**parts, "clusters": {**told, "clusters": clusters}}


def with_places(parts: dict[str, Any], places: Places) -> dict[str, Any]:
    """A map that holds these places."""
    return {**parts, "places": places.to_dict()}


def change_map(store: GraphStore, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Changes the vault's map file, or makes it, whole or not at all.

    Args:
        store: of the vault.
        change: makes the new parts of the old ones.

    Raises:
        VaultError: there is a map that cannot be used, or it cannot be written; it is as it was.
        StoreError: the store has no vault at hand.
    """

    def changed(text: str | None) -> str:
        parts: dict[str, Any] = {}
        if text is not None:
            parts = read_map(text)
            if problem := _another(store, understood(parts), text):
                raise VaultError(problem, "Move it away; it is left as it is.")
        new = change(parts)
        return as_text({key: new[key] for key in sorted(new, key=_order)})

    store.change_map(changed)


def _order(key: str) -> int:
    return _PARTS.index(key) if key in _PARTS else len(_PARTS)
