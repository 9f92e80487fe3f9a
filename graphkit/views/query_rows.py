"""Rows of a query for people, and the part of the graph that they hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from graphkit.cypher.values import is_link, is_node, is_path
from graphkit.errors import UsageError
from graphkit.model import Link
from graphkit.views.sheet import Piece, Sheet, cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkit.answers import QueryResult, SavedQueries, SavedQuery

_GAP: Final = 2


def print_rows(answer: QueryResult, sheet: Sheet) -> None:
    """Rows as a table where they fit, else one value a line."""
    rows = [[" ".join(as_words(value).split()) for value in row] for row in answer.rows]
    if not rows:
        return
    heads = list(answer.columns)
    wide = [max(cells(text) for text in column) for column in zip(heads, *rows, strict=True)]
    if sum(wide) + _GAP * (len(wide) - 1) <= sheet.width:
        right = [_are_numbers(answer, place) for place in range(len(heads))]
        sheet.line(Piece(_aligned(heads, wide, right), "bold"), wrap=False)
        for row in rows:
            sheet.line(_aligned(row, wide, right), wrap=False)
        return
    named = min(max(map(cells, heads)), sheet.width // 3)
    for number, row in enumerate(rows):
        if number:
            sheet.line()
        for head, text in zip(heads, row, strict=True):
            sheet.line(Piece(head + " " * max(0, named - cells(head)) + "  ", "dim"), text)


def _are_numbers(answer: QueryResult, place: int) -> bool:
    values = [row[place] for row in answer.rows if row[place] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _aligned(texts: list[str], wide: list[int], right: list[bool]) -> str:
    parts = []
    for text, width, to_the_right in zip(texts, wide, right, strict=True):
        space = " " * (width - cells(text))
        parts.append(space + text if to_the_right else text + space)
    return (" " * _GAP).join(parts).rstrip()


def as_words(value: Any) -> str:  # noqa: ANN401 - any value of an answer
    """A value as a person reads it: a node by its title, a path as a chain of titles."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if is_node(value):
        told = value["properties"]
        return str(told.get("title") or told.get("id") or ":".join(value["labels"]))
    if is_link(value):
        return f"{value['start']} -[{value['type']}]-> {value['end']}"
    if is_path(value):
        return " → ".join(as_words(node) for node in value["nodes"])
    if isinstance(value, list):
        return ", ".join(as_words(item) for item in value)
    return ", ".join(f"{key}: {as_words(item)}" for key, item in value.items())


def print_saved(answer: SavedQueries, sheet: Sheet) -> None:
    """Names and titles of saved queries."""
    wide = max((cells(query.name) for query in answer.queries), default=0)
    for query in answer.queries:
        sheet.line(f"{query.name:<{wide}}  ", Piece(query.title, "dim"))


def print_query(answer: SavedQuery, sheet: Sheet) -> None:
    """One saved query: what it answers, what it wants, and its Cypher."""
    sheet.line(Piece(answer.title, "bold"))
    sheet.line(answer.answers)
    if answer.parameters:
        sheet.line()
    for parameter in answer.parameters:
        default = "" if parameter.required else f", {json.dumps(parameter.default)} without it"
        kind = f"  {parameter.type}{default}: "
        sheet.line(Piece(f"${parameter.name}", "bold"), kind, parameter.text, indent=2)
    sheet.line()
    for line in answer.query.splitlines():
        sheet.line(line, wrap=False)
    sheet.line()
    wanted = [f" --param {p.name}={_told(p.example)}" for p in answer.parameters if p.required]
    sheet.line(Piece(f"graphkit query {answer.name}{''.join(wanted)}", "dim"), wrap=False)


def _told(example: object) -> str:
    text = example if isinstance(example, str) else json.dumps(example)
    return f'"{text}"' if " " in text else text


def graph_of(answer: QueryResult) -> tuple[frozenset[str], tuple[Link, ...] | None]:
    """The concepts and links in a query's rows.

    Args:
        answer: what the query gave.

    Returns:
        Ids of the concepts, and the links; None for the links where there are concepts only:
        then all between them are meant.

    Raises:
        UsageError: there are neither.
    """
    ids: set[str] = set()
    links: list[Link] = []
    any_links = False
    for part in _parts([list(row) for row in answer.rows]):
        if is_node(part):
            ids |= {part["properties"]["id"]} if "Concept" in part["labels"] else set()
        else:
            any_links = True
            link = _link(part)
            ids |= {link.source, link.target}
            links.append(link)
    if not ids:
        raise UsageError(
            "The rows hold no concept, link or path; there is nothing to draw.",
            "Return them whole, as in: MATCH p = (a)-->(b) RETURN p",
        )
    if not any_links:
        return frozenset(ids), None
    ordered = sorted(set(links), key=lambda link: (link.source, link.line, link.target, link.text))
    return frozenset(ids), tuple(ordered)


def chain_of(answer: QueryResult) -> tuple[str, ...]:
    """The concepts of the first path in a query's rows, in order; empty where there is none."""
    for row in answer.rows:
        for value in row:
            if is_path(value):
                return tuple(node["properties"]["id"] for node in value["nodes"])
    return ()


def _parts(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any value of an answer
    if is_node(value) or is_link(value):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _parts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _parts(item)


def _link(value: dict[str, Any]) -> Link:
    told = value["properties"]
    return Link(
        source=value["start"],
        target=value["end"],
        relation=value["type"],
        kind=told.get("kind", "wiki"),
        text=told.get("text", ""),
        anchor=told.get("anchor"),
        alias=told.get("alias"),
        heading=told.get("heading"),
        line=told.get("line", 0),
        sentence=told.get("sentence", ""),
        seconds=told.get("seconds"),
        moment=told.get("moment"),
        nearest=bool(told.get("nearest")),
        resolved_by=told.get("resolved_by"),
        ambiguous=tuple(told.get("ambiguous") or ()),
    )
