"""Small things that every view says in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphkit.model import Link

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control and direction characters; not the newline and the tab."""
TOPICS = "graphkit.topics"
"""The module of answers about a vault as a whole: how they look is imported with the first one."""
_FEW_WORDS = 5


def visible(text: str) -> str:
    r"""Text that does nothing to a terminal: control and direction characters become ``\xNN``.

    Args:
        text: any text; newlines and tabs become spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\n", " ").replace("\t", " ")
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def clock(seconds: int) -> str:
    """A moment as players show it: ``13:56``, ``1:02:03``."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def most_telling(links: Iterable[Link], start: str) -> Link | None:
    """Of several links between two concepts, the one whose sentence explains most.

    A whole sentence comes before a bare line, one with a moment before one without, one that
    leads on before one that leads back, an earlier before a later.

    Args:
        links: links of one step.
        start: id of the concept that the step starts from.
    """
    return min(
        links,
        key=lambda link: (
            len(link.sentence.split()) < _FEW_WORDS,
            link.seconds is None,
            link.nearest,
            link.source != start,
            link.line,
        ),
        default=None,
    )
