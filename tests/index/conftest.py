"""What the tests of the index share: everything that an index says, in a form to compare."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.questions.clustering import clustering

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.stores.base import GraphStore

# Every table, with numbers replaced by what they stand for; times and sizes of files are left out.
_SAID = {
    "concept": "SELECT key, title, name, note, in_degree, out_degree, neighbours FROM concept",
    "note": "SELECT key, path, raw_path, folder, digest, video, words, summary, aliases, headings,"
    " properties FROM note LEFT JOIN concept USING (id)",
    "tag": "SELECT key, position, tag FROM tag LEFT JOIN concept ON concept.id = tag.note",
    "name": "SELECT slug, rule, folded, exact, key FROM name"
    " LEFT JOIN concept ON concept.id = name.concept",
    "target": "SELECT folder, form, text, own, slug, tail, concept IS NULL, key, resolved_by,"
    " ambiguous FROM target LEFT JOIN concept ON concept.id = target.concept",
    "link": "SELECT source.key, row_number() OVER (PARTITION BY link.source ORDER BY link.id),"
    " folder, form, text, own, concept.key, relation, kind, anchor, alias, heading, line,"
    " sentence, seconds, nearest FROM link LEFT JOIN target ON target.id = link.target"
    " LEFT JOIN concept ON concept.id = target.concept"
    " LEFT JOIN concept AS source ON source.id = link.source",
    "reference": "SELECT key, row_number() OVER (PARTITION BY source ORDER BY reference.id), kind,"
    " text, anchor, alias, line FROM reference LEFT JOIN concept ON concept.id = source",
    "problem": "SELECT key, row_number() OVER (PARTITION BY problem.note ORDER BY problem.id),"
    " rule, line, message, suggestion FROM problem"
    " LEFT JOIN concept ON concept.id = problem.note",
    "file": "SELECT path FROM file",
    "meta": "SELECT key, value FROM meta WHERE key NOT IN ('revision', 'clusters')",
}
_TEXT = (
    "SELECT key, text.title, aliases, headings, body, places FROM text"
    " LEFT JOIN concept ON concept.id = text.note"
)
# A table that is not compared would be a table that nobody watches. Clusters, and what has been
# linked otherwise since they were kept, have a history, and tests of their own.
_TABLES = {*_SAID, "passage", "said", "relinked", "kept", "cluster", "clustered"}


def everything_said(index: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an index file says, table by table, sorted."""
    with closing(sqlite3.connect(index)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert {name for name in tables if not name.startswith("said_")} <= _TABLES
        said = {name: connection.execute(query).fetchall() for name, query in _SAID.items()}
        said["text"] = connection.execute(_TEXT).fetchall()
        if "said" in tables:
            connection.execute("INSERT INTO said (said, rank) VALUES ('integrity-check', 1)")
            connection.rollback()
    return {name: sorted(rows, key=repr) for name, rows in said.items()}


def assert_clusters_told(store: GraphStore) -> None:
    """Every concept is in the clusters that are kept, by their names, and in no other."""
    found = clustering(store)
    upper, lower = found.partition.upper, found.partition.sub
    for node in store.all_nodes():
        cluster, part = upper.get(node.id), lower.get(node.id)
        assert (node.cluster, node.subcluster) == (cluster, part)
        assert node.cluster_name == (cluster and found.called(cluster))
        assert node.subcluster_name == (part and found.called(part))
    assert set(upper) <= {node.id for node in store.all_nodes() if node.note}


@pytest.fixture(scope="session")
def everything_in() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    """Everything that an index file says, table by table, sorted."""
    return everything_said
