"""What the page hands out as files: parts of the graph, and pages that open offline."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

if TYPE_CHECKING:
    from tests.explorer.served import Answer, Served

TITIN, ACTIN, SARCOMERE = "muscle/titin", "muscle/actin", "muscle/sarcomere"
IDS = [TITIN, ACTIN, SARCOMERE]
TOLD: dict[str, Any] = {"vault": "notes", "title": "Around Titin", "concepts": IDS}


def given(explorer: Served, what: str, **told: Any) -> Answer:  # noqa: ANN401 - JSON
    """A file, as the page asks for it."""
    answer = explorer.post(what, TOLD | told)
    assert answer.status == 200, answer.body
    return answer


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


def test_tables_hold_the_concepts_and_the_links_between_them(explorer: Served) -> None:
    """Each link with its sentence; none that leads elsewhere."""
    links = rows(given(explorer, "export", format="links"))
    shown = [link for id_ in IDS for link in explorer.api("show", concept=id_)["links"]]
    within = [link for link in shown if link["target"] in IDS]
    told = [(link["source"], link["target"], link["sentence"]) for link in within]
    assert sorted((one["source"], one["target"], one["sentence"]) for one in links) == sorted(told)
    assert any("when an active muscle is stretched" in link["sentence"] for link in links)
    concepts = rows(given(explorer, "export", format="concepts"))
    assert [one["id"] for one in concepts] == [ACTIN, SARCOMERE, TITIN]
    assert [one["title"] for one in concepts] == ["Actin", "Sarcomere", "Titin"]


def test_links_of_some_relations_only(explorer: Served) -> None:
    """What a filter leaves is what is saved."""
    links = rows(given(explorer, "export", format="links", relations=["PART_OF"]))
    assert {link["relation"] for link in links} == {"PART_OF"}


def test_graphml_is_read_by_others(explorer: Served) -> None:
    """Networkx has the same concepts and links."""
    graph = nx.parse_graphml(given(explorer, "export", format="graphml").body.decode())
    assert sorted(graph.nodes) == [ACTIN, SARCOMERE, TITIN]
    assert graph.number_of_edges() == len(rows(given(explorer, "export", format="links")))


def test_mermaid_draws_each_relation_once(explorer: Served) -> None:
    """A box for each concept, an arrow for each direction."""
    lines = given(explorer, "export", format="mermaid").body.decode().splitlines()
    assert lines[0] == "flowchart LR"
    links = rows(given(explorer, "export", format="links"))
    drawn = {(link["source"], link["target"], link["relation"]) for link in links}
    assert sum("-->" in line for line in lines) == len(drawn)
    assert sum("Titin" in line for line in lines) == 1


def test_a_page_is_about_what_was_chosen(explorer: Served) -> None:
    """A surrounding, a path, a set, and a topic; each whole in one file that asks nobody."""
    for told in ({"middle": [TITIN]}, {"chain": [TITIN, ACTIN]}, {}, {"cluster": "c1"}):
        answer = given(explorer, "page", **told)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        html = answer.body.decode()
        assert html.startswith("<!doctype html>")
        assert "default-src &#39;none&#39;" in html
        assert "Titin" in html or "cluster" in told


@pytest.mark.parametrize(
    ("vault", "title", "name"),
    [
        ("notes", "Around Titin", "notes-around_titin-links.csv"),
        ("../..\\x", "../etc/passwd\0\r\nX: y", "x-etc_passwd_x_y-links.csv"),
        ("Büro", "„Schlaf“ <b>", "b%C3%BCro-schlaf_b-links.csv"),
        ("", "\ud800 ☃", "graphkit-links.csv"),
        ("n", "long " * 40, "n-" + ("long_" * 12) + "-links.csv"),
    ],
)
def test_names_are_safe(explorer: Served, vault: str, title: str, name: str) -> None:
    """Nothing but letters, digits, lines and a dot, whatever a title says."""
    answer = given(explorer, "export", format="links", vault=vault, title=title)
    told = answer.headers["content-disposition"]
    assert told.startswith('attachment; filename="')
    assert told.rpartition("''")[2] == name
    assert set(told).isdisjoint("\r\n\0/\\<")


@pytest.mark.parametrize(
    "told",
    [
        {"format": "exe"},
        {"format": None},
        {"format": "links", "concepts": "muscle/titin"},
        {"format": "links", "concepts": [1]},
        {"format": "links", "relations": {"a": 1}},
        {"format": "links", "title": None},
    ],
)
def test_what_is_sent_wrongly_is_told(explorer: Served, told: dict[str, Any]) -> None:
    """As an error of use."""
    answer = explorer.post("export", TOLD | told)
    assert (answer.status, answer.told["error"]["code"]) == (400, "usage")


def test_concepts_that_are_gone_are_left_out(explorer: Served) -> None:
    """And a page of nothing but such is refused in words."""
    concepts = rows(given(explorer, "export", format="concepts", concepts=[TITIN, "gone"]))
    assert [one["id"] for one in concepts] == [TITIN]
    answer = explorer.post("page", TOLD | {"concepts": ["gone"]})
    assert answer.status == 400
    assert "any more" in answer.told["error"]["message"]
