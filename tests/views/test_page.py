"""The page of ``view`` in a real Chromium, cut off from every network."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import graphkit
from graphkit.questions.lookup import find_concept
from graphkit.stores.embedded import EmbeddedStore
from graphkit.views.page import MOST_CONCEPTS, best_connected, render
from graphkit.views.page_content import path_page, surroundings_page, vault_page

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from tests.views.conftest import Opened

HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hacked=1",
    "\"'><svg onload=window.hacked=1>",
    "</title><script>window.hacked=1</script>",
]


def test_it_draws_and_asks_for_nothing(store: EmbeddedStore, show: Callable[[str], Opened]) -> None:
    """One file from disk is all there is, and the console stays quiet."""
    concept = find_concept(store, "nmj").concept
    opened = show(render(surroundings_page(store, concept, 1)))
    assert [url.rpartition("/")[2] for url in opened.requests] == ["page.html"]
    assert opened.errors == []
    drawn: Any = opened.tab.evaluate("Object.keys(graphkit.network.getPositions()).length")
    neighbours = graphkit.open(store.vault, index=store.file).neighbours("nmj").neighbours
    assert drawn == 1 + len(neighbours)
    opened.painted()


def test_a_concept_is_found_by_typing(store: EmbeddedStore, show: Callable[[str], Opened]) -> None:
    """Part of a name, Enter, and its card stands in the panel; its links are lit in the table."""
    opened = show(render(vault_page(store)))
    opened.tab.fill("#find", "proprio")
    opened.tab.press("#find", "Enter")
    assert opened.tab.inner_text("#panel h2") == "Proprioception"
    links = len(graphkit.open(store.vault, index=store.file).links("proprioception"))
    assert opened.tab.locator("#panel li").count() == links
    assert opened.tab.locator("tr.lit").count() == links


def test_an_edge_shows_its_sentences_and_moments(
    store: EmbeddedStore, show: Callable[[str], Opened]
) -> None:
    """Every link between the two, each moment a link to the second of the video."""
    one = find_concept(store, "acetylcholine").concept
    other = find_concept(store, "muscle strength").concept
    page = path_page(store, one, other)
    opened = show(render(page))
    first, second = page.chain[:2]
    numbers = {node.id: number for number, node in enumerate(page.nodes)}
    pair = "-".join(map(str, sorted((numbers[first], numbers[second]))))
    opened.tab.evaluate("pair => graphkit.showEdge(pair)", pair)
    links = [link for link in page.links if {link.source, link.target} == {first, second}]
    text = opened.tab.inner_text("#panel")
    assert links
    assert all(link.sentence in text for link in links)
    addresses = opened.tab.locator("#panel a").evaluate_all("all => all.map(a => a.href)")
    assert addresses == [link.moment for link in links if link.moment]


def test_the_table_holds_every_link(store: EmbeddedStore, show: Callable[[str], Opened]) -> None:
    """Who cannot use the canvas reads the same below it."""
    opened = show(render(vault_page(store)))
    assert opened.tab.locator("tbody tr").count() == store.stats().links


def test_light_and_dark_are_a_click_apart(
    store: EmbeddedStore, show: Callable[[str], Opened]
) -> None:
    """The page changes, and the graph with it stays where it was."""
    opened = show(render(surroundings_page(store, find_concept(store, "sleep").concept, 1)))
    paper = "getComputedStyle(document.body).backgroundColor"
    where = "JSON.stringify(graphkit.network.getPositions())"
    before = (opened.tab.evaluate(paper), opened.tab.evaluate(where))
    opened.tab.click("#theme")
    after = (opened.tab.evaluate(paper), opened.tab.evaluate(where))
    assert before[0] != after[0]
    assert before[1] == after[1]
    assert opened.errors == []


def test_hostile_notes_execute_nothing(
    make_vault: Callable[[dict[str, str]], Path], show: Callable[[str], Opened], tmp_path: Path
) -> None:
    """Titles, aliases, tags, headings, sentences, file names and ids are only ever text."""
    files = {}
    for number, text in enumerate(HOSTILE):
        name = text.replace("/", "\u2215")
        others = " ".join(f"[[note{other}|{text}]]" for other in range(len(HOSTILE)))
        head = f"---\ntitle: {json.dumps(text)}\naliases: [{json.dumps(text + ' alias')}]\n---\n"
        files[f"note{number}.md"] = f"{head}# {text}\n\n{text} says {others} and [[{name}]].\n"
        files[f"{name}.md"] = f"[[note{number}]] {text}\n"
    vault = make_vault(files)
    store = EmbeddedStore(vault, index=tmp_path / "hostile.sqlite")
    store.refresh()
    opened = show(render(vault_page(store)))
    for number in range(len(store.concepts([node.id for node in store.all_nodes()]))):
        opened.tab.evaluate("number => graphkit.choose(number)", number)
        opened.tab.fill("#find", "<")
    assert opened.tab.evaluate("window.hacked") is None
    assert opened.errors == []
    assert len(opened.requests) == 1
    assert opened.tab.locator("img, svg, iframe").count() == 0
    for address in opened.tab.locator("a").evaluate_all("all => all.map(a => a.href)"):
        assert address.startswith("https://youtu.be/")


def test_a_large_graph_shows_its_best_connected_part(store: EmbeddedStore) -> None:
    """Above the limit the page keeps the most linked concepts, and says so."""
    page = vault_page(store)
    few = best_connected(page, 20)
    assert len(few.nodes) == 20
    least = min(node.in_degree + node.out_degree for node in few.nodes)
    left = {node.id for node in page.nodes} - {node.id for node in few.nodes}
    assert all(node.in_degree + node.out_degree <= least for node in page.nodes if node.id in left)
    assert best_connected(page) is page
    many = replace(page, nodes=[*page.nodes] * (MOST_CONCEPTS // len(page.nodes) + 1), links=[])
    assert "best-connected" in render(many)
    assert "best-connected" not in render(page)


def test_the_verb_writes_a_page_and_says_where(
    run: Callable[..., subprocess.CompletedProcess[str]], notes: Path, tmp_path: Path
) -> None:
    """Away from a desktop terminal nothing is opened."""
    done = run("view", "motor unit", vault=notes)
    assert (done.returncode, done.stdout, done.stderr) == (0, "motor_unit.html\n", "")
    text = (tmp_path / "motor_unit.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "src=" not in text.partition("<script")[0]
