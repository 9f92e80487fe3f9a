"""The page of ``view`` in a real Chromium, cut off from every network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from graphkit.questions.lookup import find_concept
from graphkit.stores.embedded import EmbeddedStore
from graphkit.views.page import MOST_CONCEPTS, best_connected, render
from graphkit.views.page_content import path_page, surroundings_page, vault_page, write_page

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Tab

    from graphkit.views.page import Page

HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.hacked=1",
    "\"'><svg onload=window.hacked=1>",
    "</title><script>window.hacked=1</script>",
]


@pytest.fixture(scope="module")
def chromium(browser: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where Chromium is

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


class Opened:
    """A page that is open, with what it asked for and complained about."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.requests: list[str] = []
        self.errors: list[str] = []
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on(
            "console",
            lambda message: self.errors.append(message.text) if message.type == "error" else None,
        )


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Callable[[Page], Opened]]:
    context = chromium.new_context(viewport={"width": 1200, "height": 900}, offline=True)

    def open_page(page: Page) -> Opened:
        file = write_page(page, tmp_path / "page.html")
        opened = Opened(context.new_page())
        opened.tab.goto(file.as_uri())
        opened.tab.wait_for_selector("html[data-drawn=yes]", timeout=60_000)
        return opened

    yield open_page
    context.close()


@pytest.fixture
def store(notes: Path, tmp_path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(notes, index=tmp_path / "notes.sqlite")
    opened.refresh()
    yield opened
    opened.close()


def test_it_draws_and_asks_for_nothing(
    store: EmbeddedStore, show: Callable[[Page], Opened]
) -> None:
    """One file from disk is all there is, and the console stays quiet."""
    concept = find_concept(store, "nmj").concept
    opened = show(surroundings_page(store, concept, 1))
    assert [url.rpartition("/")[2] for url in opened.requests] == ["page.html"]
    assert opened.errors == []
    drawn: Any = opened.tab.evaluate("Object.keys(graphkit.network.getPositions()).length")
    neighbours = graphkit.open(store.vault, index=store.file).neighbours("nmj").neighbours
    assert drawn == 1 + len(neighbours)
    # The picture may be painted a moment after it is worked out; what is awaited is the picture.
    opened.tab.wait_for_function(
        """() => {
          const canvas = document.querySelector("canvas");
          const seen = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
          let painted = 0;
          for (let place = 3; place < seen.length; place += 4) painted += seen[place] > 0;
          return painted > 5_000;
        }""",
        timeout=60_000,
    )


def test_a_concept_is_found_by_typing(store: EmbeddedStore, show: Callable[[Page], Opened]) -> None:
    """Part of a name, Enter, and its card stands in the panel; its links are lit in the table."""
    opened = show(vault_page(store))
    opened.tab.fill("#find", "proprio")
    opened.tab.press("#find", "Enter")
    assert opened.tab.inner_text("#panel h3") == "Proprioception"
    links = len(graphkit.open(store.vault, index=store.file).links("proprioception"))
    assert opened.tab.locator("#panel li").count() == links
    assert opened.tab.locator("tr.lit").count() == links


def test_an_edge_shows_its_sentences_and_moments(
    store: EmbeddedStore, show: Callable[[Page], Opened]
) -> None:
    """Every link between the two, each moment a link to the second of the video."""
    one = find_concept(store, "acetylcholine").concept
    other = find_concept(store, "muscle strength").concept
    page = path_page(store, one, other)
    opened = show(page)
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


def test_the_table_holds_every_link(store: EmbeddedStore, show: Callable[[Page], Opened]) -> None:
    """Who cannot use the canvas reads the same below it."""
    opened = show(vault_page(store))
    assert opened.tab.locator("tbody tr").count() == store.stats().links


def test_light_and_dark_are_a_click_apart(
    store: EmbeddedStore, show: Callable[[Page], Opened]
) -> None:
    """The page changes, and the graph with it stays where it was."""
    opened = show(surroundings_page(store, find_concept(store, "sleep").concept, 1))
    paper = "getComputedStyle(document.body).backgroundColor"
    where = "JSON.stringify(graphkit.network.getPositions())"
    before = (opened.tab.evaluate(paper), opened.tab.evaluate(where))
    opened.tab.click("#theme")
    after = (opened.tab.evaluate(paper), opened.tab.evaluate(where))
    assert before[0] != after[0]
    assert before[1] == after[1]
    assert opened.errors == []


def test_hostile_notes_execute_nothing(
    make_vault: Callable[[dict[str, str]], Path], show: Callable[[Page], Opened], tmp_path: Path
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
    opened = show(vault_page(store))
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
    many = page._replace(nodes=[*page.nodes] * (MOST_CONCEPTS // len(page.nodes) + 1), links=[])
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
