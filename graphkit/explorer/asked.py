"""What stands behind the ``?`` of an address, read with care."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphkit.errors import NoSuchConceptError, UsageError
from graphkit.questions.lookup import find_concept

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

_MOST: Final = 100_000
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


class Asked:
    """The parameters of a request.

    Args:
        given: as the address has them.
    """

    def __init__(self, given: QueryParams) -> None:
        self._given = given

    def text(self, name: str) -> str:
        """A parameter's text.

        Raises:
            UsageError: it is not given.
        """
        if (told := self._given.get(name)) is None:
            raise UsageError(f"{name!r} is not given.")
        return told

    def maybe(self, name: str) -> str | None:
        """A parameter's text; None where it is not given, or empty."""
        return self._given.get(name) or None

    def number(self, name: str, otherwise: int, most: int = _MOST) -> int:
        """A parameter's number, from 1.

        Args:
            name: the parameter.
            otherwise: the number where it is not given.
            most: the largest that is taken.

        Raises:
            UsageError: it is no such number.
        """
        found = self.maybe_number(name, most)
        return otherwise if found is None else found

    def maybe_number(self, name: str, most: int = _MOST) -> int | None:
        """A parameter's number, from 1; None where it is not given.

        Raises:
            UsageError: it is no such number.
        """
        if (told := self.maybe(name)) is None:
            return None
        if not (_NUMBER.fullmatch(told) and 0 < int(told) <= most):
            raise UsageError(f"{name!r} is {told!r}; give a number from 1 to {most:,}.")
        return int(told)

    def flag(self, name: str) -> bool:
        """Whether something is wanted: ``1`` or ``true``."""
        return self._given.get(name, "").lower() in {"1", "true"}

    def concept(self, store: GraphStore, name: str = "concept") -> Concept:
        """The concept that a parameter names, by its id or another name, but never by a guess.

        Raises:
            NoSuchConceptError: there is none; one that is only like it is among its candidates.
            AmbiguousConceptError: there are several.
            UsageError: it is not given.
        """
        return meant(store, self.text(name))

    def concepts(self, store: GraphStore, name: str) -> tuple[str, ...]:
        """The ids of the concepts that a parameter names, which may be given several times."""
        return tuple(meant(store, told).id for told in self._given.getlist(name))


def meant(store: GraphStore, name: str) -> Concept:
    """The concept that a name means; see ``Asked.concept``."""
    found = find_concept(store, name)
    if found.note is not None:
        raise NoSuchConceptError(name, [found.concept])
    return found.concept
