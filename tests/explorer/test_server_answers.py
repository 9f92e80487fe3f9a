"""What an explorer answers: the answers of the command line, over HTTP, on both stores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.explorer.served import Served, served
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.neo4j.server import Server

    Cli = Callable[..., Any]

QUESTIONS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "show": ({"concept": "nmj"}, ["show", "nmj"]),
    "stats": ({}, ["stats"]),
    "search": ({"q": "muscle fibre", "limit": 90}, ["search", "muscle fibre", "--limit", "90"]),
    "clusters": ({"level": "lower"}, ["clusters", "--level", "lower"]),
    "cluster": ({"name": "c1", "read": 4}, ["cluster", "c1", "--reading-order", "4"]),
    "neighbours": (
        {"concept": "dopamine", "depth": 2, "direction": "out"},
        ["neighbours", "dopamine", "--depth", "2", "--direction", "out"],
    ),
    "path": (
        {"from": "acetylcholine", "to": "sarcopenia", "k": 2, "avoid": ["nmj", "titin"]},
        ["path", "acetylcholine", "sarcopenia", "--k", "2", "--avoid", "nmj", "--avoid", "titin"],
    ),
}


@pytest.fixture(scope="module")
def cli(notes: Path, surroundings: dict[str, str]) -> Cli:
    def run(*words: str, **more: str) -> Any:  # noqa: ANN401 - JSON
        line = [sys.executable, "-m", "graphkit", "--vault", str(notes), "--format", "json", *words]
        ran = subprocess.run(line, env=surroundings | more, capture_output=True, check=True)
        return json.loads(ran.stdout)

    return run


@pytest.fixture(scope="module")
def remote(
    notes: Path,
    neo4j_server: Server,
    surroundings: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Served]:
    """An explorer of the example notes in Neo4j."""
    folder = tmp_path_factory.mktemp("remote")
    neo4j_server.empty()
    load_vault(notes, folder / "loaded", neo4j_server)
    told = surroundings | neo4j_server.environment
    with served(None, told, folder, "--store", neo4j_server.uri) as running:
        yield running


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_the_command_line(explorer: Served, cli: Cli, question: str) -> None:
    """A question over HTTP is answered with exactly the JSON that the verb prints."""
    given, words = QUESTIONS[question]
    assert explorer.api(question, **given) == cli(*words)


@pytest.mark.parametrize("question", [*QUESTIONS, "find", "links", "areas"])
def test_neo4j_answers_alike(explorer: Served, remote: Served, question: str) -> None:
    """An explorer of a loaded graph says the same as one of the vault."""
    others: dict[str, dict[str, Any]] = {
        "find": {"q": "muscle"},
        "links": {"a": "dopamine", "b": "basal ganglia"},
    }
    given = QUESTIONS[question][0] if question in QUESTIONS else others.get(question, {})
    here, there = explorer.api(question, **given), remote.api(question, **given)
    for told in (here, there):
        for key in ("revision", "problems"):  # a load has no findings
            told.pop(key, None)
        for hit in told.get("hits", ()):
            hit.pop("score")  # Lucene's own
        told.get("hits", []).sort(key=lambda hit: str(hit["id"]))
    assert here == there


def test_what_is_explored(explorer: Served, remote: Served, cli: Cli, notes: Path) -> None:
    """The page is told which vault it shows, where that is, and how large it is."""
    told = explorer.api("vault")
    stats = cli("stats")
    assert list(told) == "vault path store revision notes unresolved links problem".split()
    assert (told["path"], told["store"], told["problem"]) == (str(notes), "embedded", None)
    for key in ("vault", "notes", "unresolved", "links"):
        assert told[key] == stats[key]
    theirs = remote.api("vault")
    assert (theirs["vault"], theirs["path"], theirs["links"]) == ("notes", None, stats["links"])
    assert theirs["store"].startswith(("bolt://", "neo4j://"))


def test_links_between_two(explorer: Served, cli: Cli) -> None:
    """The links between two concepts come whichever way they point, and no others."""
    a, b = "control/dopamine", "neuromuscular_system"
    told = explorer.api("links", a=a, b=b)["links"]
    card = cli("show", a)
    here = [link for link in card["links"] if link["target"] == b]
    there = [link for link in card["backlinks"] if link["source"] == b]
    assert here
    assert there
    assert told == here + there
    assert explorer.api("links", a=b, b=a)["links"] == told
    assert explorer.api("links", a=a, b=a)["links"] == []


def test_find(explorer: Served) -> None:
    """While a person types, names come: whole ones, begun ones, words within, near-spellings."""

    def first(query: str) -> tuple[Any, ...]:
        choice = explorer.api("find", q=query)["choices"][0]
        return choice["id"], choice["how"], choice["alias"]

    nmj = "junction/neuromuscular_junction"
    assert first("NMJ") == (nmj, "alias", "NMJ")
    assert first("neuromuscular junction") == (nmj, "title", None)
    assert first("junction/Neuromuscular_junction") == (nmj, "id", None)
    assert first("dop") == ("control/dopamine", "prefix", None)
    assert first("nerve-musc") == (nmj, "prefix", "nerve-muscle synapse")
    assert first("ganglia") == ("control/basal_ganglia", "part", None)
    assert first("acetilcholine") == ("junction/acetylcholine", "near", None)
    assert explorer.api("find", q="  ") == {"query": "  ", "choices": []}
    assert explorer.api("find", q="zzzzzz")["choices"] == []


def test_find_offers_clusters(explorer: Served) -> None:
    """Clusters are found by any word of their names, and there is room for them."""
    for cluster in explorer.api("areas")["clusters"]:
        word = cluster["name"].split(", ")[0]
        choices = explorer.api("find", q=word, limit=12)["choices"]
        assert len(choices) <= 12
        found = [choice for choice in choices if choice["kind"] == "cluster"]
        names = {choice["id"]: choice["name"] for choice in found}
        assert names.get(cluster["id"], cluster["name"]) == cluster["name"]
        assert 1 <= len(found) <= 3


def test_every_concept_is_found_by_its_title(explorer: Served, cli: Cli) -> None:
    """Whatever a note is called, typing all of that offers it first, or its namesakes."""
    rows = cli("query", "MATCH (c:Concept) RETURN c.id, c.title")["rows"]
    for id_, title in rows:
        choices = explorer.api("find", q=title)["choices"]
        whole = [
            choice["id"] for choice in choices if choice.get("how") in {"id", "title", "alias"}
        ]
        assert id_ in whole


@pytest.mark.parametrize(
    ("question", "given", "status", "code"),
    [
        ("show", {}, 400, "usage"),
        ("show", {"concept": "xyzzy"}, 404, "no_such_concept"),
        ("show", {"concept": ""}, 404, "no_such_concept"),
        ("show", {"concept": "\0\ud7ff\U0010ffff"}, 404, "no_such_concept"),
        ("note", {"concept": "substantia nigra"}, 404, "no_note"),
        ("cluster", {"name": "xyzzy"}, 404, "nothing_said"),
        ("cluster", {"name": "c1", "size": 3}, 400, "usage"),
        ("clusters", {"level": "middle"}, 400, "usage"),
        ("search", {"q": "-"}, 400, "usage"),
        ("search", {"q": "muscle", "limit": 0}, 400, "usage"),
        ("neighbours", {"concept": "nmj", "depth": "²"}, 400, "usage"),
        ("neighbours", {"concept": "nmj", "depth": "1e3"}, 400, "usage"),
        ("neighbours", {"concept": "nmj", "direction": "up"}, 400, "usage"),
        ("path", {"from": "nmj", "to": "titin", "k": 9**9}, 400, "usage"),
        ("path", {"from": "nmj", "to": "titin", "avoid": "xyzzy"}, 404, "no_such_concept"),
    ],
)
def test_errors(
    explorer: Served, question: str, given: dict[str, Any], status: int, code: str
) -> None:
    """What is asked wrongly is answered with what was wrong, as the command line's JSON is."""
    told = explorer.api(question, status, **given)
    assert list(told) == ["error"]
    assert list(told["error"]) == ["code", "message", "hint", "candidates"]
    assert told["error"]["code"] == code
    assert told["error"]["message"]


