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


@dataclass(frozen=True, slots=True)
class Card(Concept):
    """All about one concept: the answer of ``show``."""

    path: str | None
    video: str | None
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    words: int | None
    summary: str | None
    cluster: str | None
    subcluster: str | None
    cluster_name: str | None
    subcluster_name: str | None
    in_degree: int
    out_degree: int
    properties: dict[str, Any]
    links: tuple[Link, ...]
    backlinks: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Neighbour(Concept):
    """A concept near another: ``hops`` away, by ``links`` to concepts one hop nearer."""

    hops: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Neighbourhood(Answer):
    """The answer of ``neighbours``: nearest first, then by number of links, then by id.

    ``total`` counts all that were found, ``not_walked`` names the index notes at whose far side
    nothing was looked for.
    """

    concept: Concept
    depth: int
    direction: str
    neighbours: tuple[Neighbour, ...]
    total: int
    not_walked: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Step(Answer):
    """One step of a path: every link between the two concepts, whichever way it points."""

    from_: Concept
    to: Concept
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Path(Answer):
    """A chain of concepts with the evidence of each step.

    Args:
        hops: number of steps.
        cost: what the walk cost, see ``docs/design.md``; equal to ``hops`` for plain hop count.
    """

    hops: int
    cost: float
    concepts: tuple[Concept, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Paths(Answer):
    """The answer of ``path``; no path is an empty tuple."""

    from_: Concept
    to: Concept
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Hit(Concept):
    """One note that says what was searched for, and the place where it says it best."""

    score: float
    snippet: str
    heading: str | None
    line: int | None
    seconds: int | None
    moment: str | None


@dataclass(frozen=True, slots=True)
class SearchResult(Answer):
    """The answer of ``search``: ``total`` notes match, ``hits`` are the best of them."""

    query: str
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class QueryResult(Answer):
    """The answer of ``query``: rows of plain data.

    Args:
        columns: their names.
        rows: one value a column; nodes, relationships and paths as ``docs/answers.md`` says.
        truncated: whether there were more rows than were wanted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Parameter(Answer):
    """One parameter of a saved query.

    Args:
        name: without ``$``.
        type: ``text``, ``integer``, ``number``, ``boolean``, ``list`` or ``concept``.
        default: what it is where it is not given.
        required: whether it has to be given.
        example: a value to try.
        text: what it is for.
    """

    name: str
    type: str
    default: Any
    required: bool
    example: Any
    text: str


@dataclass(frozen=True, slots=True)
class SavedQuery(Answer):
    """A saved query.

    Args:
        name: the file's name without ``.cypher``.
        title: a few words.
        answers: a sentence on what it answers.
        parameters: in the file's order.
        query: the Cypher, without the opening comments.
        file: where it stands.
    """

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    query: str
    file: str


@dataclass(frozen=True, slots=True)
class SavedQueries(Answer):
    """The answer of ``queries``: all saved queries, by name."""

    queries: tuple[SavedQuery, ...]


@dataclass(frozen=True, slots=True)
class Counted(Concept):
    """A concept and a number of links, as ``stats`` ranks them."""

    count: int


@dataclass(frozen=True, slots=True)
class Stats(Answer):
    """The answer of ``stats``; what each number counts is said in ``docs/answers.md``."""

    vault: str
    notes: int
    unresolved: int
    links: int
    links_by_kind: dict[str, int]
    resolved_links: int
    unresolved_links: int
    ambiguous_links: int
    edges: int
    links_with_moment: int
    external_links: int
    attachments: int
    components: int
    orphans: int
    tags: int
    problems: int
    best_linked: tuple[Counted, ...]
    most_wanted: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Finding(Answer):
    """Something wrong in a vault: where, what, and what may have been meant."""

    rule: str
    severity: str
    path: str
    line: int | None
    message: str
    suggestion: str | None


@dataclass(frozen=True, slots=True)
class Findings(Answer):
    """The answer of ``check``, by path and line; ``counts`` by rule."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Refreshed(Answer):
    """What a refresh of the index did: paths of notes, and how many notes there are now."""

    notes: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]
    links_resolved_anew: int
    rebuilt: str | None
    warnings: tuple[str, ...]

    @property
    def anything(self) -> bool:
        """Whether the index differs from what it was."""
        return bool(self.added or self.changed or self.deleted or self.rebuilt)


@dataclass(frozen=True, slots=True)
class Loaded(Answer):
    """What a load into a store did, or with ``dry_run`` would do: ids of notes.

    Args:
        vault: the name of the vault's folder.
        store: the store's address.
        links: how many links were sent.
        seconds: how long it took.
    """

    vault: str
    store: str
    dry_run: bool
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    links: int
    seconds: int
