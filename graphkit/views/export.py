"""The graph for other programs: JSON lines, node-link JSON, CSV, GraphML, GEXF, DOT, Mermaid.

JSON lines and GraphML lose nothing and are read back by ``graphkit.views.read_back``.
"""

from __future__ import annotations

import io
import re
import sys
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.answers import Card, Neighbourhood, Paths, QueryResult
from graphkit.cli.options import Format
from graphkit.errors import StoreError, UsageError
from graphkit.stores.networkx import labels_of, link_properties, properties_of
from graphkit.views.text import TOPICS
from graphkit.views.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from graphkit.model import Answer, Link, Node, Reference
    from graphkit.stores.base import GraphStore
    from graphkit.views.gephi import Look

FORMATS: Final = (
    Format.JSONL,
    Format.JSON,
    Format.CSV,
    Format.TSV,
    Format.GRAPHML,
    Format.GEXF,
    Format.DOT,
    Format.MERMAID,
)
_MARKS: Final = {Format.CSV: ",", Format.TSV: "\t"}
"""What stands between two cells of a table."""
MARK: Final = "json:"
"""Begins a text in GraphML that holds JSON: a list, a null, odd characters, a number too large."""
NOT_IN_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold."""
_LARGEST: Final = 2**63


class Part(NamedTuple):
    """A part of the graph: some concepts, and the links between them (or some of those)."""

    ids: frozenset[str]
    links: tuple[Link, ...] | None = None

    @classmethod
    def of(cls, ids: Collection[str]) -> Part:
        """Some concepts and all links between them."""
        return cls(frozenset(ids))

    @classmethod
    def of_answer(cls, answer: Answer) -> Part:
        """The concepts and links that an answer is made of."""
        links: list[Link] = []
        ids: set[str] = set()
        if isinstance(answer, Card):
            ids.add(answer.id)
            links += (*answer.links, *answer.backlinks)
        elif isinstance(answer, Neighbourhood):
            ids.add(answer.concept.id)
            for near in answer.neighbours:
                links += near.links
        elif isinstance(answer, Paths):
            ids |= {answer.from_.id, answer.to.id}
            for path in answer.paths:
                for step in path.steps:
                    links += step.links
        elif isinstance(answer, QueryResult):
            from graphkit.views.query_rows import graph_of  # noqa: PLC0415 - for a query only

            return cls(*graph_of(answer))
        elif type(answer).__module__ == TOPICS:
            from graphkit.views.topic_rows import notes_and_links  # noqa: PLC0415 - for these only

            notes, within = notes_and_links(answer)
            ids |= notes
            links += within
        ids |= {end for link in links for end in (link.source, link.target)}
        ordered = sorted(
            set(links), key=lambda link: (link.source, link.line, link.target, link.text)
        )
        return cls(frozenset(ids), tuple(ordered))


class _Content(NamedTuple):
    """What is written: concepts by id, links by source and line, what is no edge, the map."""

    nodes: Callable[[], Iterator[Node]]
    links: Callable[[], Iterator[Link]]
    references: Callable[[], Iterator[Reference]]
    looks: Callable[[], Callable[[Node], Look]]


def write_export(
    store: GraphStore, format_: Format, output: Path | None, part: Part | None
) -> None:
    """Writes the graph, or a part of it.

    Args:
        store: where it is.
        format_: one of ``FORMATS``.
        output: the file to write (whole, or not at all); standard output without it. For CSV and
            TSV a folder gets both tables, ``concepts`` and ``links``; else the links are written.
        part: what to write; everything without it.

    Raises:
        UsageError: the graph is not written in that format.
        StoreError: the file cannot be written.
    """
    _check(format_)
    content = _content(store, part)
    if output is not None and format_ in _MARKS and not output.suffix:
        _write_tables(content, format_, output)
        return
    write = _WRITERS[format_]
    if output is None:
        write(content, sys.stdout)
        return
    with whole_file(output) as file:
        write(content, file)


def export_text(
    store: GraphStore, format_: Format, part: Part | None, *, concepts: bool = False
) -> str:
    """The graph, or a part of it, as the text of one file.

    Args:
        store: where it is.
        format_: one of ``FORMATS``.
        part: what to write; everything without it.
        concepts: of CSV and TSV the table of the concepts instead of that of the links.

    Raises:
        UsageError: the graph is not written in that format.
    """
    _check(format_)
    content = _content(store, part)
    out = io.StringIO()
    if concepts and format_ in _MARKS:
        _write_concepts(content, out, _MARKS[format_])
    else:
        _WRITERS[format_](content, out)
    return out.getvalue()


def _check(format_: Format) -> None:
    if format_ not in FORMATS:
        raise UsageError(f"A graph is not written as {format_}.", f"Use {', '.join(FORMATS)}.")


def _content(store: GraphStore, part: Part | None) -> _Content:
    from graphkit.views.gephi import looks  # noqa: PLC0415 - clusters, for some formats only

    if part is None:
        return _Content(store.all_nodes, store.all_links, store.references, lambda: looks(store))
    nodes = store.nodes(part.ids)
    links = part.links if part.links is not None else tuple(store.links_within(part.ids))
    return _Content(
        lambda: (nodes[id_] for id_ in sorted(nodes)),
        lambda: iter(links),
        lambda: store.references(part.ids),
        lambda: looks(store),
    )


def _jsonl(content: _Content, out: IO[str]) -> None:
    from graphkit.views.printing import as_json  # noqa: PLC0415 - printing imports this module

    for node in content.nodes():
        told: dict[str, Any] = {"type": "concept", "id": node.id, "labels": labels_of(node)}
        out.write(as_json(told | {"properties": properties_of(node)}, out) + "\n")
    for link in content.links():
        out.write(as_json({"type": "link", **link.to_dict()}, out) + "\n")
    for reference in content.references():
        out.write(as_json({"type": "reference", **reference.to_dict()}, out) + "\n")


def _json(content: _Content, out: IO[str]) -> None:
    import networkx as nx  # noqa: PLC0415

    from graphkit.views.printing import as_json  # noqa: PLC0415

    graph = _as_graph(content, lambda value: value)
    graph.graph["references"] = [reference.to_dict() for reference in content.references()]
    out.write(as_json(nx.node_link_data(graph, edges="edges"), out, indent=1) + "\n")


def _graphml(content: _Content, out: IO[str]) -> None:
    import networkx as nx  # noqa: PLC0415

    # An edge's id is its place among all, which networkx's own order of edges does not keep.
    graph = _as_graph(content, for_graphml, drawn=True)
    graph.graph["references"] = for_graphml(
        [reference.to_dict() for reference in content.references()]
    )
    buffer = io.BytesIO()
    nx.write_graphml(graph, buffer)
    out.write(buffer.getvalue().decode("utf-8") + "\n")


def _gexf(content: _Content, out: IO[str]) -> None:
    from graphkit.views.gephi import write_gexf  # noqa: PLC0415

    write_gexf(content.nodes(), content.links(), content.looks(), out)


def _as_graph(content: _Content, form: Callable[[Any], Any], *, drawn: bool = False) -> Any:  # noqa: ANN401 - networkx
    import networkx as nx  # noqa: PLC0415

    from graphkit.views.gephi import DRAWN  # noqa: PLC0415

    look = content.looks() if drawn else None

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in content.nodes():
        told = {"label": node.title, "labels": labels_of(node), **properties_of(node)}
        if look:
            told = {f"fm_{key}" if key in DRAWN else key: value for key, value in told.items()}
            told |= look(node).told()
        graph.add_node(form(node.id), **{str(form(k)): form(v) for k, v in told.items()})
    for number, link in enumerate(content.links()):
        told = {key: form(value) for key, value in link_properties(link).items()}
        key = number if drawn else None
        graph.add_edge(form(link.source), form(link.target), key, **told)
    return graph


def for_graphml(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """A value as GraphML carries it: numbers and plain text as they are, else as marked JSON."""
    import json  # noqa: PLC0415

    if isinstance(value, bool | float) or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    if isinstance(value, str) and not value.startswith(MARK) and not NOT_IN_XML.search(value):
        return value if value.strip() == value else MARK + json.dumps(value)
    return MARK + json.dumps(value)


def _csv(content: _Content, out: IO[str]) -> None:
    _write_links(content, out, ",")


def _tsv(content: _Content, out: IO[str]) -> None:
    _write_links(content, out, "\t")


def _write_links(content: _Content, out: IO[str], mark: str) -> None:
    from graphkit.model import Link as LinkModel  # noqa: PLC0415
    from graphkit.views.printing import write_rows  # noqa: PLC0415

    columns = [name for name in LinkModel.__dataclass_fields__]  # noqa: C416
    rows = ([getattr(link, name) for name in columns] for link in content.links())
    write_rows(out, columns, rows, mark)  # type: ignore[arg-type]


def _write_tables(content: _Content, format_: Format, folder: Path) -> None:
    mark = _MARKS[format_]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {str(folder)!r} cannot be made: {error.strerror}.") from error
    with whole_file(folder / f"links.{format_}") as file:
        _write_links(content, file, mark)
    with whole_file(folder / f"concepts.{format_}") as file:
        _write_concepts(content, file, mark)


def _write_concepts(content: _Content, out: IO[str], mark: str) -> None:
    from graphkit.views.printing import write_rows  # noqa: PLC0415

    told = [properties_of(node) | {"labels": labels_of(node)} for node in content.nodes()]
    columns = list(dict.fromkeys(key for properties in told for key in properties))
    rows = [[properties.get(column) for column in columns] for properties in told]
    write_rows(out, columns, rows, mark)


def _dot(content: _Content, out: IO[str]) -> None:
    def quoted(text: str) -> str:
        text = NOT_IN_XML.sub("\ufffd", text)
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

    out.write("digraph graphkit {\n  node [shape=box, style=rounded];\n")
    for node in content.nodes():
        dashed = "" if node.note else ", style=dashed"
        out.write(f"  {quoted(node.id)} [label={quoted(node.title)}{dashed}];\n")
    for link in content.links():
        told = f"tooltip={quoted(link.sentence)}"
        if link.relation != "LINKS_TO":
            told += f", label={quoted(link.relation)}"
        if link.moment:
            told += f", URL={quoted(link.moment)}"
        out.write(f"  {quoted(link.source)} -> {quoted(link.target)} [{told}];\n")
    out.write("}\n")


def _mermaid(content: _Content, out: IO[str]) -> None:
    def quoted(text: str) -> str:
        text = " ".join(NOT_IN_XML.sub("\ufffd", text).split())
        for character in "#&<>\"'`|[]{}()\\;":
            code = f"\x00{ord(character)};"
            text = text.replace(character, code) if character not in "#;" else text
        text = text.replace("#", "&num;") if "#" in text else text
        return '"' + text.replace("\x00", "#") + '"'

    numbers: dict[str, int] = {}
    out.write("flowchart LR\n")
    for node in content.nodes():
        numbers[node.id] = len(numbers)
        shape = "[{}]" if node.note else "([{}])"
        out.write(f"  c{numbers[node.id]}{shape.format(quoted(node.title))}\n")
    drawn = set()
    for link in content.links():
        told = (link.source, link.target, link.relation)
        if told not in drawn:
            drawn.add(told)
            label = "" if link.relation == "LINKS_TO" else f"|{quoted(link.relation)}|"
            out.write(f"  c{numbers[link.source]} -->{label} c{numbers[link.target]}\n")


_WRITERS: Final[dict[Format, Callable[[_Content, IO[str]], None]]] = {
    Format.JSONL: _jsonl,
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.TSV: _tsv,
    Format.GRAPHML: _graphml,
    Format.GEXF: _gexf,
    Format.DOT: _dot,
    Format.MERMAID: _mermaid,
}
