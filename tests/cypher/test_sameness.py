"""The same rows on both engines: every saved query, and what people write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.cypher.guard import check_reads_only
from graphkit.cypher.saved import saved_queries, values_for
from graphkit.cypher.tokens import read_query
from graphkit.errors import QueryError
from graphkit.questions.lookup import find_concept
from tests.cypher.blocks import Asked, asked_in

if TYPE_CHECKING:
    from graphkit.answers import QueryResult
    from graphkit.stores.embedded import EmbeddedStore
    from tests.cypher.conftest import Loaded

CORPUS = asked_in("corpus.cypher")
SAVED = saved_queries().queries
ANY_OF_SEVERAL = {"shortest-path"}
"""Saved queries that give one of several shortest paths."""


def rounded(value: Any) -> Any:  # noqa: ANN401 - any value of an answer
    """A value with numbers to twelve digits: sums may be added up in another order."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, list | tuple):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return value


def rows_of(result: QueryResult, query: str) -> list[Any]:
    """Rows in order where the query orders them, else as a bag."""
    rows = [rounded(row) for row in result.rows]
    last = re.split(r"\bUNION\b", query, flags=re.IGNORECASE)[-1]
    return rows if re.search(r"\bORDER BY\b", last, re.IGNORECASE) else sorted(rows, key=repr)


def compare(asked: Asked, store: EmbeddedStore, loaded: Loaded) -> None:
    there = loaded(store).query(asked.query, asked.parameters, timeout=60, limit=10_000)
    if asked.known == "refused":
        with pytest.raises(QueryError):
            store.query(asked.query, asked.parameters, timeout=60, limit=10_000)
        return
    here = store.query(asked.query, asked.parameters, timeout=60, limit=10_000)
    assert list(here.columns) == list(there.columns)
    if asked.known.startswith("differs"):
        assert rows_of(here, asked.query) != rows_of(there, asked.query)
    else:
        assert rows_of(here, asked.query) == rows_of(there, asked.query)


@pytest.mark.parametrize("asked", CORPUS, ids=range(len(CORPUS)))
def test_a_query_runs_on_the_embedded_engine(asked: Asked, example_store: EmbeddedStore) -> None:
    """Every query of the corpus gives rows, or is refused where that is documented."""
    check_reads_only(read_query(asked.query))
    if asked.known == "refused":
        with pytest.raises(QueryError) as refused:
            example_store.query(asked.query, asked.parameters, timeout=60, limit=10_000)
        assert refused.value.line
        assert "--store" in refused.value.hint
    else:
        example_store.query(asked.query, asked.parameters, timeout=60, limit=10_000)


def test_the_corpus_is_large() -> None:
    """At least a hundred and fifty queries are compared, most of which run on both engines."""
    assert len([asked for asked in CORPUS if not asked.known]) >= 150


@pytest.mark.parametrize("asked", CORPUS, ids=range(len(CORPUS)))
def test_rows_are_those_of_neo4j(
    asked: Asked, example_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """A query gives the same columns and rows as on Neo4j, over the example vault."""
    compare(asked, example_store, neo4j_loaded)


def saved_with_values(name: str, store: EmbeddedStore, notes: dict[str, str]) -> Asked:
    (query,) = [query for query in SAVED if query.name == name]
    given = {parameter.name: parameter.example for parameter in query.parameters}
    given |= {p.name: notes.get(p.name, p.example) for p in query.parameters if p.required}
    values = values_for(query, given, lambda told: find_concept(store, told).concept.id)
    return Asked(query.query, values, "")


@pytest.mark.parametrize("name", [query.name for query in SAVED])
def test_saved_queries_give_the_rows_of_neo4j(
    name: str, example_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """A saved query gives the same columns and rows as on Neo4j, over the example vault."""
    asked = saved_with_values(name, example_store, {})
    if name in ANY_OF_SEVERAL:
        return
    compare(asked, example_store, neo4j_loaded)


@pytest.mark.parametrize("name", [query.name for query in SAVED])
def test_saved_queries_give_the_rows_of_neo4j_over_a_real_vault(
    name: str, shared_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """A saved query gives the same columns and rows as on Neo4j, over a vault of real notes."""
    hub = shared_store.linked_most(12, note=True)
    ids = [concept.id for concept, _ in hub[4:]]
    told = dict(zip(("a", "b", "from", "to", "avoid", "concept"), ids, strict=False))
    (query,) = [query for query in SAVED if query.name == name]
    told = {
        p.name: told[p.name] for p in query.parameters if p.type == "concept" and p.name in told
    }
    if name in ANY_OF_SEVERAL:
        return
    compare(saved_with_values(name, shared_store, told), shared_store, neo4j_loaded)


@pytest.mark.parametrize("asked", CORPUS, ids=range(len(CORPUS)))
def test_rows_are_those_of_neo4j_over_a_real_vault(
    asked: Asked, shared_store: EmbeddedStore, neo4j_loaded: Loaded
) -> None:
    """A query gives the same columns and rows as on Neo4j, over a vault of real notes."""
    if asked.known.startswith(("differs", "small")):
        return
    compare(asked, shared_store, neo4j_loaded)
