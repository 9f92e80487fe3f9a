"""What a page sends along with a question: a JSON object, read with care."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from graphkit.errors import UsageError

if TYPE_CHECKING:
    from starlette.requests import Request

MOST: Final = 4_000_000
"""So many bytes are read at the most."""


async def posted(request: Request) -> dict[str, Any]:
    """What was sent.

    Args:
        request: a POST.

    Raises:
        UsageError: it is no JSON object, or too long.
    """
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST:
            raise UsageError(f"More than {MOST:,} bytes were sent.")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"What was sent is no JSON: {error}.") from error
    if not isinstance(told, dict):
        raise UsageError("What was sent is no JSON object.")
    return told


def text_of(told: dict[str, Any], name: str) -> str:
    """A text of what was sent.

    Raises:
        UsageError: it is not given, or no text.
    """
    if not isinstance(found := told.get(name), str):
        raise UsageError(f"{name!r} is not given as a text.")
    return found
