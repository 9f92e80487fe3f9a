"""One takes away what is seen and what is chosen, and other programs read it."""

from __future__ import annotations

import base64
import csv
import io
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx

from tests.explorer.test_journeys_comfort import focused, grave

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN, SLEEP = "muscle/titin", "recovery/sleep"
SVG = "{http://www.w3.org/2000/svg}"
COLOURS = """async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const found = new Set();
  for (let at = 0; at < data.length; at += 4) found.add(data.slice(at, at + 3).join());
  return [image.width, image.height, found.size];
}"""


def saved(visit: Visit, label: str, folder: Path) -> Path:
    """Saves by a button of the open panel; the file under the name that the browser was told."""
    with visit.tab.expect_download() as coming:
        visit.tab.locator("#save").get_by_role("button", name=label, exact=True).click()
    file = folder / coming.value.suggested_filename
    coming.value.save_as(file)
    visit.tab.locator("#save [role=status]", has_text=file.name).wait_for()
    return file


def around(explorer: Served, concept: str) -> set[str]:
    near = explorer.api("neighbours", concept=concept)["neighbours"]
    return {concept, *(one["id"] for one in near)}


def opened_offline(visit: Visit, page: Path) -> Any:  # noqa: ANN401 - a tab
    """A page in a tab of a browser without a network."""
    visit.context.set_offline(True)
    tab = visit.context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    tab.wait_for_selector("canvas")
    assert asked == [page.as_uri()]
    visit.requests.clear()  # that the visit asked nobody else is said by the line above
    visit.context.set_offline(False)
    return tab


