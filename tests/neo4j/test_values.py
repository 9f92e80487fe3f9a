"""Values of every kind as properties: what Neo4j takes, and what becomes JSON text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import Node
from graphkit.stores.neo4j.values import concept_row, node_of

if TYPE_CHECKING:
    from tests.neo4j.server import Server

REFUSED = {
    "nested map": {"a": {"b": 1}},
    "mixed list": [1, "a", 2.5],
    "numbers of two kinds": [1, 2.0],
    "truth and number": [True, 1],
    "beyond 64 bits": 2**63,
    "below 64 bits": -(2**63) - 1,
    "in a list": [2**64],
    "lone surrogate": "\ud800",
    "in a list too": ["\udfff"],
    "null in a list": [1, None],
    "list in a list": [[1]],
    "map in a list": [{"a": 1}],
    "null": None,
    "": "no name",
    "nul\0in a name": 1,
    "surrogate \ud800 in a name": 1,
    "x" * 70_000: "a long name",
}
TAKEN = {
    "largest": 2**63 - 1,
    "smallest": -(2**63),
    "quotes ` ' \" $(x) {y}": "`) DETACH DELETE n // $(x) \" ' \\",
    "nul": "a\0b",
    "empty": "",
    "no items": [],
    "texts": ["a", "", "é🧠"],
    "flags": [True, False],
    "numbers": [1, 2],
    "parts": [1.5, -0.0],
    "yes": True,
    "_hash": "mine",
    "fm_x": 1,
    "title": "taken",
}


def a_node(properties: dict[str, Any]) -> Node:
    ordered = {key: properties[key] for key in sorted(properties)}
    return Node("a", "A", note=True, name="a", path="a.md", folder="", words=1, properties=ordered)


def test_what_the_server_takes_comes_back_as_it_was(empty_server: Server) -> None:
    """Each value comes back with its type; those that Neo4j refuses have become JSON text."""
    node = a_node(REFUSED | TAKEN)
    row = concept_row(node, [("name", "a", "a")])
    ((stored,),) = empty_server.ask("CREATE (c:Concept) SET c = $row RETURN properties(c)", row=row)
    back = node_of(stored, note=True)
    assert json.dumps(back.to_dict()) == json.dumps(node.to_dict())
    as_text = set(stored["_json"])
    assert {"nested map", "mixed list", "beyond 64 bits", "lone surrogate"} <= as_text
    assert not as_text & TAKEN.keys()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=6))
def test_any_frontmatter_comes_back(properties: dict[str, Any]) -> None:
    """Whatever a note's properties are, reading their row gives them back, in their order."""
    node = a_node(properties)
    back = node_of(concept_row(node, [("name", "a", "a")]), note=True)
    assert json.dumps(back.to_dict()) == json.dumps(node.to_dict())
