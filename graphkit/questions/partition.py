"""Which cluster each note belongs to, on two levels, and what is needed to bring that up to date.

Plain data for whoever keeps it: in the index, or in a file that people see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkit.questions.note_graph import NoteGraph

Level = Literal["upper", "lower"]
ID: Final = re.compile(r"[cs][1-9][0-9]{0,8}")
"""What the id of a cluster looks like, an upper one's with ``c``, a lower one's with ``s``."""


@dataclass(frozen=True)
class Partition:
    """The clusters of a graph of notes.

    Args:
        upper: for each note that belongs to one, the id of its upper cluster: ``c1``, ``c2`` …
        lower: for each of these, the id of its lower cluster: ``s3``, ``s4`` … where the upper
            one is split, else that of the upper one, which then is its own only lower cluster.
        next: the number of the next new id, of either level. Numbers are never used again.
        pairs: how many pairs of notes were linked when a full run was last tried.
        edited: how many pairs have changed since then, counted refresh by refresh.
        graph: the graph that these are the clusters of, None where it is not known. A refresh
            compares it with the graph as it is then.
    """

    upper: Mapping[str, str]
    lower: Mapping[str, str]
    next: int = 1
    pairs: int = 0
    edited: int = 0
    graph: NoteGraph | None = field(default=None, compare=False, repr=False)

    @cached_property
    def sub(self) -> dict[str, str]:
        """The lower clusters of the notes whose upper cluster is split."""
        return {id_: sub for id_, sub in self.lower.items() if sub != self.upper[id_]}

    def members(self, level: Level) -> dict[str, list[str]]:
        """The notes of each cluster of a level, both in order."""
        found: dict[str, list[str]] = {}
        for id_, cluster in sorted((self.upper if level == "upper" else self.lower).items()):
            found.setdefault(cluster, []).append(id_)
        return dict(sorted(found.items(), key=lambda item: natural(item[0])))

    @cached_property
    def parents(self) -> dict[str, str]:
        """The upper cluster of each lower one, itself for one that is not split."""
        pairs = {(self.lower[id_], upper) for id_, upper in self.upper.items()}
        return dict(sorted(pairs, key=lambda pair: natural(pair[0])))

    def to_dict(self) -> dict[str, Any]:
        """Plain, sorted data for JSON, without the graph.

        Returns:
            ``{"next", "pairs", "edited", "clusters": {upper: {lower: [note…]}}}``
        """
        members = self.members("lower")
        clusters: dict[str, dict[str, list[str]]] = {id_: {} for id_ in self.members("upper")}
        for lower, upper in self.parents.items():
            clusters[upper][lower] = members[lower]
        told = {"next": self.next, "pairs": self.pairs, "edited": self.edited}
        return {**told, "clusters": clusters}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any], graph: NoteGraph | None = None) -> Self:
        """The partition that ``to_dict`` told of.

        Args:
            told: what ``to_dict`` gave, perhaps merged by hand since.
            graph: the graph that it was the partition of, if it is known.

        Raises:
            ValueError: it is not of that form, or a note or an id of a cluster comes twice.
        """
        upper: dict[str, str] = {}
        lower: dict[str, str] = {}
        seen: set[str] = set()
        if not isinstance(told.get("clusters"), dict):
            raise ValueError("there are no clusters")  # noqa: TRY004 - the data is wrong
        for whole, parts in told["clusters"].items():
            if not isinstance(parts, dict):
                raise ValueError(f"the cluster {whole!r} has no parts")  # noqa: TRY004
            for part, notes in parts.items():
                if part in seen or (part == whole and len(parts) > 1):
                    raise ValueError(f"the cluster {part!r} comes twice")
                seen.add(part)
                if not isinstance(notes, list):
                    raise ValueError(f"the cluster {part!r} has no list of notes")  # noqa: TRY004
                for note in notes:
                    if not isinstance(note, str) or note in upper:
                        raise ValueError(f"the note {note!r} comes twice, or is none")
                    upper[note], lower[note] = whole, part
        for id_ in seen | set(told["clusters"]):
            if not ID.fullmatch(id_):
                raise ValueError(f"{id_!r} is no id of a cluster")
        counts = [told.get(key, 0) for key in ("next", "pairs", "edited")]
        if not all(type(count) is int and count >= 0 for count in counts):
            raise ValueError("a count is no whole number")
        used = max((natural(id_)[0] for id_ in seen | set(told["clusters"])), default=0)
        return cls(upper, lower, max(counts[0], used + 1), counts[1], counts[2], graph)


def natural(id_: str) -> tuple[int, str]:
    """Sorts ids of clusters by their numbers."""
    return int(id_[1:]), id_
