"""What can go wrong, in words for a person: what was wrong, where, and what to do next.

Each error knows the exit code that the command line ends with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.model import Concept


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


class AmbiguousConceptError(GraphkitError):
    """Several concepts answer to this name equally well; all are in ``candidates``."""

    code = "ambiguous_concept"
    exit_code = 4

    def __init__(self, asked: str, candidates: Sequence[Concept]) -> None:
        super().__init__(f"{asked!r} could be any of several concepts.", "Say which by its id.")
        self.candidates = tuple(candidates)


class VaultError(GraphkitError):
    """The vault cannot be read: it is missing, a file, or not allowed to be one."""

    code = "vault"


class IndexUnusableError(GraphkitError):
    """The index cannot be used: damaged, newer than this graphkit, or not an index at all."""

    code = "index"


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
