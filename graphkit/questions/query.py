"""What a query is and what it wants: its text, a file, or the name of a saved one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import SavedQuery
from graphkit.cypher.saved import read_saved, saved_query, values_for
from graphkit.cypher.tokens import PARAMETER, read_query
from graphkit.errors import UsageError
from graphkit.questions.up_to_date import bring_up_to_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphkit.answers import QueryResult
    from graphkit.stopping import Stop
    from graphkit.stores.base import GraphStore

TIMEOUT: Final = 30.0
"""Seconds that a query may take unless something else is said."""
LIMIT: Final = 10_000
"""The most rows that a query gives unless something else is said."""
_NAME: Final = re.compile(r"[\w-]+")


def meant_by(told: str, folders: Sequence[Path]) -> SavedQuery:
    """The query that a text means.

    Args:
        told: Cypher, the name of a ``.cypher`` file, or the name of a saved query.
        folders: where further saved queries are.

    Raises:
        UsageError: there is no such file, or no such saved query.
    """
    if told.endswith(".cypher") and "\n" not in told:
        return read_saved(Path(told))
    if _NAME.fullmatch(told):
        return saved_query(told, folders)
    return SavedQuery("", "", "", (), told, "")


def ask(
    store: GraphStore,
    query: SavedQuery,
    given: Mapping[str, Any],
    concept: Callable[[str], str],
    *,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
    stop: Stop | None = None,
) -> QueryResult:
    """Runs a query with the values that were given for its parameters.

    Args:
        store: what is asked.
        query: as ``meant_by`` gives it.
        given: values by name.
        concept: gives the id of the concept that a name means.
        timeout: seconds that it may take.
        limit: the most rows to give back.
        stop: what cancels it.

    Raises:
        UsageError: a parameter is missing or not known.
        QueryError: the query is refused, not understood, fails, takes too long, or is cancelled.
    """
    values = values_for(query, given, concept) if query.parameters else dict(given)
    read = read_query(query.query)
    wanted = {token.value: token for token in read.tokens if token.kind == PARAMETER}
    for name, token in wanted.items():
        if name not in values:
            raise read.error(
                f"No value is given for ${name}.", token, f"Give one: --param {name}=VALUE"
            )
    if others := sorted(values.keys() - wanted.keys()):
        hint = f"It has {', '.join(wanted)}." if wanted else "It has none."
        raise UsageError(f"The query has no parameter {others[0]!r}.", hint)
    bring_up_to_date(store)
    return store.query(query.query, values, timeout=timeout, limit=limit, stop=stop)
