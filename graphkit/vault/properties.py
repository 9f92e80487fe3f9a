"""A note's frontmatter: properties, names, tags, video, and the links that stand in it.

Whatever a stranger's YAML holds, reading it ends soon and harms nothing: no object is built but
plain data, nesting is bounded before libyaml sees it, aliases cannot blow the result up.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.text import fold
from graphkit.vault.addresses import video_in
from graphkit.vault.evidence import relation_name
from graphkit.vault.written import Problem, WrittenLink

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPEN = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*+\r?$", re.MULTILINE)
_KEY_LINE = re.compile(r"[\w-]+[ \t]*:(?:[ \t]|\r?$)", re.MULTILINE)
_WIKI = re.compile(r"\s*\[\[([^\[\]\n|#]*)(?:#([^\[\]\n|]*))?(?:\|([^\n]*))?\]\]\s*\Z")
_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{6,64}\Z")
_NAMES: Final = {
    "title": "title",
    "alias": "aliases",
    "aliases": "aliases",
    "tag": "tags",
    "tags": "tags",
}
DEEPEST: Final = 100
"""Levels of nesting that frontmatter may have."""
_MOST_VALUES: Final = 50_000
_LONGEST: Final = 1_000_000


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
    values = _load(source, problems)
    read = _Reading(source, values, problems)
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


@cache
def _loader() -> tuple[Any, Any, Any]:
    import frontmatter  # noqa: PLC0415 - only who parses pays for it
    import yaml  # noqa: PLC0415

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """The safe loader, noting keys that are given twice."""

        twice: tuple[tuple[str, int], ...] = ()

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401
            seen: set[object] = set()
            for key, _ in node.value:
                if key.tag != "tag:yaml.org,2002:merge" and key.value.__hash__ is not None:
                    if key.value in seen:
                        self.twice += ((str(key.value), key.start_mark.line),)
                    seen.add(key.value)
            return super().construct_mapping(node, deep)

    return frontmatter.default_handlers.YAMLHandler(), Loader, yaml


def _load(source: str, problems: list[Problem]) -> dict[str, Any]:
    if len(source) > _LONGEST or _depth(source) > DEEPEST:
        message = f"The frontmatter is longer than a megabyte or nested over {DEEPEST} deep."
        problems.append(Problem("frontmatter", 1, message, None))
        return {}
    handler, loader, yaml = _loader()
    twice: list[tuple[str, int]] = []

    def load_with_notes(stream: str) -> Any:  # noqa: ANN401 - a loader, to PyYAML
        made = loader(stream)
        made.twice = ()
        loaders.append(made)
        return made

    loaders: list[Any] = []
    try:
        loaded = handler.load(source, Loader=load_with_notes)
        values = _as_json(loaded, [_MOST_VALUES]) if loaded is not None else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        said = getattr(error, "problem", None) or str(error).partition("\n")[0]
        problems.append(Problem("frontmatter", line, f"The YAML cannot be read: {said}.", None))
        return {}
    except (ValueError, OverflowError, RecursionError, TypeError, AttributeError) as error:
        problems.append(Problem("frontmatter", 1, f"The YAML cannot be used: {error}.", None))
        return {}
    for made in loaders:
        twice += made.twice
    for key, line in twice:
        message = f"The key {key!r} is given twice; the last one counts."
        problems.append(Problem("frontmatter", line + 2, message, None))
    if not isinstance(values, dict):
        message = "The frontmatter is not a list of keys and values."
        problems.append(Problem("frontmatter", 2, message, None))
        return {}
    return values


def _depth(source: str) -> int:
    """An upper bound of the levels of nesting, brackets and indicators counted generously."""
    deepest = brackets = 0
    if source.count("[") + source.count("{") > DEEPEST:
        for found in re.finditer(r"[\[{\]}]", source):
            brackets = max(0, brackets + (1 if found[0] in "[{" else -1))
            deepest = max(deepest, brackets)
    if deepest <= DEEPEST and len(source) > DEEPEST:
        for line in source.split("\n"):
            head = re.match(r"(?:[ \t]|[-?:][ \t])*+", line)
            if head and head.end() > DEEPEST:
                deepest = max(deepest, head.end())
    return deepest


def _as_json(value: Any, budget: list[int]) -> Any:  # noqa: ANN401 - YAML is of any type
    """Plain JSON data from YAML's; ISO 8601 for dates, base64 for bytes, text for odd numbers."""
    budget[0] -= 1
    if budget[0] < 0:
        raise ValueError(f"it stands for more than {_MOST_VALUES:,} values")
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, dict):
        return {_key(key): _as_json(item, budget) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        items = sorted(value, key=str) if isinstance(value, set) else value
        return [_as_json(item, budget) for item in items]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value)


