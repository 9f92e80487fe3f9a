"""Keys that the embedded engine keeps under another name, since it makes them up itself."""

from __future__ import annotations

from typing import Any, Final

ESCAPED: Final = frozenset("type label node_type connection_type start end start_id end_id".split())
"""Keys that the engine makes up where there is none."""
PREFIX: Final = "_gk_"


def escaped(key: str) -> str:
    """The name under which the engine keeps a property."""
    return PREFIX + key if key in ESCAPED else key


def escaped_keys(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A parameter with the keys of its maps as the engine keeps them."""
    if isinstance(value, dict):
        return {escaped(key): escaped_keys(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [escaped_keys(item) for item in value]
    return value
