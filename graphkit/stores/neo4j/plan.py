"""What a load has to do: the index compared with what the database says of itself."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import OtherGraphError, StoreError, VaultError
from graphkit.index import sending
from graphkit.index.kept import CLUSTERS_STATE
from graphkit.stores.neo4j import holder, schema
from graphkit.stores.stored import SCHEMA, hash_salt

if TYPE_CHECKING:
    from graphkit.index.sending import Figures
    from graphkit.stores.embedded import EmbeddedStore
    from graphkit.stores.neo4j.connection import Connection

_STATE: Final = (
    "MATCH (c:Concept) RETURN c.id, c._hash, CASE WHEN c._slugs IS NULL THEN null ELSE"
    " c.in_degree + ' ' + c.out_degree + ' ' + c._neighbours + CASE WHEN c._index THEN ' i' ELSE ''"
    " END + coalesce(' ' + c._clustered, '') + CASE WHEN c:Note THEN '' ELSE ' ' + c.title END END"
)


@dataclass(frozen=True)
class Plan:
    """What is to be sent.

    Args:
        vault: the name of the vault's folder.
        root: its folder.
        text: whether notes' texts are sent.
        map_text: of the vault's map file; None where there is none.
        fingerprint: of the index; None where it must not be relied on.
        anything: whether there is anything to do.
        hashes: of the notes that are sent.
        known: the figures of every concept.
        stops: ids of index notes.
        new_concepts: ids that the database lacks, and unresolved ones that are notes there.
        added: ids of notes to add.
        changed: ids of notes to replace.
        removed: ids of notes that are no more.
        unchanged: how many notes are the same.
        figures: for concepts that are not sent, the properties that differ.
        gone: ids of what is to be deleted.
        links: how many links are sent.
    """

    vault: str
    root: str
    text: bool
    map_text: str | None
    fingerprint: str | None
    anything: bool
    hashes: dict[str, str] = field(default_factory=dict)
    known: dict[str, Figures] = field(default_factory=dict)
    stops: frozenset[str] = frozenset()
    new_concepts: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    figures: tuple[dict[str, Any], ...] = ()
    gone: tuple[str, ...] = ()
    links: int = 0

    @property
    def sent(self) -> list[str]:
        """Ids of the notes that are sent, in order."""
        return sorted((*self.added, *self.changed))


def nothing_to_do(vault: EmbeddedStore, connection: Connection, *, text: bool) -> Plan | None:
    """The plan for a database that is whole and in step already; None where it may not be.

    Args:
        vault: the vault's index.
        connection: to the server.
        text: whether notes' texts are wanted there.
    """
    found = holder.held(connection)
    plan = _empty(vault, text=text)
    if (
        found is None
        or plan.fingerprint is None
        or not found.whole
        or (found.schema_version, found.fingerprint) != (SCHEMA, plan.fingerprint)
    ):
        return None
    return dataclasses.replace(plan, unchanged=vault.counts()["notes"])


def _empty(vault: EmbeddedStore, *, text: bool) -> Plan:
    """The plan that sends nothing: what the vault is called, where it is, and its fingerprint."""
    name, root = vault.meta("vault") or vault.vault.name, vault.meta("root") or str(vault.vault)
    map_text = None
    with suppress(VaultError):  # one that may not be read is not used anywhere
        map_text = vault.map_text()
    clusters = vault.meta(CLUSTERS_STATE)
    salt = f"{hash_salt(text=text)} vault={name} clusters={clusters} map={map_text}"
    fingerprint = sending.fingerprint(vault.connection, salt)
    return Plan(name, root, text, map_text, fingerprint, anything=False)


def make_plan(vault: EmbeddedStore, connection: Connection, *, text: bool, replace: bool) -> Plan:
    """Compares a vault's index with a database.

    Args:
        vault: the vault's index.
        connection: to the server.
        text: whether notes' texts are wanted there.
        replace: what the database holds of another vault may go.

    Raises:
        OtherGraphError: it holds another vault, or a newer graphkit's graph.
        StoreError: it holds nodes that graphkit did not write, or the vault holds what Neo4j
            cannot.
    """
    plan = _empty(vault, text=text)
    found = holder.held(connection)
    state = {id_: (hash_, told) for id_, hash_, told in _state(connection)}
    known = sending.figures(vault.connection)
    notes_there = {id_ for id_, (hash_, _) in state.items() if hash_ is not None}
    notes_here = {id_ for id_, told in known.items() if told.note}
    why = holder.why_another(found, plan.vault, plan.root, notes_there, notes_here)
    if why and not replace:
        raise OtherGraphError(connection.address, why)
    hashes = sending.note_hashes(vault.connection, hash_salt(text=text))
    differing = {id_: h for id_, h in hashes.items() if state.get(id_, (None,))[0] != h}
    _check_keys(vault, [id_ for id_ in known if id_ not in state])
    stops = frozenset(concept.id for concept in vault.index_notes(sorted(notes_here)))
    gone = tuple(sorted(state.keys() - known.keys()))
    figures = tuple(
        _figures(id_, told, stop=id_ in stops)
        for id_, told in known.items()
        if id_ not in differing
        and id_ in state
        and (id_ in notes_there) == told.note
        and state[id_][1] != _as_state(told, stop=id_ in stops)
    )
    return dataclasses.replace(
        plan,
        anything=True,
        hashes=differing,
        known=known,
        stops=stops,
        new_concepts=tuple(id_ for id_ in known if id_ not in state),
        added=tuple(sorted(differing.keys() - notes_there)),
        changed=tuple(sorted(differing.keys() & notes_there)),
        removed=tuple(sorted(notes_there - notes_here)),
        unchanged=len(notes_here) - len(differing),
        figures=figures,
        gone=gone,
        links=sum(known[id_].out_degree for id_ in differing),
    )


def _state(connection: Connection) -> list[list[Any]]:
    """Of every concept there its id, its note's hash and its figures."""
    rows = connection.read(_STATE)
    holder.check_foreign(sum(row[2] is None for row in rows), connection.address)
    return rows


def _as_state(told: Figures, *, stop: bool) -> str:
    """A concept's figures in the form in which the database is asked for them."""
    figures = f"{told.in_degree} {told.out_degree} {told.neighbours}{' i' * stop}"
    if told.place.mark:
        figures += f" {told.place.mark}"
    return figures if told.note else f"{figures} {told.title}"


def _figures(id_: str, told: Figures, *, stop: bool) -> dict[str, Any]:
    row = {
        "id": id_,
        "in_degree": told.in_degree,
        "out_degree": told.out_degree,
        "_neighbours": told.neighbours,
        "_index": True if stop else None,
    }
    if not told.note:
        return row | {"title": told.title, "name": told.title}
    place = told.place._asdict()
    return row | {"_clustered": place.pop("mark")} | place


def _check_keys(vault: EmbeddedStore, ids: list[str]) -> None:
    """Makes sure that the server's unique index takes every id; one that it does not is rare."""
    for id_ in ids:
        if len(id_) > schema.LARGEST_KEY // 4 and len(id_.encode()) > schema.LARGEST_KEY:
            link = next(iter(vault.links([id_], "in")), None)
            where = f"{link.source}.md:{link.line} links to" if link else "There is"
            raise StoreError(
                f"{where} a name of {len(id_.encode()):,} bytes, {id_[:40]!r}…; Neo4j's index holds"
                f" {schema.LARGEST_KEY:,} at the most.",
                "Shorten it.",
            )
