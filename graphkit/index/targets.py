"""Settles where links point, which unresolved concepts there are, and how many links each has.

Only targets are resolved whose answer may have changed: those that are new, and those for which
a name came, went or changed.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graphkit.text import slug
from graphkit.vault.resolve import Name, Target, resolve

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Iterator

    from graphkit.index.write import NoteWriter

_EDGES = (
    "SELECT link.source, target.concept, link.relation FROM link"
    " JOIN target ON target.id = link.target WHERE target.concept IS NOT NULL"
)
_IN = " IN (SELECT value FROM json_each(?))"

Edges = Counter[tuple[int, int, str]]


def edges_of(connection: sqlite3.Connection, notes: Collection[int]) -> Edges:
    """The links that start at some notes, as source, concept and relation, counted."""
    if not notes:
        return Counter()
    return Counter(connection.execute(f"{_EDGES} AND link.source{_IN}", (_ids(notes),)))


def settle(
    connection: sqlite3.Connection,
    *,
    strict: bool,
    membership: Collection[str],
    writer: NoteWriter | None,
    before: Edges,
) -> int:
    """Brings targets, unresolved concepts and numbers of links into step with the links.

    Args:
        connection: the index, within a transaction.
        strict: resolve by Obsidian's own rules only.
        membership: relations that do not make neighbours.
        writer: what has been written; None to settle everything.
        before: the links of the notes that were read or deleted, as they were.

    Returns:
        How many links point elsewhere than before, or to what has become a note or is one no
        more, although their own notes did not change.
    """
    _drop_unused(connection, None if writer is None else writer.released)
    moved = _resolve_targets(connection, strict=strict, writer=writer)
    touched: set[int] | None = None
    renamed: set[int] | None = None
    elsewhere = 0
    if writer is not None:
        after = edges_of(connection, writer.written | {edge[0] for edge in before})
        renamed = {edge[1] for edge in (*before, *after)}
        relinked = set(writer.added)
        for edge in before.keys() | after.keys():
            if before[edge] != after[edge]:
                relinked.update(edge[:2])
        for old, new, sources in moved:
            relinked.update(sources, (old, new) if old else (new,))
            renamed.update((old, new) if old else (new,))
            elsewhere += sum(source not in writer.written for source in sources)
        note_relinked(connection, relinked)
        touched = writer.written | relinked
    _drop_unlinked(connection, renamed)
    _name_unresolved(connection, renamed)
    _count_links(connection, touched, frozenset(membership))
    return elsewhere


def note_relinked(connection: sqlite3.Connection, concepts: Collection[int] | None) -> None:
    """Adds some notes, or all, to the list of those whose links may have changed."""
    some = "" if concepts is None else f" AND id{_IN}"
    connection.execute(
        f"INSERT OR IGNORE INTO relinked SELECT key FROM concept WHERE note{some}",
        () if concepts is None else (_ids(concepts),),
    )


def _ids(numbers: Iterable[int]) -> str:
    return json.dumps(list(numbers))


def _drop_unused(connection: sqlite3.Connection, released: Collection[int] | None) -> None:
    unused = (
        "DELETE FROM target WHERE NOT EXISTS (SELECT 1 FROM link WHERE link.target = target.id)"
    )
    if released is None:
        connection.execute(unused)
    elif released:
        connection.execute(f"{unused} AND id{_IN}", (_ids(released),))


def _resolve_targets(
    connection: sqlite3.Connection, *, strict: bool, writer: NoteWriter | None
) -> list[tuple[int | None, int, list[int]]]:
    """Resolves targets; gives back old concept, new concept and sources of each that moved."""
    columns = "id, slug, tail, concept, resolved_by, ambiguous, folder, form, text, own FROM target"
    if writer is None:
        rows = connection.execute(f"SELECT {columns}").fetchall()
        named = _all_names(connection)
        known = dict(connection.execute("SELECT key, id FROM concept").fetchall())
        unused = itertools.count(max(known.values(), default=0) + 1)
    else:
        names = json.dumps(sorted(writer.changed_names))
        rows = connection.execute(
            f"SELECT {columns} WHERE id{_IN} OR slug{_IN} OR tail{_IN}",
            (_ids(writer.new_targets), names, names),
        ).fetchall()
        named = _names_on_demand(connection)
        known = {}
        # A deleted note's number would look like no change.
        unused = itertools.count(writer.next_concept)
    changes = []
    moved: list[tuple[int | None, int, list[int]]] = []
    for id_, whole, tail, concept, rule, ambiguous, *told in rows:
        found = resolve(Target(*told), named, strict=strict, keys=(whole, tail))
        now = known.get(found.concept) if found.concept else None
        if now is None and found.concept is not None:
            now = known[found.concept] = _concept_of(connection, found.concept, unused)
        others = json.dumps(found.ambiguous) if found.ambiguous else "[]"
        if (now, found.rule, others) == (concept, rule, ambiguous):
            continue
        changes.append((now, found.rule, others, id_))
        if writer is not None and (now != concept or (rule is None) != (found.rule is None)):
            linked = connection.execute("SELECT source FROM link WHERE target = ?", (id_,))
            moved.append((concept, now or 0, [row[0] for row in linked]))
    connection.executemany(
        "UPDATE target SET concept = ?, resolved_by = ?, ambiguous = ? WHERE id = ?", changes
    )
    return moved


def _concept_of(connection: sqlite3.Connection, key: str, unused: Iterator[int]) -> int:
    """The number of a concept; one that is not there is made, unresolved."""
    row = connection.execute("SELECT id FROM concept WHERE key = ?", (key,)).fetchone()
    if row is not None:
        return int(row[0])
    number = next(unused)
    connection.execute(
        "INSERT INTO concept (id, key, title, name, note) VALUES (?, ?, ?, ?, 0)",
        (number, key, key, key),
    )
    connection.execute(
        "INSERT INTO name VALUES (?, 'unresolved', ?, ?, ?)", (slug(key), key, key, number)
    )
    return number


_NAMES = (
    "SELECT name.slug, name.rule, name.folded, name.exact, concept.key FROM name"
    " JOIN concept ON concept.id = name.concept"
)


def _all_names(connection: sqlite3.Connection) -> Callable[[str], Iterable[Name]]:
    names: dict[str, list[Name]] = defaultdict(list)
    for called, *name in connection.execute(_NAMES):
        names[called].append(Name(*name))
    return lambda called: names.get(called, ())


def _names_on_demand(connection: sqlite3.Connection) -> Callable[[str], Iterable[Name]]:
    names: dict[str, list[Name]] = {}

    def named(called: str) -> Iterable[Name]:
        if called not in names:
            rows = connection.execute(f"{_NAMES} WHERE name.slug = ?", (called,))
            names[called] = [Name(*row[1:]) for row in rows]
        return names[called]

    return named


def _drop_unlinked(connection: sqlite3.Connection, concepts: Collection[int] | None) -> None:
    unlinked = (
        "SELECT id FROM concept WHERE note = 0 AND NOT EXISTS"
        " (SELECT 1 FROM target WHERE target.concept = concept.id)"
    )
    if concepts is None:
        gone = connection.execute(unlinked).fetchall()
    else:
        gone = connection.execute(f"{unlinked} AND id{_IN}", (_ids(concepts),)).fetchall()
    connection.executemany("DELETE FROM name WHERE concept = ?", gone)
    connection.executemany("DELETE FROM concept WHERE id = ?", gone)


def _name_unresolved(connection: sqlite3.Connection, concepts: Collection[int] | None) -> None:
    """Gives unresolved concepts their commonest spelling, ties by code point."""
    some = "" if concepts is None else f" AND concept.id{_IN}"
    spellings: dict[int, Counter[str]] = defaultdict(Counter)
    for concept, text, count in connection.execute(
        "SELECT concept.id, target.text, COUNT(*) FROM concept"
        " JOIN target ON target.concept = concept.id JOIN link ON link.target = target.id"
        f" WHERE concept.note = 0{some} GROUP BY concept.id, target.text",
        () if concepts is None else (_ids(concepts),),
    ):
        spelling = text[:-3] if text[-3:].lower() == ".md" and len(text) > 3 else text  # noqa: PLR2004
        spellings[concept][spelling] += count
    titles = ((min(c, key=lambda t: (-c[t], t)), concept) for concept, c in spellings.items())
    connection.executemany(
        "UPDATE concept SET title = ?1, name = ?1 WHERE id = ?2 AND title <> ?1", titles
    )


def _count_links(
    connection: sqlite3.Connection, concepts: Collection[int] | None, membership: frozenset[str]
) -> None:
    into: Counter[int] = Counter()
    out: Counter[int] = Counter()
    near: dict[int, set[int]] = defaultdict(set)

    def follow(edges: Iterator[tuple[int, int, str]], *, forth: bool, back: bool) -> None:
        for source, concept, relation in edges:
            walked = source != concept and relation not in membership
            if forth:
                out[source] += 1
                if walked:
                    near[source].add(concept)
            if back:
                into[concept] += 1
                if walked:
                    near[concept].add(source)

    if concepts is None:
        follow(connection.execute(_EDGES), forth=True, back=True)
        concepts = [row[0] for row in connection.execute("SELECT id FROM concept")]
    else:
        some = (_ids(concepts),)
        follow(connection.execute(f"{_EDGES} AND link.source{_IN}", some), forth=True, back=False)
        follow(
            connection.execute(f"{_EDGES} AND target.concept{_IN}", some), forth=False, back=True
        )
    connection.executemany(
        "UPDATE concept SET in_degree = ?1, out_degree = ?2, neighbours = ?3 WHERE id = ?4"
        " AND (in_degree, out_degree, neighbours) <> (?1, ?2, ?3)",
        ((into[c], out[c], len(near.get(c, ())), c) for c in concepts),
    )
