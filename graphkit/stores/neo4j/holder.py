"""Which vault a database holds, and whether it may be loaded into: the ``:GraphkitVault`` node."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import StoreError
from graphkit.stores.stored import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from graphkit.stores.neo4j.connection import Connection

WANTED: Final = (
    "v {.vault, .schema_version, .last_whole, ._whole, ._fingerprint, ._root, ._membership, ._text}"
)
"""What a look-up asks of the node: not the long texts that it keeps besides."""
_LAST: Final = "ORDER BY v.last_whole DESC LIMIT 1"
_ASK: Final = f"MATCH (v:GraphkitVault) RETURN {WANTED} {_LAST}"
_MAP: Final = f"MATCH (v:GraphkitVault) RETURN v._map {_LAST}"
_CLUSTERS: Final = f"MATCH (v:GraphkitVault) RETURN v._clusters {_LAST}"


@dataclass(frozen=True, slots=True)
class Held:
    """What the ``:GraphkitVault`` node says.

    Args:
        vault: the name of the vault's folder.
        schema_version: of what was written.
        last_whole: when a load last came to its end, ISO 8601; None before the first did.
        whole: whether no load has begun since.
        fingerprint: of the index that was loaded.
        root: the vault's folder where it was loaded from.
        membership: relations that say what a note belongs to.
        text: whether the notes' text is there.
    """

    vault: str
    schema_version: int
    last_whole: str | None
    whole: bool
    fingerprint: str | None
    root: str | None
    membership: tuple[str, ...]
    text: bool


def held_of(told: Mapping[str, Any] | None) -> Held | None:
    """What a ``:GraphkitVault`` node's properties say; None where there is no such node."""
    if told is None:
        return None
    whole = told.get("last_whole")
    return Held(
        vault=str(told.get("vault")),
        schema_version=int(told.get("schema_version") or 0),
        last_whole=None if whole is None else str(whole),
        whole=bool(told.get("_whole")),
        fingerprint=told.get("_fingerprint"),
        root=told.get("_root"),
        membership=tuple(told.get("_membership") or ()),
        text=bool(told.get("_text")),
    )


def held(connection: Connection) -> Held | None:
    """What the database holds."""
    rows = connection.read(_ASK)
    return held_of(rows[0][0]) if rows else None


def map_text(connection: Connection) -> str | None:
    """The vault's map file as it was when the vault was loaded; None where there was none."""
    return next((text for (text,) in connection.read(_MAP)), None)


def packed(text: str) -> str:
    """A long text as the node keeps it, a third as long: who asks for the node gets all of it."""
    return b64encode(zlib.compress(text.encode())).decode()


def clusters_text(connection: Connection) -> str | None:
    """The clusters as they were when the vault was loaded; None where there were none."""
    told = next((held for (held,) in connection.read(_CLUSTERS)), None)
    return None if told is None else zlib.decompress(b64decode(told)).decode()


def check_readable(found: Held, address: str) -> None:
    """Makes sure that a graph can be asked.

    Raises:
        StoreError: a newer graphkit wrote it.
    """
    if found.schema_version > SCHEMA:
        raise StoreError(
            f"The graph at {address} is a newer graphkit's (schema {found.schema_version},"
            f" here {SCHEMA}).",
            "Upgrade graphkit.",
        )


def check_foreign(foreign: int, address: str) -> None:
    """Makes sure that there is no ``:Concept`` of somebody else's.

    Raises:
        StoreError: there is.
    """
    if foreign:
        raise StoreError(
            f"The database at {address} holds {foreign:,} :Concept nodes that graphkit did not"
            " write; it would take them for its own.",
            "Name another database with NEO4J_DATABASE, or give those nodes another label.",
        )


def why_another(
    found: Held | None, vault: str, root: str, known: Collection[str], wanted: Collection[str]
) -> str | None:
    """Why a database may only be loaded into if what it holds may be replaced.

    Args:
        found: what the database holds.
        vault: the name of the vault that is to be loaded.
        root: its folder.
        known: ids of the notes in the database.
        wanted: ids of the notes of the vault.

    Returns:
        The reason; None where it holds nothing yet, or this vault: of the same name, and from
        the same folder or with half of the notes in common.
    """
    if found is None:
        return None
    if found.schema_version > SCHEMA:
        return f"a newer graphkit's graph (schema {found.schema_version}, here {SCHEMA})"
    if found.vault != vault:
        return f"another vault, {found.vault!r}"
    common = len(set(known) & set(wanted))
    if found.root != root and known and wanted and 2 * common < min(len(known), len(wanted)):
        return f"another vault that is called {vault!r} too ({common:,} notes in common)"
    return None
