"""What every store of the graph can be asked. Questions are written once, against this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graphkit.answers import Findings, QueryResult, Refreshed, SearchResult, Stats
    from graphkit.index.kept import Clustered
    from graphkit.model import Called, Concept, Link, Marked, Node, Reference, Text
    from graphkit.stopping import Stop
    from graphkit.vault.prose import Prose

    Progress = Callable[[int, int], None]

CLUSTERS: Final = "clusters"
"""What the clusters are kept under; a load takes that text along."""
PLACES: Final = "places"
"""What the places of all concepts are kept under, over a server on the machine that asks it."""


class Linked(NamedTuple):
    """Every link between two different concepts, once or more.

    Args:
        ids: all concepts, in order.
        sources: for each link the place among them of where it starts.
        targets: the same of where it points.
        membership: for each link whether its relation only says what a note belongs to.
    """

    ids: list[str]
    sources: list[int]
    targets: list[int]
    membership: list[bool]


class Size(NamedTuple):
    """How large a graph is: its notes, its concepts without one, its link occurrences."""

    notes: int
    unresolved: int
    links: int


class GraphStore(Protocol):
    """A graph of concepts and links, wherever it is kept.

    A local question asks for one frontier of links at a time, by a set of ids; every answer is
    ordered by ids, lines and places in the line, so that two stores answer alike.
    """

    def called(self, text: str) -> list[Called]:
        """All names whose slug is that of a text."""
        ...

    def called_any(self, texts: Collection[str]) -> list[Called]:
        """All names whose slug is that of one of some texts, by slug, id and rule."""
        ...

    def called_like(self, prefix: str, limit: int) -> list[Called]:
        """The first names whose slug starts like a text."""
        ...

    def names_near(self, text: str) -> Iterable[Called]:
        """Names to look for a near-spelling of a text in: those near enough are among them."""
        ...

    def by_id(self, text: str) -> list[Concept]:
        """The concept with this id, else those whose id differs in case only."""
        ...

    def concepts(self, ids: Collection[str]) -> dict[str, Concept]:
        """The concepts with these ids."""
        ...

    def nodes(self, ids: Collection[str]) -> dict[str, Node]:
        """All that is known of the concepts with these ids."""
        ...

    def links(self, ids: Collection[str], direction: str) -> list[Link]:
        """The links that touch any of some concepts (``out``, ``in`` or ``both``)."""
        ...

    def links_within(self, ids: Collection[str]) -> list[Link]:
        """The links between any two of some concepts."""
        ...

    def adjacent(
        self, ids: Collection[str], direction: str, without: Collection[str]
    ) -> dict[str, dict[str, int]]:
        """The neighbours of each of some concepts, each with its own number of neighbours."""
        ...

    def index_notes(self, ids: Collection[str] | None = None) -> list[Concept]:
        """Those of some notes, or of all, that are linked with so many others as to say nothing."""
        ...

    def all_nodes(self) -> Iterator[Node]:
        """Every concept, by id."""
        ...

    def all_links(self) -> Iterator[Link]:
        """Every link occurrence, by source, line and place in the line."""
        ...

    def references(self, ids: Collection[str] | None = None) -> Iterator[Reference]:
        """Attachments and outside addresses of some notes, or of all."""
        ...

    def linked_notes(self, ids: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Every pair of two different notes of which the first links to the second, by ids.

        Membership links do not count. With ``ids``, only pairs with one of these notes.
        """
        ...

    def linked_places(self) -> tuple[list[str], list[set[int]]]:
        """All notes by id, and for each the places of those that it links to, itself left out.

        The whole graph at once, several times faster than ``linked_notes``. Membership links do
        not count.
        """
        ...

    def linked_concepts(self) -> Linked:
        """The links between all concepts at once, as numbers."""
        ...

    def marked(self) -> list[Marked]:
        """Every note with its video and tags, by id."""
        ...

    def relations(self) -> dict[str, int]:
        """How many links between two different concepts have each relation, by its name."""
        ...

    def related(self, relation: str) -> list[tuple[str, str]]:
        """Every pair of two different concepts that a link of a relation leads between, by ids."""
        ...

    def unresolved_sources(self) -> dict[str, list[str]]:
        """For each concept without a note the ids of the notes that link to it, both in order."""
        ...

    def kept(self, key: str) -> tuple[str, bool] | None:
        """What was kept under a key, and whether it was made of the graph as it is now."""
        ...

    def keep(
        self, texts: Mapping[str, str], revision: str | None, clustered: Clustered | None = None
    ) -> bool:
        """Keeps texts by key, made of a revision, and the clusters; whether they are kept now."""
        ...

    def confirm(self, keys: Collection[str], revision: str | None) -> bool:
        """Whether texts that were kept are those of a revision too: not if links have changed."""
        ...

    @property
    def can_keep(self) -> bool:
        """Whether anything can be kept here beside the graph."""
        ...

    def change_map(self, change: Callable[[str | None], str]) -> None:
        """Writes the vault's own map file anew; a store without a vault at hand says so."""
        ...

    @property
    def revision(self) -> str | None:
        """What changes whenever the graph does; None over a server, which keeps nothing."""
        ...

    @property
    def stamp(self) -> str:
        """What changes whenever the graph does, looked up anew each time; on every store."""
        ...

    def relinked(self) -> list[str]:
        """Ids of all notes whose links may have changed since anything was kept last."""
        ...

    def map_text(self) -> str | None:
        """The text of the vault's own map file; None where there is none.

        A store without a vault at hand has what stood there when the graph was loaded.
        """
        ...

    def texts(self, ids: Collection[str] | None = None) -> Iterator[Text]:
        """What some notes say, or all, by id."""
        ...

    def number_of_notes(self) -> int:
        """How many notes there are."""
        ...

    def size(self) -> Size:
        """How large the graph is; ``stats`` counts the same, and more."""
        ...

    def digests(self, ids: Collection[str] | None = None) -> dict[str, bytes]:
        """For each of some notes, or of all, what changes whenever its file does.

        Empty where no files are at hand.
        """
        ...

    def held_still(self) -> AbstractContextManager[None]:
        """Has all answers be of the graph as it now is, as far as the store can see to that.

        Until then nothing is kept in it.
        """
        ...

    def word_counts(self, words: Collection[str], at_most: int) -> dict[str, int]:
        """How many notes say each of some folded words; those said by more are left out."""
        ...

    def notes_saying(self, phrases: Collection[str]) -> dict[str, list[str]]:
        """The ids of the notes that say each of some phrases: folded words, a space between."""
        ...

    def saying_most(self, weights: Mapping[str, float], limit: int) -> list[str]:
        """The ids of the notes that say the most of some folded words, by their weights.

        Those with the largest sum of the weights of the words that they say; ties by id.
        """
        ...

    def file_of(self, id_: str) -> Path | None:
        """The file of a note, which may have gone; None where no files are at hand."""
        ...

    def prose(self, id_: str) -> Prose | None:
        """Where in a note a link can be written; None where its file is not at hand."""
        ...

    def search(self, query: str, limit: int) -> SearchResult:
        """The notes that say something."""
        ...

    @property
    def unsaid(self) -> str | None:
        """What ``search`` does not see here, in a sentence; None where it sees everything."""
        ...

    def stats(self) -> Stats:
        """The numbers of the whole graph."""
        ...

    def query(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float,
        limit: int,
        stop: Stop | None = None,
    ) -> QueryResult:
        """The rows of a Cypher query that only reads; ``stop`` cancels it."""
        ...

    def check(self, rules: Sequence[str] = (), *, progress: Progress | None = None) -> Findings:
        """What is wrong in the vault; a store without a vault at hand says so."""
        ...

    def refresh(self, *, verify: bool = False, progress: Progress | None = None) -> Refreshed:
        """Brings the graph into step with the vault; a store without one at hand says so."""
        ...

    @property
    def vault(self) -> Path | str:
        """Where the graph comes from: a folder, or a server's address."""
        ...

    @property
    def own_folder(self) -> Path:
        """Where files may be kept that belong to this graph; it need not be there yet."""
        ...

    @property
    def vault_name(self) -> str:
        """What the vault is called: the last part of its folder."""
        ...

    @property
    def membership(self) -> tuple[str, ...]:
        """Relations that say what a note belongs to; paths do not walk them unless asked."""
        ...

    def close(self) -> None:
        """Gives back what the store holds open."""
        ...
