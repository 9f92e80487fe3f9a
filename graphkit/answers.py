"""What graphkit answers with: frozen data, one class for each answer of ``docs/answers.md``.

As in ``model``, the order of the fields is the order of the keys in every JSON answer. What is said
of a vault as a whole is in ``topics``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphkit.model import Answer, Concept, Link


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
    """The answer of ``queries``: all saved queries, by name.

    Args:
        queries: those that can be used.
        problems: for each file that cannot be used a sentence that says why, and where.
    """

    queries: tuple[SavedQuery, ...]
    problems: tuple[str, ...]


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