def test_a_guess_is_offered_and_not_taken(explorer: Served) -> None:
    """A concept that is gone is not taken for one that is called almost like it."""
    told = explorer.api("show", 404, concept="junction/acetilcholine")["error"]
    assert told["code"] == "no_such_concept"
    told = explorer.api("show", 404, concept="acetilcholine")["error"]
    assert [candidate["id"] for candidate in told["candidates"]] == ["junction/acetylcholine"]
    assert explorer.api("show", concept="acetylcholine")["id"] == "junction/acetylcholine"


def test_an_ambiguous_name(
    make_vault: Callable[[dict[str, str]], Path], surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Of several concepts of a name none is taken; all are offered."""
    vault = make_vault({"a/same.md": "[[b]]", "c/same.md": "", "b.md": ""})
    with served(vault, surroundings, tmp_path) as explorer:
        told = explorer.api("show", 409, concept="same")["error"]
        assert [candidate["id"] for candidate in told["candidates"]] == ["a/same", "c/same"]


def test_large_answers_are_packed(explorer: Served) -> None:
    """An answer of over a kilobyte comes gzipped to who takes that; a small one as it is."""
    packed = explorer.ask("/api/show?concept=nmj")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.wire < len(packed.body) / 2
    plain = explorer.ask("/api/show?concept=nmj", Accept_Encoding="identity")
    assert plain.body == packed.body
    assert "content-encoding" not in plain.headers
    small = explorer.ask("/api/vault")
    assert "content-encoding" not in small.headers
    assert small.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("question", ["areas", "map"])
def test_geometry_is_sent_once(explorer: Served, question: str) -> None:
    """While nothing changes the browser keeps the geometry, and is only told that it is so."""
    first = explorer.ask(f"/api/{question}")
    assert first.headers["cache-control"] == "no-cache"
    again = explorer.ask(f"/api/{question}", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    other = explorer.ask(f"/api/{question}", If_None_Match='"another"')
    assert (other.status, other.body) == (200, first.body)


def test_a_page_load_sees_what_was_written(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A note that is written while the explorer runs is there when the page is loaded again."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    with served(vault, surroundings, tmp_path) as explorer:
        before, tag = explorer.api("vault"), explorer.ask("/api/map").headers["etag"]
        (vault / "brand_new.md").write_text("[[dopamine]] and more.", encoding="utf-8")
        after = before
        for _ in range(1_000):  # one refresh serves a whole page load
            after = explorer.api("vault")
            if after["revision"] != before["revision"]:
                break
        assert after["notes"] == before["notes"] + 1
        assert explorer.ask("/api/map").headers["etag"] != tag
        assert explorer.api("find", q="brand n")["choices"][0]["id"] == "brand_new"
        assert explorer.api("show", concept="brand_new")["out_degree"] == 1
        assert explorer.api("areas")["revision"] == after["revision"]


def test_a_name_given_by_hand_is_seen(
    notes: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """A cluster that is renamed beside the explorer has its new name when the page is loaded."""
    vault = tmp_path / "notes"
    shutil.copytree(notes, vault)
    with served(vault, surroundings, tmp_path) as explorer:
        names = {cluster["name"] for cluster in explorer.api("areas")["clusters"]}
        line = [sys.executable, "-m", "graphkit", "--vault", str(vault), "cluster", "c1"]
        index = ["--index", str(tmp_path / "index")]
        told = [*line, "--rename", "My own name", *index]
        subprocess.run(told, env=os.environ | surroundings, check=True, capture_output=True)
        seen = names
        for _ in range(1_000):  # one refresh serves a whole page load
            seen = {cluster["name"] for cluster in explorer.api("areas")["clusters"]}
            if seen != names:
                break
        assert "My own name" in seen
        assert explorer.api("find", q="own name")["choices"][0]["id"] == "c1"
