"""Reads an exported graph back: everything that JSON lines and GraphML carry."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from graphkit.model import Link, Node, Reference
from graphkit.stores.networkx import OWN_PROPERTIES
from graphkit.views.export import MARK
from graphkit.views.gephi import DRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable


class ReadBack(NamedTuple):
    """A graph as it was exported, in the same order."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    references: tuple[Reference, ...]


def read_jsonl(lines: Iterable[str]) -> ReadBack:
    """Reads what ``export --format jsonl`` wrote.

    Args:
        lines: its lines.

    Returns:
        The graph; a node's number of neighbours is not exported and stands at 0.
    """
    nodes, links, references = [], [], []
    for line in lines:
        told = json.loads(line)
        match told.pop("type"):
            case "concept":
                nodes.append(_node(told["id"], told["labels"], told["properties"]))
            case "link":
                links.append(_link(told))
            case "reference":
                references.append(Reference(**told))
    return ReadBack(tuple(nodes), tuple(links), tuple(references))


def read_graphml(file: IO[bytes]) -> ReadBack:
    """Reads what ``export --format graphml`` wrote.

    Args:
        file: the file, opened for reading bytes.

    Returns:
        The graph; a node's number of neighbours is not exported and stands at 0.
    """
    import networkx as nx  # noqa: PLC0415

    graph: Any = nx.read_graphml(file, force_multigraph=True)
    nodes = []
    for id_, told in graph.nodes(data=True):
        properties = {_unmarked(key): _unmarked(value) for key, value in told.items()}
        labels = properties.pop("labels")
        del properties["label"]
        for key in DRAWN:
            properties.pop(key, None)
        nodes.append(_node(_unmarked(id_), labels, properties))
    links = [
        _link(
            {"source": _unmarked(source), "target": _unmarked(target)}
            | {key: _unmarked(value) for key, value in told.items()}
        )
        for source, target, _, told in sorted(
            graph.edges(keys=True, data=True), key=lambda edge: edge[2]
        )
    ]
    references = [Reference(**told) for told in _unmarked(graph.graph["references"])]
    return ReadBack(tuple(nodes), tuple(links), tuple(references))


def _unmarked(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and value.startswith(MARK):
        return json.loads(value.removeprefix(MARK))
    return value


def _link(told: dict[str, Any]) -> Link:
    told = {name: told[name] for name in Link.__dataclass_fields__}
    return Link(**(told | {"ambiguous": tuple(told["ambiguous"])}))


def _node(id_: str, labels: list[str], properties: dict[str, Any]) -> Node:
    own = {key: value for key, value in properties.items() if key in OWN_PROPERTIES}
    rest = {
        key.removeprefix("fm_"): value
        for key, value in properties.items()
        if key not in OWN_PROPERTIES
    }
    return Node(
        id=id_,
        title=own["title"],
        note="Note" in labels,
        name=own["name"],
        path=own.get("path"),
        folder=own.get("folder"),
        video=own.get("video_id"),
        tags=tuple(own.get("tags", ())),
        aliases=tuple(own.get("aliases", ())),
        words=own.get("words"),
        summary=own.get("summary"),
        cluster=own.get("cluster"),
        subcluster=own.get("subcluster"),
        cluster_name=own.get("cluster_name"),
        subcluster_name=own.get("subcluster_name"),
        in_degree=own["in_degree"],
        out_degree=own["out_degree"],
        properties=rest,
    )
