"""A note's frontmatter: properties, names, tags, video, and the links that stand in it.

How its YAML is read is ``frontmatter``'s business.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.text import fold, relation_name
from graphkit.vault.addresses import video_in
from graphkit.vault.written import Problem, WrittenLink

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*+\r?$", re.MULTILINE)
_KEY_LINE = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_WIKI = re.compile(
    r"\s*+\[\[([^\[\]\n|#]*+)(?:#([^\[\]\n|]*+))?"
    r"(?:\|((?:[^\[\]\n]|\[[^\[\]\n]*+\])*+))?\]\]\s*+\Z"
)
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{6,64}\Z")
_NAMES: Final = {
    "title": "title",
    "alias": "aliases",
    "aliases": "aliases",
    "tag": "tags",
    "tags": "tags",
}


class Frontmatter(NamedTuple):
    """What stands at the head of a note; ``body`` is where the rest begins, in characters."""

    title: str | None
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    video: str | None
    properties: dict[str, Any]
    links: list[WrittenLink]
    problems: list[Problem]
    body: int


def body_start(text: str) -> int:
    """Where a note's body begins, in characters: behind its frontmatter, if it has any."""
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end()) if opened else None
    return closed.end() if closed else 0


def read_frontmatter(text: str) -> Frontmatter:
    """Reads a note's frontmatter.

    Args:
        text: the whole note.

    Returns:
        What was found. Where the YAML cannot be used, a problem says why and on which line, and
        everything but ``body`` is empty: the body is never lost.
    """
    problems: list[Problem] = []
    opened = _OPEN.match(text)
    closed = _CLOSE.search(text, opened.end()) if opened else None
    if opened is None or closed is None:
        if opened and _KEY_LINE.match(text, opened.end()):
            message = "The frontmatter opens here and is never closed by a line of three dashes."
            problems.append(Problem("frontmatter", 1, message, None))
        return Frontmatter(None, (), (), None, {}, [], problems, 0)
    source = text[opened.end() : closed.start()]
    from graphkit.vault.frontmatter import load_frontmatter  # noqa: PLC0415 - YAML's own cost

    read = _Reading(*load_frontmatter(source, problems), problems)
    return Frontmatter(
        read.title(),
        read.names("aliases"),
        tuple(
            dict.fromkeys(fold(tag.strip("#/ ")) for tag in read.names("tags") if tag.strip("#/ "))
        ),
        read.video(),
        read.properties(),
        list(read.links()),
        problems,
        closed.end(),
    )


class _Reading:
    """One frontmatter while it is being read: takes out what has a meaning of its own."""

    def __init__(
        self, values: dict[str, Any], lines: dict[str, list[int]], problems: list[Problem]
    ) -> None:
        self._values = values
        self._lines = lines
        self._problems = problems
        self._taken: set[str] = set()

    def title(self) -> str | None:
        """The title, if there is one and it is a text."""
        for key, value in self._values.items():
            if _NAMES.get(key.lower()) == "title" and value is not None:
                if not isinstance(value, str):
                    self._complain(key, "should be a text")
                elif value.strip():
                    self._taken.add(key)
                    return " ".join(value.split())
        return None

    def names(self, which: str) -> tuple[str, ...]:
        """The aliases or tags: a list, or a text with commas (and, for tags, spaces)."""
        found: list[str] = []
        for key, value in self._values.items():
            if _NAMES.get(key.lower()) != which:
                continue
            self._taken.add(key)
            if isinstance(value, list):
                found += (item for item in value if isinstance(item, str))
                if any(isinstance(item, list | dict) for item in value):
                    self._complain(key, "should hold texts only")
            elif isinstance(value, str):
                found += re.split(r"[,\s]+" if which == "tags" else ",", value)
            elif value is not None:
                self._complain(key, "should be a list or a text")
        return tuple(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))

    def _complain(self, key: str, wish: str) -> None:
        self._taken.discard(key)
        line = self._lines.get(key, [1])[0]
        message = f"{key!r} {wish}; it is kept as a property only."
        self._problems.append(Problem("frontmatter", line, message, None))

    def video(self) -> str | None:
        """The id of the YouTube video that the note names."""
        told = self._values.get("videoId")
        if isinstance(told, str) and _VIDEO_ID.match(told.strip()):
            return told.strip()
        for key in ("url", "source", "video"):
            value = self._values.get(key)
            if isinstance(value, str) and (video := video_in(value)):
                return video
        return None

    def properties(self) -> dict[str, Any]:
        """All other fields, sorted by key."""
        left = (key for key in self._values if key not in self._taken)
        return {key: self._values[key] for key in sorted(left)}

    def links(self) -> Iterator[WrittenLink]:
        """The quoted wiki-links that are a property's value or an item of its list."""
        for key, value in self._values.items():
            lines = self._lines.get(key, ())
            for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
                found = _WIKI.match(item) if isinstance(item, str) else None
                if found is None or not (found[1].strip() or (found[2] or "").strip()):
                    continue
                target = found[1].strip().removesuffix("\\")
                alias = (found[3] or "").strip() or None
                anchor = (found[2] or "").strip() or None
                line = lines[number] if number < len(lines) else 1
                sentence = f"{key}: {alias or target or anchor}"
                relation = relation_name(key)
                yield WrittenLink(
                    "wiki",
                    target,
                    relation,
                    "property",
                    anchor,
                    alias,
                    None,
                    line,
                    sentence,
                    None,
                    False,
                )
