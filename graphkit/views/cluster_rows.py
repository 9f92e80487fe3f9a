"""How clusters look on a terminal and in rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.views.sheet import Piece

if TYPE_CHECKING:
    from graphkit.topics import Clusters
    from graphkit.views.sheet import Sheet


def print_clusters(answer: Clusters, sheet: Sheet) -> None:
    """Prints the clusters of a level: size, name and id, and the most central notes."""
    if not answer.clusters:
        return
    wide = len(f"{answer.clusters[0].size:,}")
    for cluster in answer.clusters:
        of = f" of {cluster.parent}" if cluster.parent else ""
        facts = f"  {cluster.id}{of} · {cluster.links_inside:,} links inside"
        if cluster.links_outside:
            facts += f", {cluster.links_outside:,} out of it"
        size = f"{cluster.size:>{wide},}  "
        sheet.line(size, Piece(cluster.name, "bold"), Piece(facts, "dim"))
        sheet.line(" · ".join(concept.title for concept in cluster.central), indent=wide + 2)
    notes = sum(cluster.size for cluster in answer.clusters)
    told = (
        f"{len(answer.clusters):,} clusters of {notes:,} notes, modularity {answer.modularity:.3f}"
    )
    sheet.line(Piece(told, "dim"))


def rows_of_clusters(answer: Clusters) -> tuple[list[str], list[list[Any]]]:
    """A row a cluster."""
    columns = ["id", "name", "named_by", "level", "parent", "size", "links_inside", "links_outside"]
    rows = [
        [
            *(getattr(cluster, name) for name in columns),
            "; ".join(concept.id for concept in cluster.central),
        ]
        for cluster in answer.clusters
    ]
    return [*columns, "central"], rows
