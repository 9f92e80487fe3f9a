"""Prints an answer in one of the formats, to standard output."""

from __future__ import annotations

import csv
import json
import sys
from typing import IO, TYPE_CHECKING, Any, Final

from graphkit.cli.options import Format
from graphkit.views.rows import items_of, table_of
from graphkit.views.text import UNSEEN, visible

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from graphkit.model import Answer
    from graphkit.stores.base import GraphStore

_PROBLEMS_SAID: Final = 20


def as_json(value: object, out: IO[str], *, indent: int | None = None) -> str:
    """JSON text with characters as they are, but for those that would do something to a terminal.

    Args:
        value: what JSON can hold.
        out: where it will be written; one that takes ASCII only gets escapes.
        indent: spaces a level; all on one line without it.
    """
    plain = (getattr(out, "encoding", None) or "utf8").lower().replace("-", "") not in {
        "utf8",
        "utf8sig",
    }
    text = json.dumps(value, ensure_ascii=plain, indent=indent)
    return UNSEEN.sub(escaped, text)


def escaped(found: re.Match[str]) -> str:
    """A character by its number, as JSON writes it."""
    return f"\\u{ord(found[0]):04x}"


def print_answer(answer: Answer, format_: Format, store: GraphStore) -> None:
    """Prints an answer.

    Args:
        answer: what was answered.
        format_: how to print it.
        store: where concepts' titles are asked for.
    """
    out = sys.stdout
    match format_:
        case Format.TABLE:
            from graphkit.views.terminal import print_for_people  # noqa: PLC0415

            print_for_people(answer, store)
        case Format.JSON:
            out.write(as_json(answer.to_dict(), out, indent=2) + "\n")
        case Format.JSONL:
            out.writelines(as_json(item, out) + "\n" for item in items_of(answer))
        case Format.CSV | Format.TSV:
            columns, rows = table_of(answer)
            write_rows(out, columns, rows, "," if format_ is Format.CSV else "\t")
        case Format.MARKDOWN:
            columns, rows = table_of(answer)
            out.write(_markdown(columns, rows))
        case Format.DOT | Format.MERMAID | Format.GRAPHML | Format.GEXF:
            from graphkit.views.export import Part, write_export  # noqa: PLC0415

            write_export(store, format_, None, Part.of_answer(answer))


def write_rows(out: Any, columns: list[str], rows: Sequence[Sequence[Any]], mark: str) -> None:  # noqa: ANN401
    """Writes rows as CSV (RFC 4180 but for the line ends) or, with a tab as mark, as TSV."""
    writer = csv.writer(_Lines(out), delimiter=mark, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value, spaces=mark == "\t") for value in row])


class _Lines:
    r"""Ends rows with ``\n``; the writer has to think of ``\r\n``, else it leaves a ``\r`` bare."""

    def __init__(self, out: Any) -> None:  # noqa: ANN401 - any stream
        self._out = out
        self._harmless = bool(getattr(out, "isatty", bool)())

    def write(self, row: str) -> None:
        """Writes one row; on a terminal with nothing that would do something to it."""
        row = row.removesuffix("\r\n")
        self._out.write((UNSEEN.sub(escaped, row) if self._harmless else row) + "\n")


def _cell(value: object, *, spaces: bool) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False)
    if spaces and isinstance(value, str):
        return " ".join(value.split())
    return value


def _markdown(columns: list[str], rows: Sequence[Sequence[Any]]) -> str:
    def cell(value: object) -> str:
        text = "" if value is None else visible(str(_cell(value, spaces=True)))
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")

    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def print_problems(problems: Sequence[tuple[str, str, int | None, str, str | None]]) -> None:
    """Says on standard error what could not be read as written: the first, by file and line."""
    for path, _, line, message, _ in problems[:_PROBLEMS_SAID]:
        place = f"{path}:{line}" if line else path
        sys.stderr.write(visible(f"{place}: {message}") + "\n")
    if (more := len(problems) - _PROBLEMS_SAID) > 0:
        sys.stderr.write(f"… and {more:,} more: graphkit check\n")