def _key(key: object) -> str:
    if isinstance(key, str):
        return key
    return key.isoformat() if isinstance(key, dt.date) else json.dumps(key, default=str)


class _Reading:
    """One frontmatter while it is being read: takes out what has a meaning of its own."""

    def __init__(self, source: str, values: dict[str, Any], problems: list[Problem]) -> None:
        self._source = source
        self._values = values
        self._problems = problems
        self._taken: set[str] = set()

    def _line_of(self, key: str) -> int:
        found = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*:", self._source, re.MULTILINE)
        return self._source.count("\n", 0, found.start()) + 2 if found else 1

    def _as_written(self, key: str, value: object) -> str | None:
        """A scalar as it was written (``title: 007`` is a text to us), None for anything else."""
        if isinstance(value, str):
            return value
        if value is None or isinstance(value, list | dict):
            return None
        written = re.compile(rf"^{re.escape(key)}[ \t]*:[ \t]*([^\s#][^\r\n#]*)", re.MULTILINE)
        found = written.search(self._source)
        return found[1].strip() if found else str(value)

    def title(self) -> str | None:
        """The title, if there is one and it is a text."""
        for key, value in self._values.items():
            if _NAMES.get(key.lower()) == "title" and value is not None:
                title = self._as_written(key, value)
                if title is None:
                    self._complain(key, "should be a text")
                elif title.strip():
                    self._taken.add(key)
                    return " ".join(title.split())
        return None

    def names(self, which: str) -> tuple[str, ...]:
        """The aliases or tags: a list, or a text with commas (and, for tags, spaces)."""
        found: list[str] = []
        for key, value in self._values.items():
            if _NAMES.get(key.lower()) != which:
                continue
            self._taken.add(key)
            if isinstance(value, list):
                for item in value:
                    if isinstance(item, list | dict):
                        self._complain(key, "should hold texts only")
                    elif item is not None:
                        found.append(item if isinstance(item, str) else json.dumps(item))
            elif isinstance(value, dict):
                self._complain(key, "should be a list or a text")
            elif (text := self._as_written(key, value)) is not None:
                found += re.split(r"[,\s]+" if which == "tags" else ",", text)
        return tuple(dict.fromkeys(" ".join(name.split()) for name in found if name.strip()))

    def _complain(self, key: str, wish: str) -> None:
        self._taken.discard(key)
        line = self._line_of(key)
        message = f"{key!r} {wish}; it is kept as a property only."
        self._problems.append(Problem("frontmatter", line, message, None))

    def video(self) -> str | None:
        """The id of the YouTube video that the note names."""
        told = self._as_written("videoId", self._values.get("videoId"))
        if told and _VIDEO_ID.match(told.strip()):
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
            for item in value if isinstance(value, list) else [value]:
                found = _WIKI.match(item) if isinstance(item, str) else None
                if found is None or not (found[1].strip() or (found[2] or "").strip()):
                    continue
                target = found[1].strip().removesuffix("\\")
                alias = (found[3] or "").strip() or None
                anchor = (found[2] or "").strip() or None
                line = self._line_of(key)
                after = self._source.find(item.strip(), self._start_of(line))
                if after >= 0:
                    line = self._source.count("\n", 0, after) + 2
                sentence = f"{key}: {alias or target or anchor}"
                relation = relation_name(key)
                yield WrittenLink(
                    "wiki",
                    "property",
                    target,
                    anchor,
                    alias,
                    relation,
                    None,
                    line,
                    sentence,
                    None,
                    False,
                )

    def _start_of(self, line: int) -> int:
        place = 0
        for _ in range(line - 2):
            place = self._source.find("\n", place) + 1
        return place
