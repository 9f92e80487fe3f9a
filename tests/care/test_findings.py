"""What is wrong with a vault: each rule, its line, and what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import graphkit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

VAULT = {
    "neuromuscular_junction.md": "---\naliases: [endplate]\nvideoId: abcdefghijk\n---\n"
    '[[motor_neuron]]\n\nSo it is. <a class="yt-timestamp" data-t="99:99">[00:99]</a>\n',
    "motor_neuron.md": "See [[neuromuscular_junktion]].\nAnd [[f/endplat]], [[wholly else]].\n\n"
    "![[diagrem.png]] ![[diagrm.png]] ![[pics/diagram.png]] ![[diagram.png]]"
    " ![[other/diagram.png]]\n"
    "[a](pics/Diagram.PNG) ![](../outside.png)\n",
    "a/same.md": "[[motor_neuron]] [[Same]]",
    "b/same.md": "---\ntags: [x\n---\n[[neuromuscular_junction]]",
    "b/twice.md": "---\nkey: 1\nkey: 2\n---\n[[a/same]]",
    "alone.md": "[[alone]] [[#Part]] [out](https://example.org)",
    "pics/diagram.png": "",
}


@pytest.fixture
def graph(make_vault: Callable[[dict[str, str]], Path], tmp_path: Path) -> Iterator[graphkit.Graph]:
    vault = make_vault(VAULT)
    (vault / "bytes.md").write_bytes(b"[[motor_neuron]]\nnot \xff utf-8\n")
    with graphkit.open(vault, index=tmp_path / "index") as graph:
        yield graph


def _found(graph: graphkit.Graph, rule: str) -> list[tuple[str, int | None, str | None]]:
    findings = graph.check(rule)
    assert findings.counts == {rule: len(findings.findings)}
    assert {found.rule for found in findings.findings} <= {rule}
    assert all(found.message.endswith(".") for found in findings.findings)
    return [(found.path, found.line, found.suggestion) for found in findings.findings]


def test_a_link_without_a_note_is_found_with_what_was_meant(graph: graphkit.Graph) -> None:
    """Near-spellings are offered, of names and aliases, and nothing where nothing is near."""
    assert _found(graph, "unresolved") == [
        ("motor_neuron.md", 1, "neuromuscular_junction"),
        ("motor_neuron.md", 2, "endplate"),
        ("motor_neuron.md", 2, None),
    ]


def test_a_link_that_could_mean_several_is_found(graph: graphkit.Graph) -> None:
    """The note that is taken is named, and so are the others."""
    assert _found(graph, "ambiguous") == [("a/same.md", 1, "a/same")]
    (found,) = graph.check("ambiguous").findings
    assert "b/same" in found.message


def test_a_missing_file_is_found(graph: graphkit.Graph) -> None:
    """A file beside, anywhere by its name, or by the end of its path is there, in any case."""
    assert _found(graph, "attachment") == [
        ("motor_neuron.md", 4, "diagram.png"),
        ("motor_neuron.md", 4, "diagram.png"),
        ("motor_neuron.md", 4, "diagram.png"),
        ("motor_neuron.md", 5, None),
    ]
    named = [found.message.split("'")[1] for found in graph.check("attachment").findings]
    assert sorted(named) == ["../outside.png", "diagrem.png", "diagrm.png", "other/diagram.png"]


def test_what_cannot_be_read_as_written_is_found(graph: graphkit.Graph) -> None:
    """Broken YAML, a key given twice, bytes that are no UTF-8, times that cannot be."""
    assert [(path, line) for path, line, _ in _found(graph, "frontmatter")] == [
        ("b/same.md", 3),
        ("b/twice.md", 3),
    ]
    assert [(path, line) for path, line, _ in _found(graph, "encoding")] == [("bytes.md", 2)]
    assert [(path, line) for path, line, _ in _found(graph, "moment")] == [
        ("neuromuscular_junction.md", 7)
    ]


def test_a_note_without_company_is_found(graph: graphkit.Graph) -> None:
    """Links to itself and to the outside join a note with nothing."""
    assert _found(graph, "orphan") == [("alone.md", None, None)]


def test_all_findings_stand_by_path_and_line(graph: graphkit.Graph) -> None:
    """Errors and warnings are told apart, and counted by rule."""
    findings = graph.check()
    order = [(found.path, found.line or 0, found.rule) for found in findings.findings]
    assert order == sorted(order)
    assert findings.counts == {
        "unresolved": 3,
        "ambiguous": 1,
        "attachment": 4,
        "frontmatter": 2,
        "encoding": 1,
        "orphan": 1,
        "moment": 1,
    }
    severities = {found.rule: found.severity for found in findings.findings}
    assert {rule for rule, severity in severities.items() if severity == "warning"} == {
        "orphan",
        "moment",
    }


def test_an_unknown_rule_is_wrong_usage(graph: graphkit.Graph) -> None:
    """The error names the rules that there are."""
    with pytest.raises(graphkit.UsageError) as told:
        graph.check("spelling")
    assert "orphan" in told.value.hint


def test_a_sound_vault_has_no_findings(
    make_vault: Callable[[dict[str, str]], Path], tmp_path: Path
) -> None:
    """Where nothing is wrong nothing is found."""
    with graphkit.open(make_vault({"a.md": "[[b]]", "b.md": ""}), index=tmp_path / "i") as graph:
        assert graph.check().findings == ()


def test_stats_count_what_is_there(graph: graphkit.Graph) -> None:
    """Every figure of a vault that was counted by hand."""
    told = graph.stats().to_dict()
    assert told.pop("best_linked")[0] == {
        "id": "motor_neuron",
        "title": "motor_neuron",
        "note": True,
        "count": 3,
    }
    assert [wanted["id"] for wanted in told.pop("most_wanted")] == [
        "f/endplat",
        "neuromuscular_junktion",
        "wholly else",
    ]
    assert told == {
        "vault": "vault",
        "notes": 7,
        "unresolved": 3,
        "links": 11,
        "links_by_kind": {"wiki": 11, "markdown": 0, "embed": 0, "property": 0},
        "resolved_links": 8,
        "unresolved_links": 3,
        "ambiguous_links": 1,
        "edges": 5,
        "links_with_moment": 0,
        "external_links": 1,
        "attachments": 7,
        "components": 2,
        "orphans": 1,
        "tags": 0,
        "problems": 4,
    }
