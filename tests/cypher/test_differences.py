"""``docs/cypher.md`` says where the engines differ; every row of its tables is tried."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.cypher.dialect import for_embedded
from graphkit.cypher.tokens import read_query
from graphkit.errors import QueryError
from tests.cypher.blocks import Asked, asked_in

if TYPE_CHECKING:
    from graphkit.stores.embedded import EmbeddedStore
    from tests.cypher.conftest import Loaded

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "cypher.md").read_text(encoding="utf-8")


def rows_under(title: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    part = PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\)\|", row.strip().strip("|")) for row in rows]
    return [[cell.strip().strip("`").replace("\\|", "|") for cell in row] for row in cells]


MENDED = rows_under("Written anew")
REFUSED = rows_under("Refused by the embedded engine")
DIFFERENT = rows_under("Where the rows differ")


def rows_here(store: EmbeddedStore, query: str) -> list[Any]:
    return [list(row) for row in store.query(query, timeout=60, limit=100).rows]


def rows_there(loaded: Loaded, store: EmbeddedStore, query: str) -> list[Any]:
    result = loaded(store).query(query, timeout=60, limit=100)
    return [list(row) for row in result.rows]


def test_the_tables_are_there() -> None:
    """The page has the three tables."""
    assert len(MENDED) > 10
    assert len(REFUSED) > 20
    assert len(DIFFERENT) > 5


@pytest.mark.parametrize("row", MENDED, ids=lambda row: row[0])
def test_what_is_written_anew(row: list[str], example_store: EmbeddedStore) -> None:
    """A query that the engine would answer otherwise gives the rows that the page promises."""
    assert rows_here(example_store, row[0]) == json.loads(row[1])


@pytest.mark.parametrize("row", MENDED, ids=lambda row: row[0])
def test_what_is_written_anew_gives_the_rows_of_neo4j(
    row: list[str], example_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """And these are Neo4j's rows."""
    assert rows_there(neo4j_loaded, example_store, row[0]) == json.loads(row[1])


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row[0])
def test_what_is_refused(row: list[str], example_store: EmbeddedStore) -> None:
    """What would be answered otherwise is refused, and the reason names the construct."""
    with pytest.raises(QueryError) as refused:
        example_store.query(row[0], timeout=60, limit=100)
    assert row[1] in refused.value.message + refused.value.hint


@pytest.mark.parametrize("row", DIFFERENT, ids=lambda row: row[0])
def test_what_differs(row: list[str], example_store: EmbeddedStore) -> None:
    """What is left differs as the page says."""
    assert rows_here(example_store, row[0]) == json.loads(row[1])


@pytest.mark.parametrize("row", DIFFERENT, ids=lambda row: row[0])
def test_what_differs_on_neo4j(
    row: list[str], example_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """On Neo4j too the rows are those that the page says."""
    if row[2] == "an error":
        with pytest.raises(QueryError):
            rows_there(neo4j_loaded, example_store, row[0])
    else:
        assert rows_there(neo4j_loaded, example_store, row[0]) == json.loads(row[2])


@pytest.mark.parametrize("asked", asked_in("corpus.cypher"), ids=lambda asked: asked.query[:40])
def test_half_a_query_is_a_mistake_and_no_more(asked: Asked) -> None:
    """A query that ends anywhere is written anew or refused, and breaks nothing."""
    words = read_query(asked.query).tokens
    for last in words[1:]:
        for text in (asked.query[: last.start], asked.query[last.start :]):
            with contextlib.suppress(QueryError):
                for_embedded(read_query(text), {})
