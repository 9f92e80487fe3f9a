"""Saved queries: files of Cypher whose opening comments say what they answer.

A file begins with its title, then a sentence on what it answers, then its parameters::

    // Best-linked notes
    // Which notes do the most other notes link to?
    // $limit (integer, default 10, example 5): the most rows

A parameter without a default has to be given. One of the type ``concept`` takes what names a
concept anywhere: a title, a file name, an alias or an id.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import Parameter, SavedQueries, SavedQuery
from graphkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_PARAMETER: Final = re.compile(
    r"\$(?P<name>\w+) \((?P<type>[a-z ]+?)(?:, default (?P<default>.+?))?"
    r"(?:, example (?P<example>.+?))?\): (?P<text>.+)"
)
TYPES: Final = ("text", "integer", "number", "boolean", "list", "concept")
_MISSING: Final = object()


def own_folder() -> Path:
    """Where graphkit's own saved queries are: in the package, or in a checkout beside it."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "queries"
    return inside if inside.is_dir() else package.parent / "queries"


def saved_queries(folders: Iterable[Path] = ()) -> SavedQueries:
    """All saved queries; a file that is not understood stands in the way of no other.

    Args:
        folders: further folders of ``.cypher`` files; of two queries of one name, the one of the
            later folder counts. A folder that is not there is passed over.
    """
    found, problems = [], []
    for _, file in sorted(_files(folders).items()):
        try:
            found.append(read_saved(file))
        except UsageError as error:
            problems.append(f"{error.message} {error.hint}".strip())
    return SavedQueries(tuple(found), tuple(problems))


def saved_query(name: str, folders: Iterable[Path] = ()) -> SavedQuery:
    """The saved query of a name.

    Raises:
        UsageError: there is none, and the hint has the nearest names; or its file cannot be read,
            or its opening comments are not understood.
    """
    files = _files(folders)
    wanted = name.replace("_", "-").lower()
    for known in sorted(files):
        if known.replace("_", "-").lower() == wanted:
            return read_saved(files[known])
    from difflib import get_close_matches  # noqa: PLC0415 - for odd cases only

    near = get_close_matches(wanted, files, 3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "They are listed by: graphkit queries"
    raise UsageError(f"No saved query is called {name!r}.", hint)


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    """The files of saved queries, by the queries' names."""
    return {
        file.stem: file
        for folder in (own_folder(), *folders)
        if folder.is_dir()
        for file in sorted(folder.glob("*.cypher"))
    }


def read_saved(file: Path) -> SavedQuery:
    """Reads a saved query.

    Args:
        file: a ``.cypher`` file.

    Raises:
        UsageError: it cannot be read, or its opening comments are not understood.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{str(file)!r} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{str(file)!r} is not UTF-8.") from error
    lines = text.splitlines()
    head = 0
    while head < len(lines) and lines[head].startswith("//"):
        head += 1
    told = [line.removeprefix("//").strip() for line in lines[:head]]
    parameters = []
    sentence = []
    for number, line in enumerate(told[1:], start=2):
        if line.startswith("$"):
            parameters.append(_parameter(file, number, line))
        elif line:
            sentence.append(line)
    return SavedQuery(
        name=file.stem,
        title=told[0] if told else file.stem,
        answers=" ".join(sentence),
        parameters=tuple(parameters),
        query="\n".join(lines[head:]).strip(),
        file=str(file),
    )


def _parameter(file: Path, number: int, line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None or found["type"] not in TYPES:
        raise UsageError(
            f"{file}:{number}: this parameter is not understood.",
            f"As in: // $limit (integer, default 10, example 5): the most rows. Types are"
            f" {', '.join(TYPES)}.",
        )
    default = found["default"]
    return Parameter(
        name=found["name"],
        type=found["type"],
        default=None if default is None else json_or_text(default),
        required=default is None,
        example=None if found["example"] is None else json_or_text(found["example"]),
        text=found["text"],
    )


def json_or_text(told: str) -> Any:  # noqa: ANN401 - any JSON
    """A value as it is typed: JSON where it is that, else the text itself."""
    try:
        return json.loads(told)
    except ValueError:
        return told


def values_for(
    query: SavedQuery, given: Mapping[str, Any], concept: Callable[[str], str]
) -> dict[str, Any]:
    """The values of a saved query's parameters: what was given, else the defaults.

    Args:
        query: the saved query.
        given: by name, without ``$``.
        concept: gives the id of the concept that a name means.

    Raises:
        UsageError: one is missing, of a wrong type, or none of the query's.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    if others := [name for name in given if name not in known]:
        hint = f"It has {', '.join(known)}." if known else "It has none."
        raise UsageError(f"The query {query.name!r} has no parameter {others[0]!r}.", hint)
    values = {}
    for name, parameter in known.items():
        value = given.get(name, _MISSING)
        if value is _MISSING:
            if parameter.required:
                raise UsageError(
                    f"The query {query.name!r} wants a value for {name!r}: {parameter.text}.",
                    f"For example: --param {name}={_shown(parameter.example)}",
                )
            value = parameter.default
        values[name] = _of_type(parameter, value, concept)
    return values


def _shown(example: object) -> str:
    if not isinstance(example, str):
        return json.dumps(example)
    return f'"{example}"' if " " in example else example


def _of_type(parameter: Parameter, value: Any, concept: Callable[[str], str]) -> Any:  # noqa: ANN401
    if value is None and not parameter.required:
        return None
    if parameter.type in {"text", "concept"} and isinstance(value, bool | int | float):
        value = json.dumps(value)
    if parameter.type == "concept" and isinstance(value, str):
        return concept(value)
    if parameter.type == "number" and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    kinds: dict[str, type] = {
        "text": str,
        "integer": int,
        "number": float,
        "boolean": bool,
        "list": list,
    }
    kind = kinds.get(parameter.type, str)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise UsageError(
            f"The parameter {parameter.name!r} should be of the type {parameter.type}.",
            f"For example: --param {parameter.name}={_shown(parameter.example)}",
        )
    return value
