"""All about one cluster: its notes with what ties them in, its links, its bridges to others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import NoSuchClusterError, UsageError
from graphkit.questions.because import reasons
from graphkit.questions.bridges import bridges_of
from graphkit.questions.cluster_lookup import find_cluster
from graphkit.questions.clustering import centrality, clustering
from graphkit.questions.lasting import called_so
from graphkit.questions.naming import SEPARATOR
from graphkit.questions.vault_map import vault_map
from graphkit.saying import phrases_of
from graphkit.topics import ClusterCard, Member, Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkit.model import Concept
    from graphkit.questions.clustering import Clustering
    from graphkit.questions.partition import Level
    from graphkit.saying import Phrase
    from graphkit.stores.base import GraphStore
    from graphkit.topics import Bridge, Seed

CENTRAL: Final = 5
"""How many of a cluster's notes are named as its most central ones."""
BRIDGES: Final = 10
"""How many of what holds it and others together."""
_DIGITS: Final = 6


class Head(NamedTuple):
    """What a cluster is, but for its notes; see ``ClusterCard``."""

    id: str | None
    name: str
    named_by: str
    level: Level | None = None
    parent: str | None = None
    parts: tuple[Part, ...] = ()
    seed: Seed | None = None


def cluster_meant(
    store: GraphStore,
    name: str | None,
    *,
    seeds: Sequence[Concept] = (),
    size: int | None = None,
    read: int | None = None,
) -> ClusterCard:
    """The cluster of a name, kept or around words, else the one around some words or concepts.

    Args:
        store: where to ask.
        name: a cluster's id or whole name, or that of one around words which is kept; else words
            that notes say.
        seeds: concepts to begin with; the name is then only what the cluster is called.
        size: around words or concepts, the most notes.
        read: how many notes the reading order is to have; none without it.

    Raises:
        NothingSaidError: no cluster is called so, and no note says it.
        UsageError: there is nothing to look around; or a cluster that is kept has no other size.
    """
    card = _meant(store, name, seeds, size)
    if read is None:
        return card
    from graphkit.questions.reading_order import reading_order  # noqa: PLC0415 - where asked for

    ids = [note.id for note in card.concepts]
    return replace(card, reading_order=reading_order(store, ids, most=read, about=card.name))


def _meant(
    store: GraphStore, name: str | None, seeds: Sequence[Concept], size: int | None
) -> ClusterCard:
    if name is not None and not seeds:
        found = clustering(store)
        try:
            id_ = find_cluster(found, name, exactly=True)
        except NoSuchClusterError:
            pass
        else:
            if size is not None:
                raise UsageError(
                    f"{found.called(id_)!r} is a cluster that is kept, of the size it has.",
                    "--size is for a cluster around words or concepts.",
                )
            return cluster_card(store, found, id_)
    from graphkit.questions.around import around  # noqa: PLC0415 - imports this module

    kept = called_so(vault_map(store).around, name) if name is not None and not seeds else None
    if kept is not None:
        return around(store, kept.words, size=size or kept.size, name=kept.name)
    return around(store, name, seeds=seeds, size=size)


def cluster_card(store: GraphStore, found: Clustering, id_: str) -> ClusterCard:
    """The card of a cluster that is kept.

    Args:
        store: where to ask.
        found: the clusters.
        id_: one of them.

    Returns:
        Its card. Notes are ordered by how much they are linked with the others of the cluster.
    """
    partition = found.partition
    uppers = partition.members("upper")
    level: Level = "upper" if id_ in uppers else "lower"
    members = uppers[id_] if level == "upper" else partition.members("lower")[id_]
    parent = partition.parents[id_] if level == "lower" else None
    weights = centrality(found.graph, members)
    most = max(weights.values()) or 1
    head = Head(
        id_, found.called(id_), found.named_by(id_), level, parent, parts_of(found, id_), None
    )
    return card_of(
        store,
        found,
        head,
        {note: weight / most for note, weight in weights.items()},
        _phrases(found, id_),
        bridges=bridges_of(store, found, id_, limit=BRIDGES),
    )


def parts_of(found: Clustering, id_: str) -> tuple[Part, ...]:
    """The lower clusters that an upper one is split into, the largest first."""
    parents = found.partition.parents
    lower = found.partition.members("lower")
    parts = [
        Part(part, found.called(part), len(lower[part]))
        for part, parent in parents.items()
        if parent == id_ != part
    ]
    return tuple(sorted(parts, key=lambda part: -part.size))


def card_of(
    store: GraphStore,
    found: Clustering,
    head: Head,
    scores: Mapping[str, float],
    phrases: Sequence[Phrase],
    *,
    given: frozenset[str] = frozenset(),
    bridges: tuple[Bridge, ...] = (),
) -> ClusterCard:
    """A card of some notes.

    Args:
        store: where to ask.
        found: the clusters of the vault.
        head: what the cluster is.
        scores: of its notes, by id, the nearest first; the nearest 1.
        phrases: what it is about; none where nothing is known of that.
        given: ids of notes that need no reason.
        bridges: what holds it and others together.
    """
    ids = list(scores)
    links = [
        link
        for link in store.links_within(ids)
        if link.relation not in store.membership and link.source != link.target
    ]
    because = reasons(store, [id_ for id_ in ids if id_ not in given], ids, phrases, links)
    concepts = store.concepts(ids)
    places = found.graph.places
    inside, outside = found.graph.pairs_of([places[id_] for id_ in ids])
    lower = found.partition.sub
    central = list(centrality(found.graph, ids))[:CENTRAL]
    return ClusterCard(
        id=head.id,
        name=head.name,
        named_by=head.named_by,
        level=head.level,
        parent=head.parent,
        size=len(ids),
        links_inside=inside,
        links_outside=outside,
        central=tuple(concepts[id_] for id_ in central),
        parts=head.parts,
        seed=head.seed,
        concepts=tuple(
            Member(
                id_,
                concepts[id_].title,
                concepts[id_].note,
                round(score, _DIGITS),
                lower.get(id_),
                because.get(id_),
            )
            for id_, score in scores.items()
        ),
        links=tuple(links),
        bridges=bridges,
        reading_order=(),
    )


def _phrases(found: Clustering, id_: str) -> list[Phrase]:
    """What a cluster is about: its name's words, and those that its notes have in common."""
    terms = [found.called(id_), *found.names[id_].name.split(SEPARATOR)]
    told = " ".join(f'"{term}"' for term in dict.fromkeys(terms))
    try:
        return phrases_of(told)
    except UsageError:  # a name of no words, as of emoji
        return []
