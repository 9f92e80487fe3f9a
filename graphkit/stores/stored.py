"""What the graph holds in an engine that runs Cypher: the same on every one of them.

A property there is a flag, a number, a text, or a list of one of these. What is more than that
(a map, a mixed list, an integer beyond 64 bits, a lone surrogate) is kept as JSON text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.stores.networkx import link_properties, properties_of

if TYPE_CHECKING:
    from graphkit.model import Link, Node

SCHEMA: Final = 2
"""The version of what is said here."""
VAULT_LABEL: Final = "GraphkitVault"
_LARGEST: Final = 2**63
_LONGEST_KEY: Final = 1_000


class StoredNode(NamedTuple):
    """A concept as an engine can hold it.

    Args:
        properties: those of its node, but for graphkit's own bookkeeping, which begins with ``_``.
        as_text: keys of those that are JSON text in place of what they stand for.
        aside: what no property can hold: odd keys, and values that are null.
    """

    properties: dict[str, Any]
    as_text: list[str]
    aside: dict[str, Any]


def stored_node(node: Node) -> StoredNode:
    """A concept's node.

    Args:
        node: the concept.
    """
    properties: dict[str, Any] = {}
    as_text: list[str] = []
    aside: dict[str, Any] = {}
    for key, value in properties_of(node).items():
        if not _is_key(key) or value is None:
            aside[key] = value
        elif _holds(value):
            properties[key] = value
        else:
            properties[key] = json.dumps(value)
            as_text.append(key)
    return StoredNode(properties, as_text, aside)


def stored_link(link: Link) -> dict[str, Any]:
    """The properties of a link's relationship, whose type is the relation; none is null."""
    told = link_properties(link)
    del told["relation"]
    return {key: value for key, value in told.items() if value is not None}


def stored_vault(vault: str) -> dict[str, Any]:
    """The properties of the one node that says which vault this is.

    Args:
        vault: the vault's name.
    """
    return {"id": vault, "title": vault, "name": vault, "vault": vault, "schema_version": SCHEMA}


def hash_salt(*, text: bool) -> str:
    """What decides a note's ``_hash`` besides the note: see ``index.sending.note_hashes``.

    Args:
        text: whether the note's text is stored too.
    """
    return f"schema={SCHEMA} text={text}"


def _is_key(key: str) -> bool:
    return 0 < len(key) <= _LONGEST_KEY and "\0" not in key and _is_text(key)


def _is_text(value: str) -> bool:
    if value.isascii():
        return True
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _holds(value: object) -> bool:
    """Whether a property can be this value, and comes back as it is."""
    if isinstance(value, list):
        kinds = {type(item) for item in value}
        return not kinds or (
            len(kinds) == 1 and kinds <= {bool, int, float, str} and all(map(_holds, value))
        )
    if isinstance(value, bool | float):
        return True
    if isinstance(value, int):
        return -_LARGEST <= value < _LARGEST
    return isinstance(value, str) and _is_text(value)
