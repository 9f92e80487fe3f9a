"""The YAML of a note's head as plain data, whatever a stranger wrote there.

Reading it ends soon and harms nothing: no object is built but plain data, nesting is bounded
before libyaml sees it, and neither aliases nor merge keys can blow the result up.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
from typing import Any, Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from graphkit.vault.written import Problem

DEEPEST: Final = 100
"""Levels of nesting that frontmatter may have."""
_AS_WRITTEN: Final = frozenset({"title", "alias", "aliases", "tag", "tags", "videoid"})
_QUOTES: Final = frozenset("\"'")
_NO_TEXT: Final = frozenset("true false yes no on off null y n".split())
"""Words, in any case, that YAML reads as something else than a text."""
_YAML_MARK = re.compile(r" #|:(?: |\Z)")
_MOST_VALUES: Final = 50_000
_TOO_MANY: Final = f"it stands for more than {_MOST_VALUES:,} values"
_LONGEST: Final = 1_000_000
_LONGEST_NUMBER: Final = 300
_MISFITS: Final = (ArithmeticError, AttributeError, LookupError, TypeError)
"""What PyYAML's constructors raise, besides its own errors, for ``!!bool maybe`` and the like."""
_MERGE: Final = "tag:yaml.org,2002:merge"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_frontmatter(
    source: str, problems: list[Problem]
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Reads YAML that a stranger wrote.

    Args:
        source: what stands between the lines of dashes.
        problems: gets what is wrong with it.

    Returns:
        The values by key, as plain JSON data, and for each key the lines where it and each of its
        items stand, counted from 1 in the note. Both are empty where the YAML cannot be used.
    """
    if len(source) <= _LONGEST and (plain := _plain_values(source)) is not None:
        return plain
    if len(source) > _LONGEST or _depth(source) > DEEPEST:
        message = f"The frontmatter is longer than a megabyte or nested over {DEEPEST} deep."
        problems.append(Problem("frontmatter", 1, message, None))
        return {}, {}
    loaders: list[_Loader] = []

    def load_with_notes(stream: str) -> _Loader:
        loaders.append(_Loader(stream))
        return loaders[0]

    try:
        _bound_values(source)
        loaded = YAMLHandler().load(source, Loader=load_with_notes)
        values = _as_json(loaded, [_MOST_VALUES]) if loaded is not None else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        said = getattr(error, "problem", None) or str(error).partition("\n")[0]
        problems.append(Problem("frontmatter", line, f"The YAML cannot be read: {said}.", None))
        return {}, {}
    except ValueError as error:
        problems.append(Problem("frontmatter", 1, f"The YAML cannot be used: {error}.", None))
        return {}, {}
    except RecursionError:
        message = "The YAML cannot be used: a value stands within itself."
        problems.append(Problem("frontmatter", 1, message, None))
        return {}, {}
    except _MISFITS:
        message = "The YAML cannot be used: a value does not fit its tag."
        problems.append(Problem("frontmatter", 1, message, None))
        return {}, {}
    for key, line in loaders[0].twice:
        message = f"The key {key!r} is given twice; the last one counts."
        problems.append(Problem("frontmatter", line, message, None))
    if not isinstance(values, dict):
        message = "The frontmatter is not a list of keys and values."
        problems.append(Problem("frontmatter", 2, message, None))
        return {}, {}
    return values, loaders[0].lines


def _plain_values(source: str) -> tuple[dict[str, Any], dict[str, list[int]]] | None:
    """What lines of ``key: some text`` say, which most frontmatter is made of, without YAML.

    None where there is anything else: a value that YAML could read as more than a text, a
    list, a comment, a key given twice.
    """
    values: dict[str, Any] = {}
    lines: dict[str, list[int]] = {}
    for number, line in enumerate(source.split("\n"), start=2):
        if not line:
            continue
        key, _, value = line.partition(": ")
        value = value.strip(" ")
        first = value[:1]
        if first in _QUOTES and len(value) > 1 and value[-1] == first:
            value = value[1:-1]
            if first in value or "\\" in value:
                return None
        elif not first.isalpha() or value.lower() in _NO_TEXT or _YAML_MARK.search(value):
            return None
        if not (line.isprintable() and key.isascii() and key.isidentifier()):
            return None
        if key in values or key.lower() in _NO_TEXT:
            return None
        values[key] = value
        lines[key] = [number, number]
    return values, lines


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


def _bound_values(source: str) -> None:
    """Gives up on too many values before an object is built for each: keys count here too."""
    if len(source) <= 2 * _MOST_VALUES:
        return
    left = 2 * _MOST_VALUES
    for event in yaml.parse(source, Loader=_Base):
        left -= isinstance(event, yaml.NodeEvent)
        if left < 0:
            raise ValueError(_TOO_MANY)


def _as_json(value: Any, budget: list[int]) -> Any:  # noqa: ANN401 - YAML is of any type
    """Plain JSON data from YAML's; ISO 8601 for dates, base64 for bytes, text for odd numbers."""
    budget[0] -= 1
    if budget[0] < 0:
        raise ValueError(_TOO_MANY)
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


def _mappings(value: Any) -> list[yaml.MappingNode] | None:  # noqa: ANN401 - a node
    """The mappings that a merge key names; None where there is anything else."""
    items = value.value if isinstance(value, yaml.SequenceNode) else [value]
    return items if all(isinstance(item, yaml.MappingNode) for item in items) else None


class _Loader(_Base):  # type: ignore[misc]
    """The safe loader; it notes where things stand and which keys are given twice.

    Names stay as they are written (``title: 007``), a date that is none and a number of
    hundreds of digits stay a text, and merge keys cannot blow a mapping up.
    """

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.lines: dict[str, list[int]] = {}
        self.twice: list[tuple[str, int]] = []
        self._flat: set[int] = set()
        self._merged = 0

    def construct_document(self, node: Any) -> Any:  # noqa: ANN401
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode):
                continue
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            marks = [key.start_mark, *(item.start_mark for item in items)]
            self.lines[key.value] = [mark.line + 2 for mark in marks]
            if key.value.lower() in _AS_WRITTEN:
                for item in items:
                    if isinstance(item, yaml.ScalarNode) and not item.tag.endswith(":null"):
                        item.tag = "tag:yaml.org,2002:str"
        return super().construct_document(node)

    def flatten_mapping(self, node: Any) -> None:  # noqa: ANN401
        """Has a mapping hold what it merges, each key once: of several mappings the first counts.

        PyYAML's own way differs between versions: up to 6.0.3 every key comes again with every
        merge, since 6.0.4 the first of two is taken where they happen to be one object.
        """
        if id(node) in self._flat:
            return
        self._flat.add(id(node))
        pairs, node.value = node.value, []
        merges: list[yaml.MappingNode] = []
        seen: set[str] = set()
        for key, value in pairs:
            if key.tag == _MERGE and (several := _mappings(value)):
                merges.extend(reversed(several))
                continue
            node.value.append((key, value))
            if isinstance(key.value, str) and key.tag != _MERGE:
                if key.value in seen:
                    self.twice.append((key.value, key.start_mark.line + 2))
                seen.add(key.value)
        super().flatten_mapping(node)  # what else a key may mean, and what cannot be merged
        found: dict[object, tuple[Any, Any]] = {}
        for merged in merges:
            self.flatten_mapping(merged)
            self._merged += len(merged.value)
            if self._merged > _MOST_VALUES:
                raise ValueError(f"it merges more than {_MOST_VALUES:,} values")
            for key, value in merged.value:
                scalar = isinstance(key, yaml.ScalarNode)
                found[(key.tag, key.value) if scalar else id(key)] = (key, value)
        node.value = [*found.values(), *node.value]

    def construct_number(self, node: Any) -> Any:  # noqa: ANN401
        if len(node.value) > _LONGEST_NUMBER:
            return node.value
        whole = node.tag.endswith(":int")
        return self.construct_yaml_int(node) if whole else self.construct_yaml_float(node)

    def construct_date(self, node: Any) -> Any:  # noqa: ANN401
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.construct_number)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_date)
