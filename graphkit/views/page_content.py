"""What the pages of ``view`` show: a concept's surroundings, a path, a whole vault."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import UsageError
from graphkit.questions.clustering import clustering
from graphkit.questions.neighbours import neighbourhood
from graphkit.questions.partition import natural
from graphkit.questions.paths import PathOptions, find_paths
from graphkit.questions.placing import placing
from graphkit.views.export import Part
from graphkit.views.page import Group, Page
from graphkit.views.query_rows import chain_of, graph_of
from graphkit.views.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from graphkit.answers import QueryResult
    from graphkit.model import Concept
    from graphkit.stores.base import GraphStore

_PATHS = 3


def surroundings_page(store: GraphStore, concept: Concept, depth: int) -> Page:
    """A concept and what is around it, with all links between those.

    Of links that say what a note belongs to, and of index notes', only the concept's own count.
    """
    near = neighbourhood(store, concept, depth=depth)
    ids = {concept.id, *(neighbour.id for neighbour in near.neighbours)}
    return part_page(store, concept.title, Part.of(ids), middle=[concept.id])


def path_page(store: GraphStore, start: Concept, goal: Concept) -> Page:
    """The best paths between two concepts, the first in a row."""
    found = find_paths(store, start, goal, PathOptions(k=_PATHS))
    if not found.paths:
        raise UsageError(f"No path leads from {start.title} to {goal.title}.")
    ids = {concept.id for path in found.paths for concept in path.concepts}
    links = {link for path in found.paths for step in path.steps for link in step.links}
    nodes = store.nodes(ids)
    page = Page(
        f"From {start.title} to {goal.title}",
        [nodes[id_] for id_ in sorted(nodes)],
        sorted(links, key=lambda link: (link.source, link.line, link.target, link.text)),
        frozenset({start.id, goal.id}),
        tuple(concept.id for concept in found.paths[0].concepts),
    )
    return _by_cluster(store, page)


def part_page(
    store: GraphStore,
    title: str,
    part: Part,
    *,
    middle: Collection[str] = (),
    chain: Sequence[str] = (),
) -> Page:
    """Some concepts, and the links between them.

    Of links that say what a note belongs to, and of index notes', those of the middle count, or
    of the chain; without either these are not drawn, and the concepts lie as on the vault's map.

    Args:
        store: where to ask.
        title: what the page is called.
        part: the concepts and their links.
        middle: ids of those that the page is about.
        chain: ids of a path's concepts in order; they are drawn in a row.

    Raises:
        UsageError: none of the concepts is in the graph.
    """
    nodes = store.nodes(part.ids)
    if not nodes:
        raise UsageError("None of these concepts is there any more; there is nothing to draw.")
    ordered = [nodes[id_] for id_ in sorted(nodes)]
    links = store.links_within(nodes) if part.links is None else part.links
    indexes = {index.id for index in store.index_notes(nodes)}
    row = tuple(id_ for id_ in chain if id_ in nodes)
    about = frozenset(middle) & nodes.keys() or frozenset(row[:1] + row[-1:])
    if about:
        kept = about | set(row)
        counting = [
            link
            for link in links
            if kept & {link.source, link.target}
            or not (link.relation in store.membership or indexes & {link.source, link.target})
        ]
        return _by_cluster(store, Page(title, ordered, counting, about, row))
    page = Page(
        title, ordered, links, undrawn=frozenset(store.membership), lineless=frozenset(indexes)
    )
    points = placing(store).points
    if not nodes.keys() <= points.keys():
        return _by_cluster(store, page)
    return _by_cluster(store, replace(page, places={id_: points[id_] for id_ in nodes}))


def query_page(store: GraphStore, found: QueryResult, title: str) -> Page:
    """The concepts, links and paths in a query's rows; the first path in a row."""
    ids, links = graph_of(found)
    chain = chain_of(found)
    nodes = store.nodes(ids)
    page = Page(
        title,
        [nodes[id_] for id_ in sorted(nodes)],
        store.links_within(ids) if links is None else links,
        frozenset(chain[:1] + chain[-1:]),
        chain,
    )
    return _by_cluster(store, page)


def vault_page(store: GraphStore) -> Page:
    """Everything: a whole vault, on its map."""
    nodes = list(store.all_nodes())
    if not nodes:
        raise UsageError("The vault holds no notes; there is nothing to draw.")
    links = list(store.all_links())
    indexes = frozenset(index.id for index in store.index_notes())
    undrawn = frozenset(store.membership)
    page = Page(store.stats().vault, nodes, links, undrawn=undrawn, lineless=indexes)
    places = placing(store)
    if any(node.id not in places.points for node in nodes):
        return _by_cluster(store, page)
    return _by_cluster(store, replace(page, places=places.points))


def _by_cluster(store: GraphStore, page: Page) -> Page:
    """The same page with its notes in the colours of their upper clusters."""
    found, places = clustering(store), placing(store)
    upper = found.partition.upper
    counted = Counter(upper[node.id] for node in page.nodes if node.id in upper)
    ordered = sorted(counted, key=lambda id_: (-counted[id_], natural(id_)))
    numbers = {id_: number for number, id_ in enumerate(ordered)}
    groups = [
        Group(
            id_,
            found.called(id_),
            places.hues[id_],
            places.outline(id_) if page.places else (),
            places.name_room(id_).middle if page.places else None,
        )
        for id_ in ordered
    ]
    group_of = {node.id: numbers[upper[node.id]] for node in page.nodes if node.id in upper}
    return replace(page, groups=groups, group_of=group_of)


def write_page(html: str, title: str, output: Path | None) -> Path:
    """Writes a page, whole or not at all.

    Args:
        html: its text.
        title: what it is called.
        output: the file; without it, one of the page's name in the current folder.

    Returns:
        The file.
    """
    if output is None:
        stem = "_".join(re.findall(r"\w+", title.lower()))[:60] or "graphkit"
        output = Path(f"{stem}.html")
    with whole_file(output) as file:
        file.write(html)
    return output
