"""What can go wrong, in words for a person: what was wrong, where, and what to do next.

Each error knows the exit code that the command line ends with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.model import Concept
    from graphkit.topics import ClusterName


class GraphkitError(Exception):
    """The root of graphkit's errors.

    Args:
        message: what was wrong, and where (file and line, where there is one).
        hint: what to do next; empty when there is nothing to add.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates: tuple[Concept, ...] = ()


class UsageError(GraphkitError):
    """The question was put wrongly: an option or a value that graphkit does not know."""

    code = "usage"
    exit_code = 2


class NoSuchConceptError(GraphkitError):
    """No concept has this title, name, alias or id; the nearest spellings are in ``candidates``."""

    code = "no_such_concept"
    exit_code = 3

    def __init__(self, asked: str, near: Sequence[Concept] = ()) -> None:
        hint = "Did you mean one of these?" if near else "Try: graphkit search TEXT"
        super().__init__(f"No concept is called {asked!r}.", hint)
        self.candidates = tuple(near)


class NothingSaidError(GraphkitError):
    """No note says what was asked for; ``words`` are words near it that notes do say."""

    code = "nothing_said"
    exit_code = 3

    def __init__(self, asked: str, words: Sequence[str] = ()) -> None:
        hint = "Try fewer words." if " " in asked else "Try: graphkit clusters"
        if words:
            hint = f"Notes do say: {', '.join(words)}."
        super().__init__(f"No note says {asked!r}.", hint)
        self.words = tuple(words)


class AmbiguousConceptError(GraphkitError):
    """Several concepts answer to this name equally well; all are in ``candidates``."""

    code = "ambiguous_concept"
    exit_code = 4

    def __init__(self, asked: str, candidates: Sequence[Concept]) -> None:
        super().__init__(f"{asked!r} could be any of several concepts.", "Say which by its id.")
        self.candidates = tuple(candidates)


class NoSuchClusterError(GraphkitError):
    """No cluster has this id or name; the nearest spellings are in ``clusters``."""

    code = "no_such_cluster"
    exit_code = 3

    def __init__(self, asked: str, near: Sequence[ClusterName] = ()) -> None:
        hint = f"Did you mean {_listed(near)}?" if near else "Try: graphkit clusters"
        super().__init__(f"No cluster is called {asked!r}.", hint)
        self.clusters = tuple(near)


class AmbiguousClusterError(GraphkitError):
    """Several clusters answer to this name equally well; ``clusters`` are the first of them."""

    code = "ambiguous_cluster"
    exit_code = 4

    def __init__(self, asked: str, clusters: Sequence[ClusterName]) -> None:
        hint = f"Say which by its id: {_listed(clusters)}."
        super().__init__(f"{asked!r} could be any of several clusters.", hint)
        self.clusters = tuple(clusters)


def _listed(clusters: Sequence[ClusterName]) -> str:
    return "; ".join(f"{cluster.id} ({cluster.name})" for cluster in clusters)


class VaultError(GraphkitError):
    """The vault cannot be read: it is missing, a file, or not allowed to be one."""

    code = "vault"


class IndexUnusableError(GraphkitError):
    """The index cannot be used: damaged, newer than this graphkit, or not an index at all."""

    code = "index"


class QueryError(GraphkitError):
    """A query cannot be run: not understood, refused, failed, or out of time.

    Args:
        message: what was wrong.
        hint: what to do next.
        query: the query's text.
        line: where in it, from 1; None where no place can be named.
        column: where in the line, from 1.
    """

    code = "query"
    exit_code = 6

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        query: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        place = f"Line {line}, column {column}: " if line and column else ""
        super().__init__(place + message, hint)
        self.line = line
        self.column = column
        self.shown = _pointed_at(query, line, column) if line and column else ()


class QueryCancelledError(QueryError):
    """A query was cancelled by whoever asked."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__("The query was cancelled.")


_WIDE = 100
"""How much of a long line is shown around the place."""


def _pointed_at(query: str, line: int, column: int) -> tuple[str, ...]:
    """The line of a query, and below it a caret that points at the column."""
    lines = query.splitlines() or [""]
    text = lines[min(line, len(lines)) - 1].replace("\t", " ")
    start = max(0, column - 1 - _WIDE // 2) if len(text) > _WIDE else 0
    shown = "".join(c if c.isprintable() else "?" for c in text[start : start + _WIDE])
    return "  " + shown, "  " + " " * (column - 1 - start) + "^"


class StoreError(GraphkitError):
    """The store cannot be used, or cannot do what was asked."""

    code = "store"


class OtherGraphError(StoreError):
    """The database holds another vault, or a newer graphkit's graph, which would be replaced."""

    code = "other_graph"

    def __init__(self, address: str, holds: str) -> None:
        super().__init__(
            f"The database at {address} holds {holds}.",
            "Name another database with NEO4J_DATABASE, or let this go with --replace.",
        )
