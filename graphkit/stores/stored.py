"""What the graph holds in an engine that runs Cypher: the same on every one of them.

A property there is a flag, a number, a text, or a list of one of these. What is more than that
(a map, a mixed list, an integer beyond 64 bits) is kept as JSON text.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Any, Final

from graphkit.stores.networkx import link_properties, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.model import Link, Node

SCHEMA: Final = 1
"""The version of what is said here."""
VAULT_LABEL: Final = "GraphkitVault"
_LARGEST: Final = 2**63


def stored_node(node: Node) -> dict[str, Any]:
    """The properties of a concept's node, ``_hash`` aside; those not known are left out."""
    return _stored(properties_of(node))


def stored_link(link: Link) -> dict[str, Any]:
    """The properties of a link's relationship; its relation is the relationship's type."""
    told = link_properties(link)
    del told["relation"]
    return _stored(told)


def stored_vault(vault: str) -> dict[str, Any]:
    """The properties of the one node that says which vault this is.

    Args:
        vault: the vault's name.
    """
    return {"id": vault, "title": vault, "name": vault, "schema": SCHEMA}


def hash_of(node: Node, links: Iterable[Link]) -> str:
    """What tells whether a note's rows are the same as before: the note's ``_hash``.

    Args:
        node: the note.
        links: the links that start there, in order.
    """
    rows = [stored_node(node), [[link.target, link.relation, stored_link(link)] for link in links]]
    told = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(told.encode("ascii"), digest_size=16).hexdigest()


def _stored(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        storable(key): storable(value) for key, value in properties.items() if value is not None
    }


def storable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A value as an engine can hold it; what it cannot hold as JSON text.

    Args:
        value: anything that JSON has.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return json.dumps(value)
    if isinstance(value, dict) or (isinstance(value, list) and not _is_plain(value)):
        return json.dumps(value)
    return (
        [_text(item) if isinstance(item, str) else item for item in _of_one_kind(value)]
        if (isinstance(value, list))
        else value
    )


def _text(text: str) -> str:
    """Text that can be written as UTF-8; a lone surrogate is replaced."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _is_plain(values: list[Any]) -> bool:
    """Whether a list holds values of one kind only, and none that needs JSON itself."""
    kinds = {type(value) for value in values}
    if kinds <= {int, float} and kinds:
        return all(
            math.isfinite(value) if isinstance(value, float) else abs(value) < _LARGEST
            for value in values
        )
    return len(kinds) <= 1 and kinds <= {str, bool}


def _of_one_kind(values: list[Any]) -> list[Any]:
    """Whole numbers beside others as floating-point numbers, as Neo4j stores them."""
    if {type(value) for value in values} == {int, float}:
        return [float(value) for value in values]
    return values
