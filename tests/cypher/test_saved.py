"""Saved queries: read, listed, given their parameters, and worth having."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import graphkit
from graphkit.cypher.guard import check_reads_only
from graphkit.cypher.saved import read_saved, saved_queries, saved_query
from graphkit.cypher.tokens import PARAMETER, read_query
from graphkit.errors import UsageError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from graphkit.answers import SavedQuery

SAVED = saved_queries().queries


def test_there_are_enough() -> None:
    """At least twenty-four come with graphkit."""
    assert len(SAVED) >= 24


@pytest.mark.parametrize("query", SAVED, ids=lambda query: query.name)
def test_each_is_told(query: SavedQuery) -> None:
    """Each has a title, a sentence, and its parameters, each with an example."""
    assert query.title
    assert query.answers.endswith(("?", "."))
    used = {token.value for token in read_query(query.query).tokens if token.kind == PARAMETER}
    assert used == {parameter.name for parameter in query.parameters}
    assert all(parameter.example is not None for parameter in query.parameters)
    assert "$" not in query.answers
    check_reads_only(read_query(query.query))


@pytest.mark.parametrize("query", SAVED, ids=lambda query: query.name)
def test_each_gives_rows_on_the_example(query: SavedQuery, example: graphkit.Graph) -> None:
    """With its defaults and the examples of what has none, each gives rows on the example vault."""
    given = {parameter.name: parameter.example for parameter in query.parameters}
    required = {p.name: p.example for p in query.parameters if p.required}
    few = example.query(query.name, given)
    many = example.query(query.name, required)
    assert few.rows
    assert many.rows
    assert few.columns == many.columns


def test_concepts_are_named_as_everywhere(example: graphkit.Graph) -> None:
    """A parameter of the type concept takes an alias, a file name or a beginning."""
    by_alias = example.query("concept-card", {"concept": "NMJ"})
    by_id = example.query("concept_card", {"concept": "junction/neuromuscular_junction"})
    assert by_alias == by_id


@pytest.mark.parametrize(
    ("name", "given", "says"),
    [
        ("concept-card", {}, "wants a value for 'concept'"),
        ("hubs", {"limt": 3}, "no parameter 'limt'"),
        ("hubs", {"limit": "many"}, "type integer"),
        ("hups", {}, "No saved query"),
        ("RETURN 1", {"x": 1}, "no parameter 'x'"),
    ],
)
def test_misuse_is_explained(
    name: str, given: dict[str, object], says: str, example: graphkit.Graph
) -> None:
    """A missing, unknown or wrong parameter and a misspelt name are said, with the way out."""
    with pytest.raises(UsageError) as misuse:
        example.query(name, given)
    assert says in misuse.value.message
    assert misuse.value.hint


def test_a_missing_value_is_pointed_at(example: graphkit.Graph) -> None:
    """A parameter of a query of one's own that has no value is shown in the query."""
    with pytest.raises(graphkit.QueryError) as missing:
        example.query("RETURN $x")
    assert missing.value.column == 8


def test_folders_add_and_replace(tmp_path: Path) -> None:
    """A folder of one's own adds queries, and one of a known name counts instead of it."""
    (tmp_path / "mine.cypher").write_text("// Mine\n// Which?\n\nRETURN 1\n", encoding="utf-8")
    (tmp_path / "hubs.cypher").write_text("RETURN 2\n", encoding="utf-8")
    assert saved_query("mine", [tmp_path]).title == "Mine"
    assert saved_query("hubs", [tmp_path]).query == "RETURN 2"
    assert len(saved_queries([tmp_path]).queries) == len(SAVED) + 1
    assert len(saved_queries([tmp_path / "none"]).queries) == len(SAVED)


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ('// $a (text, default null, example "x y"): what', ("a", "text", None, False, "x y")),
        ("// $n (integer, default 3): what", ("n", "integer", 3, False, None)),
        ("// $c (concept, example bone): what", ("c", "concept", None, True, "bone")),
        ('// $l (list, default ["a"], example [1, 2]): what', ("l", "list", ["a"], False, [1, 2])),
    ],
)
def test_parameters_are_read(line: str, known: tuple[object, ...], tmp_path: Path) -> None:
    """A parameter has a name, a type, perhaps a default, and an example."""
    file = tmp_path / "x.cypher"
    file.write_text(f"// X\n{line}\nRETURN 1", encoding="utf-8")
    (told,) = read_saved(file).parameters
    assert (told.name, told.type, told.default, told.required, told.example) == known


def test_a_parameter_that_is_not_understood_is_shown(tmp_path: Path) -> None:
    """A mistake in the opening comments names the file and the line."""
    file = tmp_path / "x.cypher"
    file.write_text("// X\n// Y\n// $a (colour): what\nRETURN 1", encoding="utf-8")
    with pytest.raises(UsageError, match=r"x\.cypher:3"):
        read_saved(file)


def test_a_file_that_is_not_understood_hides_no_other(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """All other queries are listed and asked; the one that is not says why, and where."""
    folder = tmp_path / "vault" / "queries"
    folder.mkdir(parents=True)
    (folder / "bytes.cypher").write_bytes(b"// \xff\nRETURN 1")
    (folder / "good.cypher").write_text("// Good\n// Which?\n\nRETURN 1 AS n\n", encoding="utf-8")
    (folder / "hubs.cypher").write_text("// X\n// $a (colour): what\nRETURN 1", encoding="utf-8")
    known = saved_queries([folder])
    assert len(known.queries) == len(SAVED)  # one more, and one that stood in for a known one
    assert len(known.problems) == 2
    assert "bytes.cypher' is not UTF-8" in known.problems[0]
    assert "hubs.cypher:2:" in known.problems[1]
    vault = tmp_path / "vault"
    listed = run("queries", vault=vault)
    assert listed.returncode == 0
    assert "\ngood" in listed.stdout
    assert "hubs.cypher:2: this parameter is not understood." in listed.stderr
    assert json.loads(run("queries", "-f", "json", vault=vault).stdout)["problems"] == [
        *known.problems
    ]
    assert run("query", "good", "--format", "csv", vault=vault).stdout == "n\n1\n"
    refused = run("query", "hubs", vault=vault)
    assert refused.returncode == 2
    assert "hubs.cypher:2" in refused.stderr


def test_folders_of_ones_own_are_found(
    run: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """The vault's folder queries and the one that graphkit.toml names add to what is saved."""
    for folder, name in (("vault/queries", "one"), ("mine", "two")):
        (tmp_path / folder).mkdir(parents=True)
        text = f"// {name}\n// Which?\n\nRETURN '{name}' AS name\n"
        (tmp_path / folder / f"{name}.cypher").write_text(text, encoding="utf-8")
    (tmp_path / "graphkit.toml").write_text('vault = "vault"\nqueries = "mine"\n', encoding="utf-8")
    for name in ("one", "two"):
        assert run("query", name, "--format", "csv").stdout == f"name\n{name}\n"
    listed = run("queries", "--format", "csv").stdout
    assert "\none,one,Which?,[]\n" in listed
    assert "\ntwo,two,Which?,[]\n" in listed
