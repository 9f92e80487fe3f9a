"""The Python API: what can be imported, what it costs, what comes back."""

from __future__ import annotations

import dataclasses
import inspect
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONCEPT = ["id", "title", "note"]
LINK = (
    "source target relation kind text anchor alias heading line sentence seconds moment nearest"
    " resolved_by ambiguous"
).split()


@pytest.fixture(scope="module")
def graph(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[graphkit.Graph]:
    with graphkit.open(notes, index=tmp_path_factory.mktemp("index") / "example") as graph:
        yield graph


def test_all_public_names_are_listed_in_order_and_can_be_imported() -> None:
    """__all__ is sorted, complete, and what dir shows."""
    assert graphkit.__all__ == sorted(graphkit.__all__)
    assert dir(graphkit) == graphkit.__all__
    for name in graphkit.__all__:
        assert getattr(graphkit, name) is not None
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = graphkit.no_such_thing


def test_everything_that_comes_back_or_is_raised_is_public() -> None:
    """A program can name the type of every answer and of every error."""
    from graphkit import (  # noqa: PLC0415 - their own names, not those of the package
        answers,
        errors,
        model,
        topics,
    )

    given_back = {
        name
        for method, value in inspect.getmembers(graphkit.Graph, inspect.isfunction)
        if not method.startswith("_")
        for name in str(inspect.signature(value).return_annotation).replace("tuple[", "").split(",")
    }
    homes = (answers, model, topics)
    ours = {name for name in given_back if any(hasattr(home, name) for home in homes)}
    assert {"Card", "Clusters", "Gaps"} <= ours <= set(graphkit.__all__)
    for module, base in (
        (errors, errors.GraphkitError),
        (answers, model.Answer),
        (model, model.Answer),
        (topics, model.Answer),
    ):
        for name, value in vars(module).items():
            if (
                inspect.isclass(value)
                and issubclass(value, base)
                and name not in {"Answer", "Node"}
            ):
                assert name in graphkit.__all__


def test_everything_public_is_described() -> None:
    """Every public name, and every public method, has a docstring."""
    for name in graphkit.__all__:
        value = getattr(graphkit, name)
        assert name == "__version__" or inspect.getdoc(value), name
        if inspect.isclass(value) and not issubclass(value, Exception):
            for inner, method in inspect.getmembers(value, inspect.isfunction):
                assert inner.startswith("_") or inspect.getdoc(method), f"{name}.{inner}"


def test_an_import_costs_nothing() -> None:
    """Importing graphkit imports none of the libraries that it stands on."""
    heavy = {"networkx", "yaml", "rich", "typer", "neo4j", "rapidfuzz", "pyvis", "numpy", "sqlite3"}
    code = "import sys, graphkit; print(*sorted(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy.intersection(ran.stdout.split())


def test_asking_a_finished_index_loads_no_parser(
    graph: graphkit.Graph, notes: Path, tmp_path: Path
) -> None:
    """Questions on an index that is there need neither YAML nor networkx."""
    del graph
    graphkit.open(notes, index=tmp_path / "index").close()
    code = (
        "import sys, graphkit\n"
        "with graphkit.open(sys.argv[1], index=sys.argv[2], refresh=False) as graph:\n"
        "    graph.concept('nmj'); graph.neighbours('nmj'); graph.paths('nmj', 'calcium')\n"
        "    graph.stats()\n"
        "print(*sorted(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, notes, tmp_path / "index"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not {"networkx", "yaml", "rich", "neo4j", "pyromark"}.intersection(ran.stdout.split())


def _answers(graph: graphkit.Graph) -> dict[str, graphkit.Concept | Any]:
    return {
        "find": graph.find("nmj"),
        "concept": graph.concept("nmj"),
        "neighbours": graph.neighbours("nmj", depth=2),
        "paths": graph.paths("acetylcholine", "muscle strength"),
        "search": graph.search("calcium"),
        "links": graph.links("nmj")[0],
        "stats": graph.stats(),
        "check": graph.check(),
        "refresh": graph.refresh(),
    }


def test_answers_are_frozen(graph: graphkit.Graph) -> None:
    """Nothing that comes back can be changed by accident."""
    for answer in _answers(graph).values():
        name = dataclasses.fields(answer)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(answer, name, None)


def test_answers_as_plain_data_have_the_documented_keys_in_order(graph: graphkit.Graph) -> None:
    """to_dict gives the JSON of docs/answers.md."""
    told: dict[str, Any] = {key: value.to_dict() for key, value in _answers(graph).items()}
    assert json.loads(json.dumps(told)) == told
    assert list(told["find"]) == CONCEPT
    card = (
        "path video tags aliases words summary cluster subcluster cluster_name subcluster_name"
        " in_degree out_degree properties"
    )
    assert list(told["concept"]) == [*CONCEPT, *card.split(), "links", "backlinks"]
    assert list(told["concept"]["links"][0]) == list(told["concept"]["backlinks"][0]) == LINK
    assert list(told["links"]) == LINK
    near = told["neighbours"]
    assert list(near) == "concept depth direction neighbours total not_walked".split()
    assert list(near["concept"]) == CONCEPT
    assert list(near["neighbours"][0]) == [*CONCEPT, "hops", "links"]
    assert list(near["neighbours"][0]["links"][0]) == LINK
    assert list(told["paths"]) == ["from", "to", "paths"]
    (path,) = told["paths"]["paths"]
    assert list(path) == ["hops", "cost", "concepts", "steps"]
    assert list(path["concepts"][0]) == CONCEPT
    assert list(path["steps"][0]) == ["from", "to", "links"]
    assert list(path["steps"][0]["from"]) == list(path["steps"][0]["to"]) == CONCEPT
    assert list(path["steps"][0]["links"][0]) == LINK
    assert list(told["search"]) == ["query", "total", "hits"]
    hit = [*CONCEPT, "score", "snippet", "heading", "line", "seconds", "moment"]
    assert list(told["search"]["hits"][0]) == hit
    assert (
        list(told["stats"])
        == (
            "vault notes unresolved links links_by_kind resolved_links unresolved_links"
            " ambiguous_links edges links_with_moment external_links attachments components orphans"
            " tags problems best_linked most_wanted"
        ).split()
    )
    assert list(told["stats"]["best_linked"][0]) == [*CONCEPT, "count"]
    assert list(told["stats"]["links_by_kind"]) == ["wiki", "markdown", "embed", "property"]
    assert list(told["check"]) == ["findings", "counts"]
    finding = ["rule", "severity", "path", "line", "message", "suggestion"]
    assert all(list(found) == finding for found in told["check"]["findings"])
    rules = "unresolved ambiguous attachment frontmatter encoding orphan moment".split()
    assert list(told["check"]["counts"]) == rules
    assert list(told["refresh"]) == (
        "notes added changed deleted links_resolved_anew rebuilt warnings".split()
    )


def test_networkx_takes_the_graph_as_it_is(graph: graphkit.Graph) -> None:
    """Its functions run on the graph, and the counts are those of stats."""
    whole = graph.to_networkx()
    stats = graph.stats()
    assert whole.number_of_nodes() == stats.notes + stats.unresolved
    assert whole.number_of_edges() == stats.links
    assert sum(1 for _, note in whole.nodes(data="note") if note) == stats.notes
    assert nx.number_weakly_connected_components(whole) == stats.components
    pairs = {(s, t) for s, t in whole.edges() if s != t and whole.nodes[t]["note"]}
    assert len(pairs) == stats.edges
    assert sum(nx.pagerank(whole).values()) == pytest.approx(1)
    assert nx.shortest_path(whole, "junction/acetylcholine", "junction/nicotinic_receptor")
    assert list(whole) == sorted(whole)
    for id_, told in whole.nodes(data=True):
        assert told["id"] == id_
        assert told["in_degree"] == whole.in_degree(id_)
        assert told["out_degree"] == whole.out_degree(id_)
        assert told["labels"] == ["Concept", "Note" if told["note"] else "Unresolved"]


def test_a_graph_follows_its_vault(tmp_path: Path) -> None:
    """A refresh takes in what has changed; strict and membership are followed."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("[[some title]]\n\nPart of: [[b]]\n", encoding="utf-8")
    (vault / "b.md").write_text("---\ntitle: Some Title\n---\n", encoding="utf-8")
    with graphkit.open(vault, index=tmp_path / "index") as graph:
        assert {link.target for link in graph.links("a")} == {"b"}
        (vault / "c.md").write_text("[[a]]", encoding="utf-8")
        assert graph.refresh().added == ("c.md",)
        assert graph.find("c").note
    with graphkit.open(vault, index=tmp_path / "index", strict=True) as graph:
        assert {link.target for link in graph.links("a", direction="out")} == {"some title", "b"}
        assert graph.paths("a", "b").paths
    with graphkit.open(
        vault, index=tmp_path / "index", strict=True, membership=["PART_OF"]
    ) as graph:
        assert not graph.paths("a", "b").paths
        assert graph.paths("a", "b", membership=True).paths
    (vault / "d.md").write_text("", encoding="utf-8")
    with graphkit.open(vault, index=tmp_path / "index", refresh=False) as graph:
        assert graph.stats().notes == 3
    with graphkit.open(vault, index=tmp_path / "other", refresh=False) as graph:
        assert graph.stats().notes == 4


def test_an_error_says_what_to_do(tmp_path: Path) -> None:
    """Errors are one family, with a message and a hint."""
    with pytest.raises(graphkit.VaultError) as told:
        graphkit.open(tmp_path / "nowhere")
    assert isinstance(told.value, graphkit.GraphkitError)
    assert "nowhere" in told.value.message
    assert told.value.hint
    (tmp_path / "a.md").write_text("", encoding="utf-8")
    with pytest.raises(graphkit.VaultError, match="is a file"):
        graphkit.open(tmp_path / "a.md")


def test_the_example_of_the_package_holds(graph: graphkit.Graph) -> None:
    """What the package's own docstring shows works on the example notes."""
    (path,) = graph.paths("acetylcholine", "muscle strength").paths
    assert all(step.links[0].sentence for step in path.steps)
    assert graph.concept("nmj").title == "Neuromuscular junction"
    assert repr(graph).startswith("<graphkit.Graph of ")
