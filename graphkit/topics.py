"""What graphkit says of a vault as a whole: its clusters, and the links that it lacks.

As in ``model``, the order of the fields is the order of the keys in every JSON answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model import Answer, Concept, Link


@dataclass(frozen=True, slots=True)
class Cluster(Answer):
    """Notes that are linked with each other more than with the rest.

    Args:
        id: what stays the same as the notes change: ``c1`` …, ``s1`` … for a sub-cluster.
        name: what its notes are about.
        named_by: ``words`` of its notes, or ``hand``.
        level: ``upper`` or ``lower``.
        parent: id of the cluster that it is a part of; None at the upper level.
        size: number of its notes.
        links_inside: linked pairs of its notes; of two that link to each other, one pair.
        links_outside: linked pairs of one of its notes and one of another cluster.
        central: the notes that the most of the others are linked with.
    """

    id: str
    name: str
    named_by: str
    level: str
    parent: str | None
    size: int
    links_inside: int
    links_outside: int
    central: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Clusters(Answer):
    """All clusters of a level, the largest first: the answer of ``clusters``.

    Args:
        level: ``upper`` or ``lower``.
        modularity: of these clusters, in the graph of notes.
        clusters: the clusters.
    """

    level: str
    modularity: float
    clusters: tuple[Cluster, ...]


@dataclass(frozen=True, slots=True)
class ClusterName(Answer):
    """A cluster where it is only named; ``id`` is None for one that is not kept."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Seed(Answer):
    """What a cluster around a word or some concepts began with.

    Args:
        query: the words; None where only concepts were given.
        hits: how many notes say the words, or are meant by the concepts.
        concepts: those that were given.
        remark: what to know about the words, in a sentence; None where there is nothing to say.
    """

    query: str | None
    hits: int
    concepts: tuple[Concept, ...]
    remark: str | None


@dataclass(frozen=True, slots=True)
class Because(Answer):
    """The sentence that ties a note into a cluster.

    Args:
        note: id of the note that says it.
        line: counted from 1 in the file; None for a title.
        sentence: the note's own words on the subject, or those around a link.
    """

    note: str
    line: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Member(Concept):
    """A note of a cluster.

    Args:
        score: how near it is to what the cluster is about, the nearest 1.
        subcluster: id of its lower cluster; None where that is not known.
        because: what ties it in; None for a concept that was given.
    """

    score: float
    subcluster: str | None
    because: Because | None


@dataclass(frozen=True, slots=True)
class Part(ClusterName):
    """One of the lower clusters that an upper one is split into.

    Args:
        size: number of its notes.
    """

    size: int


@dataclass(frozen=True, slots=True)
class ReadingStep(Concept):
    """A note to read, and why it comes where it does.

    Args:
        linked_by: how many of the cluster's notes link to it.
        builds_on: the notes before it in the order that it links to, the first one first.
        because: the sentence in which it refers to one of these; else the one in which another
            note of the cluster refers to it, or it to another; None where no link ties it in.
    """

    linked_by: int
    builds_on: tuple[Concept, ...]
    because: Because | None


@dataclass(frozen=True, slots=True)
class Bridge(Answer):
    """A note that holds two clusters together.

    Args:
        a: the one cluster.
        b: the other.
        concept: the note, of either.
        score: how many average links across its own are worth, weighted with how much it belongs
            to both clusters, and to no other.
        links: all links between it and notes of the cluster that it is not in.
    """

    a: ClusterName
    b: ClusterName
    concept: Concept
    score: float
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Bridges(Answer):
    """The answer of ``bridges``, best first."""

    bridges: tuple[Bridge, ...]


@dataclass(frozen=True, slots=True)
class ClusterCard(Answer):
    """All about one cluster: the answer of ``cluster``.

    Args:
        id: as in ``Cluster``, as are the others up to ``central``; None around a word, as are
            ``level`` and ``parent``.
        parts: the lower clusters that it is split into, the largest first.
        named_by: ``query`` around a word.
        seed: what it began with; None for a cluster that is kept.
        concepts: its notes, the nearest first.
        links: all links between two of its notes, membership links left out.
        bridges: what holds it and other clusters together.
        reading_order: the notes to read first, where that was asked for.
    """

    id: str | None
    name: str
    named_by: str
    level: str | None
    parent: str | None
    size: int
    links_inside: int
    links_outside: int
    central: tuple[Concept, ...]
    parts: tuple[Part, ...]
    seed: Seed | None
    concepts: tuple[Member, ...]
    links: tuple[Link, ...]
    bridges: tuple[Bridge, ...]
    reading_order: tuple[ReadingStep, ...]


@dataclass(frozen=True, slots=True)
class GapReason(Answer):
    """One thing that speaks for a link that is not there.

    Args:
        kind: ``mention``, ``neighbours``, ``text`` or ``video``.
        note: id of the note that says the other's name; None for the other kinds.
        line: where it says it, counted from 1 in the file; None as before.
        column: counted from 1 in characters; None where the vault's files are not at hand.
        sentence: the sentence that says the name; for the other kinds the reason in words.
    """

    kind: str
    note: str | None
    line: int | None
    column: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Paste(Answer):
    """A link that would close a gap, and where to write it.

    Args:
        note: id of the note to write it in.
        line: counted from 1 in the file; None where no line is better than another.
        column: of the words that it is to replace, counted from 1; None where there are none, or
            where the vault's files are not at hand.
        link: the wiki-link as it is to be written.
    """

    note: str
    line: int | None
    column: int | None
    link: str


@dataclass(frozen=True, slots=True)
class Gap(Answer):
    """Two notes that ought to be linked and are not.

    Args:
        score: how much speaks for it; it orders the gaps of one answer and has no unit.
        common: concepts that both are linked with, the least linked first.
        terms: words that both say, the most telling first.
        reasons: the best first.
    """

    a: Concept
    b: Concept
    score: float
    common: tuple[Concept, ...]
    terms: tuple[str, ...]
    reasons: tuple[GapReason, ...]
    paste: Paste


@dataclass(frozen=True, slots=True)
class Gaps(Answer):
    """The answer of ``gaps``, best first, ties by ids."""

    gaps: tuple[Gap, ...]
