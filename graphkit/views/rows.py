"""Every answer as a flat table (CSV, TSV, Markdown) and as a list of items (JSON lines)."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from graphkit.answers import (
    Card,
    Findings,
    Loaded,
    Neighbourhood,
    Paths,
    QueryResult,
    Refreshed,
    SavedQueries,
    SearchResult,
    Stats,
)
from graphkit.views.text import TOPICS, most_telling

if TYPE_CHECKING:
    from graphkit.model import Answer, Link

Table = tuple[list[str], list[list[Any]]]

_LINK = ["source", "target", "relation", "kind", "heading", "line", "sentence", "seconds", "moment"]


def _link(link: Link) -> list[Any]:
    return [getattr(link, name) for name in _LINK]


@singledispatch
def table_of(answer: Answer) -> Table:
    """An answer as columns and rows."""
    if type(answer).__module__ == TOPICS:
        from graphkit.views import topic_rows  # noqa: PLC0415 - for these answers only

        return topic_rows.table_of_topics(answer)
    told = answer.to_dict()
    return list(told), [list(told.values())]


@table_of.register
def _(answer: Card) -> Table:
    ways = [("out", link) for link in answer.links] + [("in", link) for link in answer.backlinks]
    return ["direction", *_LINK], [[way, *_link(link)] for way, link in ways]


@table_of.register
def _(answer: Neighbourhood) -> Table:
    rows = []
    for near in answer.neighbours:
        link = most_telling(near.links, answer.concept.id)
        told = [link.sentence, link.moment] if link else [None, None]
        rows.append([near.id, near.title, near.note, near.hops, len(near.links), *told])
    return ["id", "title", "note", "hops", "links", "sentence", "moment"], rows


@table_of.register
def _(answer: Paths) -> Table:
    rows = []
    for number, path in enumerate(answer.paths, start=1):
        for place, step in enumerate(path.steps, start=1):
            link = most_telling(step.links, step.from_.id)
            rows.append([number, place, step.from_.id, step.to.id, *(_link(link) if link else [])])
    return ["path", "step", "from", "to", *_LINK], rows


@table_of.register
def _(answer: SearchResult) -> Table:
    columns = ["id", "title", "note", "score", "snippet", "heading", "line", "seconds", "moment"]
    return columns, [[getattr(hit, name) for name in columns] for hit in answer.hits]


@table_of.register
def _(answer: Stats) -> Table:
    rows: list[list[Any]] = []
    for key, value in answer.to_dict().items():
        if isinstance(value, dict):
            rows += ([f"{key}.{inner}", count] for inner, count in value.items())
        elif isinstance(value, list):
            rows += ([f"{key}.{counted['id']}", counted["count"]] for counted in value)
        else:
            rows.append([key, value])
    return ["figure", "value"], rows


@table_of.register
def _(answer: Findings) -> Table:
    columns = ["rule", "severity", "path", "line", "message", "suggestion"]
    return columns, [[getattr(finding, name) for name in columns] for finding in answer.findings]


@table_of.register
def _(answer: Refreshed) -> Table:
    rows = [
        [happened, path]
        for happened in ("added", "changed", "deleted")
        for path in getattr(answer, happened)
    ]
    return ["happened", "path"], rows


@table_of.register
def _(answer: Loaded) -> Table:
    rows = [
        [happened, id_]
        for happened in ("added", "changed", "removed")
        for id_ in getattr(answer, happened)
    ]
    return ["happened", "id"], rows


@table_of.register
def _(answer: QueryResult) -> Table:
    return list(answer.columns), [list(row) for row in answer.rows]


@table_of.register
def _(answer: SavedQueries) -> Table:
    columns = ["name", "title", "answers", "parameters"]
    rows: list[list[Any]] = [
        [query.name, query.title, query.answers, [p.name for p in query.parameters]]
        for query in answer.queries
    ]
    return columns, rows


@singledispatch
def items_of(answer: Answer) -> list[Any]:
    """An answer as the objects that JSON lines hold, one a line."""
    if type(answer).__module__ == TOPICS:
        from graphkit.views import topic_rows  # noqa: PLC0415 - for these answers only

        return topic_rows.items_of_topics(answer)
    return [answer.to_dict()]


@items_of.register
def _(answer: Card) -> list[Any]:
    return [
        {"direction": way, **link.to_dict()}
        for way, links in (("out", answer.links), ("in", answer.backlinks))
        for link in links
    ]


@items_of.register
def _(answer: Neighbourhood) -> list[Any]:
    return [near.to_dict() for near in answer.neighbours]


@items_of.register
def _(answer: Paths) -> list[Any]:
    return [path.to_dict() for path in answer.paths]


@items_of.register
def _(answer: SearchResult) -> list[Any]:
    return [hit.to_dict() for hit in answer.hits]


@items_of.register
def _(answer: Findings) -> list[Any]:
    return [finding.to_dict() for finding in answer.findings]


@items_of.register
def _(answer: QueryResult) -> list[Any]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@items_of.register
def _(answer: SavedQueries) -> list[Any]:
    return [query.to_dict() for query in answer.queries]
