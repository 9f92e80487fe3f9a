"""Clusters around words that people keep: a name, and the words that they are found around anew.

They are the part ``around`` of the vault's map file; which notes they hold is never written down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.errors import UsageError
from graphkit.text import slug
from graphkit.vault.map_file import is_text, list_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST: Final = 100
"""Characters of a name at the most."""
_MOST_WORDS: Final = 1_000
_MOST_NOTES: Final = 1_000_000
_KEY: Final = "around"


class AroundWords(NamedTuple):
    """A cluster around words that lasts.

    Args:
        name: what it is called; no other one has it, in whatever case.
        words: what its notes say, as ``around`` takes them.
        size: the most notes; None: as many as hang together.
    """

    name: str
    words: str
    size: int | None


def around_words(parts: Mapping[str, Any]) -> tuple[AroundWords, ...]:
    """Those of a map file, in its order.

    Args:
        parts: see ``vault.map_file.read_map``.

    Raises:
        TypeError, KeyError, ValueError: one is not of its form, or two have one name.
    """
    found = tuple(_one(told) for told in list_of(parts, _KEY))
    known: set[str] = set()
    for one in found:
        if slug(one.name) in known:
            raise ValueError(f"two clusters around words are called {one.name!r}")
        known.add(slug(one.name))
    return found


def _one(told: Mapping[str, Any]) -> AroundWords:
    name, words, size = told["name"], told["words"], told["size"]
    if not (_is_line(name, LONGEST) and _is_line(words, _MOST_WORDS)):
        raise ValueError(f"{name!r} around {words!r} is no name around words")
    if size is not None and (type(size) is not int or not 0 < size <= _MOST_NOTES):
        raise ValueError(f"the size of {name!r} is no number of notes: {size!r}")
    return AroundWords(name, words, size)


def _is_line(told: object, most: int) -> bool:
    return is_text(told) and told.isprintable() and 0 < len(told.strip()) == len(told) <= most


def called_so(some: Iterable[AroundWords], name: str) -> AroundWords | None:
    """The one of a name, in whatever case; None where there is none."""
    wanted = slug(name.strip())
    return next((one for one in some if slug(one.name) == wanted), None)


def with_around(parts: dict[str, Any], given: AroundWords) -> dict[str, Any]:
    """A map that has one more; the same where it has just this one.

    Raises:
        UsageError: it is no name or there are no words, or the name is another one's.
    """
    if not (_is_line(given.name, LONGEST) and _is_line(given.words, _MOST_WORDS)):
        raise UsageError(
            f"A name is one line of {LONGEST} characters at the most, words of {_MOST_WORDS:,}."
        )
    some = around_words(parts)
    if (there := called_so(some, given.name)) and there != given:
        raise UsageError(
            f"What is around {there.words!r} is called {there.name!r} already.", "Choose another."
        )
    return _with(parts, {*some, given})


def without_around(parts: dict[str, Any], name: str) -> dict[str, Any]:
    """A map that has none of a name."""
    some = around_words(parts)
    return _with(parts, set(some) - {called_so(some, name)})


def _with(parts: dict[str, Any], some: Iterable[AroundWords]) -> dict[str, Any]:
    ordered = sorted(some, key=lambda one: (slug(one.name), one.name))
    return {**parts, _KEY: [one._asdict() for one in ordered]}
