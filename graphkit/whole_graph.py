"""What a graph can be asked of the vault as a whole: clusters, bridges, gaps, the map file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkit.questions.lookup import find_concept

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore
    from graphkit.topics import Bridges, ClusterCard, Clusters, Gaps


def several(told: str | Sequence[str]) -> Sequence[str]:
    """One name, or several, as several."""
    return [told] if isinstance(told, str) else told


class WholeGraph:
    """A graph that answers what concerns all of its notes.

    Args:
        store: where the graph is kept.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def find(self, name: str) -> Concept:
        """The concept that a name means.

        Args:
            name: an id, title, file name or alias in any case.

        Raises:
            NoSuchConceptError: there is none; ``candidates`` holds the nearest spellings.
            AmbiguousConceptError: there are several; ``candidates`` holds them.
        """
        return find_concept(self._store, name).concept

    def clusters(self, *, level: str = "upper", recompute: bool = False) -> Clusters:
        """The vault's clusters of notes, each named by its notes' own words.

        Found once, they are kept beside the graph, and brought up to date with the same ids and
        names as notes change.

        Args:
            level: ``upper``, or ``lower`` for the parts that large clusters are split into.
            recompute: find them anew.

        Returns:
            The clusters, the largest first.
        """
        from graphkit.questions.clusters import clusters  # noqa: PLC0415

        return clusters(self._store, level=level, recompute=recompute)

    def cluster(
        self,
        name: str | None = None,
        *,
        seeds: Sequence[str] = (),
        size: int | None = None,
        read: int | None = None,
    ) -> ClusterCard:
        """All about one cluster: its notes, what ties each in, its links and its bridges.

        Args:
            name: a cluster's id or name; else words that notes say (all of them, ``"a phrase"``,
                ``begin*``, ``-not``), around which a cluster is found.
            seeds: concepts around which one is found, see ``find``; a name is then only what it is
                called.
            size: around words or concepts, the most notes; found from the links without it.
            read: how many notes ``reading_order`` is to list, those to read first.

        Raises:
            NothingSaidError: no cluster is called so, and no note says it.
            UsageError: there is nothing to look around.
        """
        from graphkit.questions.cluster_card import cluster_meant  # noqa: PLC0415

        given = tuple(self.find(seed) for seed in several(seeds))
        return cluster_meant(self._store, name, seeds=given, size=size, read=read)

    def bridges(
        self, one: str | None = None, other: str | None = None, *, limit: int | None = 20
    ) -> Bridges:
        """The notes, and the sentences in them, that hold two clusters together.

        Args:
            one: a cluster, by its id, its name, or one of the terms of its name; all pairs of
                upper clusters without it.
            other: the other cluster; without it, each one of the same level that is linked with it.
            limit: the most bridges to give back; all that were found without one.

        Returns:
            The bridges, best first, each with its links into the other cluster.

        Raises:
            NoSuchClusterError: there is no such cluster; ``clusters`` holds the nearest.
            AmbiguousClusterError: there are several.
            UsageError: the two clusters have notes in common.
        """
        from graphkit.questions.bridges import bridges  # noqa: PLC0415

        return bridges(self._store, one, other, limit=limit)

    def gaps(
        self,
        name: str | None = None,
        *,
        limit: int | None = 20,
        between: tuple[str, str] | None = None,
    ) -> Gaps:
        """Pairs of notes that ought to be linked and are not, with what speaks for each.

        Args:
            name: one of every pair, see ``find``, also for what is raised; of the whole vault,
                without it, the gaps of its most promising notes.
            limit: the most gaps to give back; all that were found without one.
            between: two clusters, by id or name; a pair has one end in either.

        Returns:
            The gaps, best first, each with its reasons and the wiki-link to paste; those that
            were dismissed are left out.
        """
        from graphkit.questions.gaps import gaps  # noqa: PLC0415

        concept = None if name is None else self.find(name)
        notes = None
        if between is not None:
            from graphkit.questions.clusters import notes_of  # noqa: PLC0415

            notes = notes_of(self._store, between[0]), notes_of(self._store, between[1])
        return gaps(self._store, concept, limit=limit, between=notes)

    def rename_cluster(self, name: str, to: str) -> None:
        """Gives a cluster a name, which is written to the vault's ``graphkit-map.json`` at once.

        Args:
            name: its id or name, or one of the terms of its name.
            to: what it is to be called; an empty one takes a name away that was given by hand.

        Raises:
            NoSuchClusterError: there is no such cluster; ``clusters`` holds the nearest.
            AmbiguousClusterError: there are several.
            UsageError: another cluster beside it is called so.
            VaultError: the file cannot be used, or not be written.
        """
        from graphkit.questions.cluster_lookup import find_cluster  # noqa: PLC0415
        from graphkit.questions.clustering import clustering  # noqa: PLC0415
        from graphkit.questions.map_changes import rename  # noqa: PLC0415

        rename(self._store, find_cluster(clustering(self._store), name), to)

    def dismiss_gap(self, a: str, b: str) -> None:
        """Says that two notes need no link, in the vault's ``graphkit-map.json``.

        Args:
            a: see ``find``, also for what is raised.
            b: the other one.

        Raises:
            VaultError: the file cannot be used, or not be written.
        """
        from graphkit.questions.map_changes import dismiss  # noqa: PLC0415

        dismiss(self._store, self.find(a), self.find(b))

    def restore_gap(self, a: str, b: str) -> bool:
        """Takes back what ``dismiss_gap`` said.

        Args:
            a: see ``find``, also for what is raised.
            b: the other one.

        Returns:
            Whether the two were dismissed.

        Raises:
            VaultError: the file cannot be used, or not be written.
        """
        from graphkit.questions.map_changes import restore  # noqa: PLC0415

        return restore(self._store, self.find(a), self.find(b))

    def save_map(self) -> None:
        """Writes the clusters and their names to the vault's ``graphkit-map.json``.

        Where the file holds clusters, they are taken from it: so others see the same ones.

        Raises:
            VaultError: the file cannot be used, or not be written.
        """
        from graphkit.questions.map_changes import save_map  # noqa: PLC0415

        save_map(self._store)

    @property
    def map_problem(self) -> str | None:
        """Why the vault's ``graphkit-map.json`` is not used; None where nothing is wrong."""
        from graphkit.questions.vault_map import vault_map  # noqa: PLC0415

        return vault_map(self._store).problem
