"""What is written in one note, as plain tuples: cheap to make and to send between processes."""

from __future__ import annotations

from typing import Any, NamedTuple


class WrittenLink(NamedTuple):
    """One link as it stands in a note, with its evidence, before anyone knows where it points.

    Args:
        form: ``wiki`` or ``markdown``: how the target is to be read.
        text: the target as it was written, without anchor and alias.
        kind: ``wiki``, ``markdown``, ``embed`` or ``property``.
        seconds: moment in the video, in whole seconds; None without a video or a time.
        nearest: true when the time is only the nearest in the same block.
    """

    form: str
    text: str
    relation: str
    kind: str
    anchor: str | None
    alias: str | None
    heading: str | None
    line: int
    sentence: str
    seconds: int | None
    nearest: bool


class WrittenReference(NamedTuple):
    """An outside address that a note points to."""

    kind: str
    text: str
    anchor: str | None
    alias: str | None
    line: int


class Problem(NamedTuple):
    """Something in a note that could not be taken as written; ``rule`` as in ``check``."""

    rule: str
    line: int | None
    message: str
    suggestion: str | None


class WrittenNote(NamedTuple):
    """Everything that one note says.

    Args:
        title: the frontmatter's title, None without one.
        properties: the frontmatter's fields that graphkit gives no meaning of its own.
        words: number of words in the body.
        headings: every heading's text, in order.
        body: its text, a line for each block: plain words, as ``search`` finds them.
        places: of each of these lines, as JSON, where it stands: see ``saying.place_of``.

    From a worker process links, references and problems come as plain tuples: they are to be
    unpacked, not asked by name.
    """

    title: str | None
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    video: str | None
    words: int
    summary: str | None
    properties: dict[str, Any]
    links: list[WrittenLink]
    references: list[WrittenReference]
    problems: list[Problem]
    headings: list[str]
    body: str
    places: str