def test_what_is_seen_as_pictures(
    of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """A PNG with a pixel for each of the screen's, an SVG in which names are texts; by keys."""
    seen = visit(of_notes, device_scale_factor=2).open(concept=TITIN)
    seen.title("Titin")
    seen.rested()
    seen.tab.locator("#map").focus()
    seen.tab.keyboard.press("s")
    assert focused(seen) == "PNG"
    assert grave(seen) == []
    png = saved(seen, "PNG", tmp_path)
    assert png.name == "notes-around_titin.png"
    stage = seen.tab.locator("#map").bounding_box()
    assert stage
    wide, high, colours = seen.tab.evaluate(COLOURS, base64.b64encode(png.read_bytes()).decode())
    assert (wide, high) == (round(2 * stage["width"]), round(2 * stage["height"]))
    assert colours > 50
    svg = saved(seen, "SVG", tmp_path)
    root = ET.parse(svg).getroot()  # noqa: S314 - our own
    assert (root.get("width"), root.get("height")) == (f"{wide // 2}", f"{high // 2}")
    texts = [text.text for text in root.iter(f"{SVG}text")]
    told = " ".join(str(text) for text in texts)
    assert all(word in told for name in seen.drawn["names"] for word in name.split())
    assert len(list(root.iter(f"{SVG}circle"))) >= len(seen.drawn["lit"])
    assert [group.get("id") for group in root.iter(f"{SVG}g")] == [
        "paper",
        "land",
        "concepts",
        "lit",
        "names",
    ]
    seen.tab.keyboard.press("Escape")
    assert focused(seen) == "open-save"
    tab = seen.context.new_page()
    tab.goto(svg.as_uri())
    shown = base64.b64encode(tab.screenshot()).decode()
    assert seen.tab.evaluate(COLOURS, shown)[2] > 50
    seen.requests.clear()


def test_what_is_chosen_for_other_programs(
    of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """A concept's surroundings as tables, GraphML, Mermaid and a page; then what is in view."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.title("Titin")
    seen.rested()
    wanted = around(of_notes, TITIN)
    seen.tab.click("#open-save")
    concepts = csv.DictReader(
        io.StringIO(saved(seen, "Concepts, CSV", tmp_path).read_text("utf-8"))
    )
    assert {row["id"] for row in concepts} == wanted
    links = [*csv.DictReader(io.StringIO(saved(seen, "Links, CSV", tmp_path).read_text("utf-8")))]
    assert {row[end] for row in links for end in ("source", "target")} == wanted
    graph = nx.read_graphml(saved(seen, "GraphML", tmp_path))
    assert {*graph.nodes} == wanted
    assert graph.number_of_edges() == len(links)
    mermaid = saved(seen, "Mermaid", tmp_path).read_text("utf-8")
    assert mermaid.startswith("flowchart LR\n")
    page = saved(seen, "Page, HTML", tmp_path)
    assert page.name == "notes-around_titin.html"
    tab = opened_offline(seen, page)
    assert "Around Titin" in tab.inner_text("h1")
    assert f"{len(wanted)} concepts" in tab.inner_text("body")
    tab.close()
    seen.tab.locator("#save label", has_text="In view").click()
    view = {*nx.read_graphml(saved(seen, "GraphML", tmp_path)).nodes}
    assert TITIN in view
    assert view != wanted


def test_a_path_a_topic_and_a_filtered_view(
    of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """Each is what stands beside the map; of the map, what filters leave."""
    seen = visit(of_notes).open(**{"from": TITIN, "to": SLEEP, "pane": "path"})
    path = of_notes.api("path", **{"from": TITIN, "to": SLEEP})["paths"][0]
    titles = [concept["title"] for concept in path["concepts"]]
    seen.title(f"{path['hops']} steps")
    seen.tab.click("#open-save")
    page = saved(seen, "Page, HTML", tmp_path)
    assert page.name == "notes-from_titin_to_sleep.html"
    tab = opened_offline(seen, page)
    assert f"{len(titles)} concepts" in tab.inner_text("body")
    tab.close()
    seen.tab.keyboard.press("Escape")
    seen.to(cluster="c1", pane="cluster")
    card = of_notes.api("cluster", name="c1")
    seen.title(card["name"])
    seen.tab.click("#open-save")
    tab = opened_offline(seen, saved(seen, "Page, HTML", tmp_path))
    assert card["name"] in tab.inner_text("h1")
    tab.close()
    seen.tab.keyboard.press("Escape")
    seen.to(tag="brain")
    seen.until(lambda: seen.drawn["notes"], lambda notes: notes == 10)
    seen.tab.click("#open-save")
    left = {*nx.read_graphml(saved(seen, "GraphML", tmp_path)).nodes}
    assert left == {*of_notes.api("having", tag="brain")["ids"]}


def test_a_path_is_saved_whole(
    of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """It is shown whole although a filter leaves links of one relation only; so are its links."""
    told = {"from": TITIN, "to": SLEEP, "pane": "path", "relation": "PART_OF"}
    seen = visit(of_notes).open(**told)
    path = of_notes.api("path", **{"from": TITIN, "to": SLEEP})["paths"][0]
    seen.title(f"{path['hops']} steps")
    seen.tab.click("#open-save")
    links = csv.DictReader(io.StringIO(saved(seen, "Links, CSV", tmp_path).read_text("utf-8")))
    joined = {frozenset((row["source"], row["target"])) for row in links}
    steps = [concept["id"] for concept in path["concepts"]]
    assert all({*pair} in joined for pair in pairwise(steps))
    seen.tab.locator("#save label", has_text="In view").click()
    links = csv.DictReader(io.StringIO(saved(seen, "Links, CSV", tmp_path).read_text("utf-8")))
    assert {row["relation"] for row in links} == {"PART_OF"}


def test_what_is_saved_is_what_is_seen_by_then(
    of_notes: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """The open panel follows the map that the wheel moves; a choice that was made stays."""
    seen = visit(of_notes).open(concept=TITIN)
    seen.title("Titin")
    seen.rested()
    seen.tab.click("#open-save")
    seen.tab.locator("#save label", has_text="In view").click()
    size = seen.tab.locator("#save label", has_text="In view").locator(".size")
    before = size.inner_text()
    stage = seen.tab.locator("#map").bounding_box()
    assert stage
    seen.tab.mouse.move(stage["x"] + 100, stage["y"] + stage["height"] - 100)
    seen.tab.mouse.wheel(0, 3000)
    now = seen.until(size.inner_text, lambda told: told != before)
    assert seen.tab.get_by_label("In view").is_checked()
    concepts = saved(seen, "Concepts, CSV", tmp_path).read_text("utf-8")
    assert f"{len([*csv.DictReader(io.StringIO(concepts))])} concepts" in now


def test_all_rows_are_saved_while_one_is_lit(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """One points at a row, which is lit alone; “Rows of the query” are all of them."""
    seen = visit(of_notes).open(console=1, query="MATCH (n:Note) RETURN n LIMIT 20")
    seen.tab.locator("#console .cm-content").click()
    seen.tab.keyboard.press("Control+Enter")
    seen.until(lambda: len(seen.drawn["lit"]), lambda lit: lit == 20)
    seen.tab.locator("#console [role=gridcell] button").first.focus()
    seen.until(lambda: len(seen.drawn["lit"]), lambda lit: lit == 1)
    seen.tab.keyboard.press("s")
    label = seen.tab.locator("#save label", has_text="Rows of the query")
    label.wait_for()
    assert "20 concepts" in label.inner_text()


def test_pictures_of_a_hostile_vault(
    of_hostile_vault: Served, visit: Callable[..., Visit], tmp_path: Path
) -> None:
    """In the SVG names are text: it is well-formed, and nothing in it runs or leads anywhere."""
    seen = visit(of_hostile_vault).open(concept="n0")
    seen.settled()
    seen.rested()
    seen.tab.click("#open-save")
    root = ET.parse(saved(seen, "SVG", tmp_path)).getroot()  # noqa: S314 - our own
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "g", "rect", "path", "circle", "text")
    }
    attributes = {name for one in root.iter() for name in one.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    assert list(root.iter(f"{SVG}text"))
    page = saved(seen, "Page, HTML", tmp_path)
    assert set(page.name).isdisjoint('<>/\\:"')
    assert seen.asked("theirs") == []


def test_a_server_that_cannot(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """It is said in the panel, and one can try again."""
    seen = visit(of_notes).open()
    seen.expected.append("503")
    seen.tab.route("**/api/export", lambda route: route.fulfill(status=503, body="{}"))
    seen.tab.click("#open-save")
    seen.tab.locator("#save").get_by_role("button", name="GraphML").click()
    failure = seen.tab.locator("#save .failure")
    failure.wait_for()
    seen.tab.unroute("**/api/export")
    with seen.tab.expect_download():
        failure.get_by_role("button").click()
    failure.wait_for(state="hidden")
