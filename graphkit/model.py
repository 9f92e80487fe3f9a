"""What graphkit talks about: frozen data, no behaviour beyond turning into plain data.

The order of the fields is the order of the keys in every JSON answer (``docs/answers.md``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

LINKS_TO = "LINKS_TO"
"""The relation of a link that names none."""


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON is any of several types
    if isinstance(value, Answer):
        return value.to_dict()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True, slots=True)
class Answer:
    """Anything that graphkit answers with."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data, with the keys of ``docs/answers.md`` in their order."""
        return {key: _plain(getattr(self, name)) for name, key in _keys(type(self))}


_KEYS: dict[type, tuple[tuple[str, str], ...]] = {}


def _keys(kind: type[Answer]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of answer, each with its key."""
    if (known := _KEYS.get(kind)) is None:
        known = tuple((field.name, field.name.rstrip("_")) for field in fields(kind))
        _KEYS[kind] = known
    return known


@dataclass(frozen=True, slots=True)
class Concept(Answer):
    """A node: a note, or something that is linked to and has no note yet.

    Args:
        id: the note's path without ``.md``, or the normalised target of the links.
        title: the frontmatter's title, else the file name; an unresolved concept's commonest
            spelling.
        note: false for an unresolved concept.
    """

    id: str
    title: str
    note: bool


class Called(NamedTuple):
    """A name and the concept that it belongs to; ``rule`` says what kind of name it is."""

    rule: str
    folded: str
    exact: str
    concept: Concept


@dataclass(frozen=True, slots=True)
class Link(Answer):
    """One link occurrence with the evidence it stands on.

    Args:
        source: id of the concept whose note holds the link.
        target: id of the concept that it points to.
        relation: the link's own relation in UPPER_SNAKE, else ``LINKS_TO``.
        kind: ``wiki``, ``markdown``, ``embed`` or ``property``.
        text: the target as written, trimmed, without anchor and alias.
        anchor: heading or block within the target, else None.
        alias: the visible words where they are not the target's, else None.
        heading: the chain of headings above, outermost first, joined with `` > ``.
        line: counts from 1 in the file.
        sentence: the sentence around the link, as plain text.
        seconds: the moment of the video, in whole seconds from its start.
        moment: the address of that moment.
        nearest: true when the moment is only the nearest in the same block.
        resolved_by: the rule that found the target (``path``, ``name``, ``alias``, ``title``,
            ``slug``), None when it is unresolved.
        ambiguous: ids of the other notes that the rule found.
    """

    source: str
    target: str
    relation: str
    kind: str
    text: str
    anchor: str | None
    alias: str | None
    heading: str | None
    line: int
    sentence: str
    seconds: int | None
    moment: str | None
    nearest: bool
    resolved_by: str | None
    ambiguous: tuple[str, ...]


def moment(video: str | None, seconds: int | None) -> str | None:
    """The address of a second of a video, None where either is not known."""
    if video is None or seconds is None:
        return None
    return f"https://youtu.be/{video}?t={seconds}"


@dataclass(frozen=True, slots=True)
class Reference(Answer):
    """What a note points to that is no concept: an attachment or an outside address."""

    of: str
    source: str
    kind: str
    text: str
    anchor: str | None
    alias: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Text(Answer):
    """What a note says, as it is searched and compared.

    Args:
        id: the note's.
        title: the note's.
        aliases: its other names.
        headings: its headings, in order.
        body: its passages (paragraphs, list items, cells), one a line, as plain text without the
            targets of links.
        places: JSON, for each passage where it stands; ``graphkit.saying.place_of`` reads it.
    """

    id: str
    title: str
    aliases: tuple[str, ...]
    headings: tuple[str, ...]
    body: str
    places: str


class Marked(NamedTuple):
    """A note with what it is marked by.

    Args:
        id: the note's.
        video: of which it tells; None where it names none.
        tags: in the order in which they stand.
    """

    id: str
    video: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node(Answer):
    """A concept with everything known of it but its links: what a store keeps for a node.

    Args:
        path: the note's path in the vault; None for an unresolved concept, as are ``folder``,
            ``video``, ``words`` and ``summary``.
        name: the file name without ``.md``.
        words: number of words in the note's body.
        cluster: id of the note's cluster; None for a note in no cluster, as are the next three.
        subcluster: id of its lower cluster; None where its cluster is not split.
        cluster_name: what its cluster is called.
        subcluster_name: what its lower cluster is called.
        in_degree: link occurrences that point here, parallel and self links included.
        out_degree: link occurrences that start here.
        neighbours: distinct other concepts linked either way, membership links left out.
        properties: the frontmatter's other fields.
    """

    id: str
    title: str
    note: bool
    name: str
    path: str | None = None
    folder: str | None = None
    video: str | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    words: int | None = None
    summary: str | None = None
    cluster: str | None = None
    subcluster: str | None = None
    cluster_name: str | None = None
    subcluster_name: str | None = None
    in_degree: int = 0
    out_degree: int = 0
    neighbours: int = 0
    properties: dict[str, Any] = field(default_factory=dict)
