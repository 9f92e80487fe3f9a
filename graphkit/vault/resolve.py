"""Where a link points: decisions over names, no files and no storage.

The rules and their order are those of ``docs/links.md``: path, name, alias, title, slug.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from graphkit.text import fold, slug
from graphkit.vault.addresses import is_media

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Target(NamedTuple):
    """What is to be resolved: a text as written, by a note of this folder.

    Args:
        folder: the source's folder, empty for the vault's root.
        form: ``wiki`` or ``markdown``.
        text: the target as written, without anchor and alias; empty for the note itself.
        own: id of the source where the text is empty or says the source's own alias or title,
            else empty: an alias leads to another note only.
    """

    folder: str
    form: str
    text: str
    own: str


class Name(NamedTuple):
    """A name that a note answers to; ``rule`` is ``name``, ``alias`` or ``title``."""

    rule: str
    folded: str
    exact: str
    concept: str


class Resolution(NamedTuple):
    """Where a target leads.

    Args:
        concept: a concept's id; None for an attachment.
        rule: the rule that found a note, None when none did.
        ambiguous: ids of the other notes that the rule found.
    """

    concept: str | None
    rule: str | None
    ambiguous: tuple[str, ...]


def keys_of(text: str) -> tuple[str, str]:
    """The slugs under which the names that could answer a target are found.

    Args:
        text: a target as written.

    Returns:
        The slug of the whole text and that of its last part (equal where there is no folder).
    """
    bare = _without_md(text)
    return slug(bare), slug(bare.rpartition("/")[2])


def resolve(
    target: Target,
    named: Callable[[str], Iterable[Name]],
    *,
    strict: bool = False,
    keys: tuple[str, str] | None = None,
) -> Resolution:
    """Finds the concept that a target means.

    Args:
        target: what was written, and where.
        named: gives all names with a certain slug.
        strict: stop after Obsidian's own rules (path, name, alias).
        keys: what ``keys_of`` says of the text, where that is known already.

    Returns:
        The note found by the first rule that finds any; else the unresolved concept's id; else,
        for a file that is no note, no concept at all.
    """
    text = _without_md(target.text)
    if not text:
        return Resolution(target.own, "path", ())
    whole, tail = keys or keys_of(target.text)
    folded, exact = fold(text), normalize("NFC", text)
    names = list(named(whole))
    by_path = [n for n in (names if whole == tail else named(tail)) if n.rule == "name"]
    found: Sequence[Name]
    if "/" in text or target.form == "markdown":
        found = _by_path(target, text, by_path)
        if found:
            return _chosen(target, found, "path")
    if "/" not in text:
        found = [name for name in names if name.rule == "name" and name.folded == folded]
        if found:
            return _chosen(target, _exact(found, exact), "name")
    for rule in ("alias",) if strict else ("alias", "title"):
        found = [
            name
            for name in names
            if name.rule == rule and name.folded == folded and name.concept != target.own
        ]
        if found:
            return _chosen(target, _exact(found, exact), rule)
    if not strict and "/" not in text:
        found = [name for name in names if name.rule == "name"]
        if found:
            return _chosen(target, found, "slug")
    if is_media(target.text):
        return Resolution(None, None, ())
    return Resolution(unresolved_id(target), None, ())


def unresolved_id(target: Target) -> str:
    """The id of the concept that stands for a target without a note: the normalised target.

    ``[[x/]]`` and ``[[./]]`` name a folder: no note is looked for under its name, so the id is one
    that no note can have, and the link does not follow when a note of that name comes or goes.
    """
    text = _without_md(target.text)
    if text.startswith(("./", "../")):
        text = posixpath.normpath(posixpath.join("/", target.folder, text))
    id_ = fold(text.strip("/").strip()) or fold(target.text)
    looked_for = keys_of(target.text)[1]
    return id_ if slug(id_.rpartition("/")[2]) == looked_for else f"{id_}/"


def _without_md(text: str) -> str:
    return text[:-3].rstrip() or text if text[-3:].lower() == ".md" else text


def _exact(found: Sequence[Name], exact: str) -> Sequence[Name]:
    """Where several names fold alike, those written in the very same case."""
    if len(found) > 1:
        return [name for name in found if name.exact == exact] or found
    return found


def _by_path(target: Target, text: str, named: Sequence[Name]) -> Sequence[Name]:
    """The notes that a path leads to; ``named`` are those with the right file name."""
    relative = text.startswith(("./", "../"))
    tries = []
    if relative or (target.form == "markdown" and not text.startswith("/")):
        tries.append(posixpath.normpath(posixpath.join("/", target.folder, text))[1:])
    if not relative:
        tries.append(posixpath.normpath(text.lstrip("/")))
    for path in tries:
        folded = fold(path)
        found = [name for name in named if fold(name.concept) == folded]
        if found:
            exact = normalize("NFC", path)
            return [n for n in found if normalize("NFC", n.concept) == exact] or found
    if relative or text.startswith("/") or "/" not in text:
        return []
    ending, folded_ending = "/" + normalize("NFC", text), "/" + fold(text)
    found = [name for name in named if fold(name.concept).endswith(folded_ending)]
    if len(found) > 1:
        return [n for n in found if normalize("NFC", n.concept).endswith(ending)] or found
    return found


def _chosen(target: Target, found: Sequence[Name], rule: str) -> Resolution:
    """The one under the source's folder, else the shortest path, else the lowest code point."""
    if len(found) == 1:
        return Resolution(found[0].concept, rule, ())
    here = target.folder + "/" if target.folder else ""
    ranked = sorted(
        {name.concept for name in found}, key=lambda id_: (not id_.startswith(here), len(id_), id_)
    )
    return Resolution(ranked[0], rule, tuple(ranked[1:]))
