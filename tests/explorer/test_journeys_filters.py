"""One narrows the map: what is left is drawn, counted and listed, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from tests.explorer.test_journeys_comfort import focused, grave

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import networkx as nx

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served

TITIN, VIDEO = "muscle/titin", "XLr2RKoD-oY"


@pytest.fixture(scope="module")
def whole(notes: Path) -> nx.MultiDiGraph[str]:
    """Everything, to find by hand what a filter is to leave."""
    with graphkit.open(notes) as graph:
        return graph.to_networkx()


def having(whole: nx.MultiDiGraph[str], **told: Any) -> set[str]:  # noqa: ANN401 - of an address
    """The concepts that an address leaves."""
    left = set()
    for id_, node in whole.nodes(data=True):
        degree = len({*whole.successors(id_), *whole.predecessors(id_)} - {id_})
        least, _, most = told.get("links", "0-").partition("-")
        relations = {link["relation"] for _, _, link in whole.edges(id_, data=True)}
        relations |= {link["relation"] for _, _, link in whole.in_edges(id_, data=True)}
        folder = f"{node.get('folder') or ''}/"
        kept = (
            int(least or 0) <= degree <= int(most or 9999)
            and (not (tags := told.get("tag")) or bool({*tags} & {*node.get("tags", ())}))
            and (not (video := told.get("video")) or node.get("video_id") == video)
            and (not (kind := told.get("kind")) or node["note"] == (kind == "notes"))
            and (not (relation := told.get("relation")) or relation in relations)
            and (not (inside := told.get("folder")) or folder.startswith(f"{inside}/"))
            and (not (topic := told.get("only")) or node.get("cluster") == topic)
        )
        if kept:
            left.add(id_)
    return left


def listed(visit: Visit) -> set[str]:
    rows = visit.tab.locator("#table tbody tr")
    return {*rows.evaluate_all("all => all.map((one) => one.dataset.concept)")}


def count(visit: Visit) -> str:
    return visit.tab.locator("#filters .plain").inner_text()


KINDS: dict[str, dict[str, Any]] = {
    "tags": {"tag": ["brain", "muscle"]},
    "folder": {"folder": "disorders"},
    "relation": {"relation": "PART_OF"},
    "video": {"video": VIDEO},
    "unresolved": {"kind": "unresolved"},
    "links": {"links": "12-30"},
    "topic": {"only": "c2"},
    "all of it": {"tag": ["brain"], "kind": "notes", "links": "5-", "folder": "control"},
}


def test_each_kind_leaves_what_has_it(
    whole: nx.MultiDiGraph[str], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """From the address: what is drawn, counted and listed is what a hand would have found."""
    seen = visit(of_notes).open(table=1)
    everything = listed(seen)
    assert len(everything) == len(whole)
    for name, told in KINDS.items():
        seen.to(table=1, **told)
        wanted = having(whole, **told)
        assert 0 < len(wanted) < len(whole), name
        seen.until(lambda: listed(seen), wanted.__eq__)
        assert count(seen) == f"{len(wanted)} of {len(whole)} concepts", name
        seen.until(lambda: seen.drawn["notes"], len(wanted).__eq__)
    seen.tab.click("#filters >> text=Clear")
    seen.until(lambda: listed(seen), lambda found: found == everything)
    assert "tag=" not in seen.hash
    assert seen.tab.locator("#filters").is_hidden()


def test_a_relation_leaves_its_own_links_only(
    whole: nx.MultiDiGraph[str], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Lines, and what is lit around a concept, are those of this relation."""
    seen = visit(of_notes).open(relation="PART_OF")
    ends = [(a, b) for a, b, link in whole.edges(data=True) if link["relation"] == "PART_OF"]
    pairs = {frozenset(pair) for pair in ends}
    seen.until(lambda: seen.drawn["links"], lambda links: links == len(pairs))
    seen.to(relation="PART_OF", concept=TITIN, depth=3)
    near = {TITIN}
    for _ in range(3):
        near |= {end for pair in pairs if pair & near for end in pair}
    seen.lit(*near)


def test_by_keys_one_adds_filters_and_takes_them_away(
    whole: nx.MultiDiGraph[str], of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """The form, its choices with counts, the chips and back: the focus is always seen."""
    seen = visit(of_notes).open()
    press = seen.tab.keyboard.press
    options = seen.tab.locator("#filters [role=option]")
    press("f")
    assert focused(seen) == "filter-box"
    options.filter(has_text="control").first.wait_for()  # before anything is typed
    seen.tab.keyboard.type("#bra")
    options.filter(has_text="10 notes").wait_for()
    assert options.count() == 1
    press("Enter")
    said = seen.tab.locator("#said")
    seen.until(said.text_content, lambda text: "10 concepts of" in str(text))
    assert "tag=brain" in seen.hash
    seen.tab.keyboard.type("notes only")
    options.first.wait_for()
    press("Enter")
    press("Tab")
    assert focused(seen) == "Links, from"
    seen.tab.keyboard.type("9")
    press("Tab")
    left = having(whole, tag=["brain"], kind="notes", links="9-")
    seen.until(lambda: count(seen), lambda told: told.startswith(f"{len(left)} of"))
    assert grave(seen) == []
    press("Escape")
    assert focused(seen) == "open-filters"
    chips = seen.tab.locator("#filters .chip")
    assert [" ".join(text.split()) for text in chips.all_inner_texts()] == [
        "Tag brain ×",
        "Notes ×",
        "9 links or more ×",
    ]
    press("Tab")
    while "Take away the filter: Tag brain" not in focused(seen):
        press("Tab")
    press("Enter")
    assert "Notes" in focused(seen)
    press("Enter")
    press("Enter")
    seen.until(lambda: seen.drawn["notes"], lambda n: n == len(whole))
    assert focused(seen) in {"open-filters", "map"}
    seen.tab.go_back()
    seen.until(chips.count, lambda n: n == 1)


def test_what_is_filtered_out_is_not_there(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """It is not lit as a neighbour nor chosen by a click; asked for by name it is, and says so."""
    seen = visit(of_notes).open(tag="muscle", concept=TITIN, table=1)
    tagged = set(of_notes.api("having", tag="muscle")["ids"])
    near = {one["id"] for one in of_notes.api("neighbours", concept=TITIN)["neighbours"]}
    assert near - tagged
    seen.lit(TITIN, *(near & tagged))
    seen.until(lambda: listed(seen), lambda found: found == {TITIN} | (near & tagged))
    out = seen.tab.locator("#side .filtered-out")
    assert out.is_hidden()
    seen.tab.keyboard.press("Escape")
    seen.look_at("junction/calcium", 0.9)
    seen.rested()
    x, y = seen.at("junction/calcium")
    seen.tab.mouse.click(x, y)
    seen.rested()
    assert seen.state["concept"] is None
    seen.find("calcium")
    seen.tab.keyboard.press("Enter")
    seen.title("Calcium")
    out.wait_for()
    assert "junction/calcium" in seen.drawn["lit"]
    assert grave(seen) == []
    out.get_by_role("button").click()
    out.wait_for(state="hidden")
    assert seen.state["filters"]["tags"] == []


def test_cards_and_topics_narrow_the_map(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """A tag, a video and a topic are a click away; topics tell how many of theirs are left."""
    seen = visit(of_notes).open(concept=TITIN, legend=1)
    seen.title("Titin")
    seen.tab.click("#side >> text=#protein")
    seen.until(lambda: seen.state["filters"]["tags"], lambda tags: tags == ["protein"])
    sizes = seen.tab.locator("#legend .topic-line .size")
    seen.until(sizes.all_inner_texts, lambda told: any(size.startswith("0 of") for size in told))
    seen.tab.click("#filters >> text=Clear")
    seen.to(cluster="c1", pane="cluster")
    seen.tab.click("#side >> text=Only this topic")
    size = of_notes.api("cluster", name="c1")["size"]
    seen.until(lambda: count(seen), lambda told: told.startswith(f"{size} of"))


def test_where_nothing_is_left_the_way_back_is_shown(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """Whatever an address asks for: it is text, and one click clears it."""
    hostile = "<img src=x onerror=alert(1)>"
    seen = visit(of_notes).open(tag=hostile, folder="../..", only="c999", table=1)
    nothing = seen.tab.locator("#stage .nothing-left")
    nothing.wait_for()
    assert hostile in nothing.inner_text()
    assert seen.asked("theirs") == []
    assert listed(seen) == set()
    assert grave(seen) == []
    nothing.get_by_role("button").click()
    nothing.wait_for(state="hidden")
    assert seen.tab.evaluate("() => document.activeElement.id") == "map"


def test_a_filter_of_nothing_is_none(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """An address that names no tag, relation, video or topic narrows nothing and fails nothing."""
    seen = visit(of_notes).open(tag="", relation="", video="", only="", kind="notes")
    seen.until(seen.tab.locator("#filters .chip").count, lambda n: n == 1)
    assert seen.tab.locator("#filters .failure").count() == 0
    assert seen.state["filters"]["tags"] == seen.state["filters"]["topics"] == []


def test_a_hidden_topic_comes_back_where_it_is_wanted(
    of_notes: Served, visit: Callable[..., Visit]
) -> None:
    """“Only this topic” shows it; where an address wants both, that is said, and undone."""
    size = of_notes.api("cluster", name="c1")["size"]
    seen = visit(of_notes).open(hide=["c1", "c2"], cluster="c1", pane="cluster")
    seen.tab.click("#side >> text=Only this topic")
    seen.until(lambda: count(seen), lambda told: told.startswith(f"{size} of"))
    assert seen.state["hidden"] == ["c2"]
    seen.to(hide="c1", only="c1")
    nothing = seen.tab.locator("#stage .nothing-left")
    nothing.wait_for()
    assert "or its topic is hidden" in nothing.inner_text()
    assert grave(seen) == []
    nothing.get_by_role("button", name="Show all topics").click()
    seen.until(lambda: count(seen), lambda told: told.startswith(f"{size} of"))
    assert seen.state["filters"]["topics"] == ["c1"]


def test_a_server_that_does_not_know(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """It is said at the filters; what was shown stays, and one can try again."""
    seen = visit(of_notes).open()
    seen.expected.append("503")
    seen.tab.route("**/api/having*", lambda route: route.fulfill(status=503, body="{}"))
    seen.to(tag="brain")
    again = seen.tab.locator("#filters .failure button")
    again.wait_for()
    assert seen.drawn["notes"] > 50
    seen.tab.unroute("**/api/having*")
    again.click()
    seen.until(lambda: count(seen), lambda told: told.startswith("10 of"))


def test_on_a_phone_all_is_within_reach(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """The buttons take one row, the rest is behind “More”; chips and form stay in the page."""
    seen = visit(of_notes, width=390, height=780).open(tag=["brain", "muscle"], kind="notes")
    tools = seen.tab.locator("#tools")
    box = tools.bounding_box()
    assert box
    assert box["height"] < 50
    more = seen.tab.get_by_role("button", name="More", exact=True)
    more.click()
    seen.tab.keyboard.press("Escape")
    assert focused(seen) == "open-more"
    more.click()
    seen.tab.locator("#more >> text=Filters").click()
    assert seen.tab.locator("#more").is_hidden()
    assert focused(seen) == "filter-box"
    seen.tab.keyboard.press("Escape")
    seen.tab.locator("#filters [role=listbox]").wait_for(state="hidden")
    assert seen.asked("unreached") == []
    more.click()
    seen.tab.locator("#more >> text=Save").click()
    assert seen.tab.evaluate("() => document.activeElement.textContent") == "PNG"
    assert [told for told in seen.asked("unreached") if "covered by" not in told] == []
    assert grave(seen) == []
    seen.tab.keyboard.press("Escape")
    assert focused(seen) == "open-more"


def test_many_chips_leave_room_for_the_map(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """On a phone they scroll in their place; the one that has the focus is seen."""
    tags = [f"tag number {number}" for number in range(24)]
    seen = visit(of_notes, width=390, height=780).open(tag=["brain", *tags])
    stage = seen.tab.locator("#map").bounding_box()
    assert stage
    assert stage["height"] > 400
    seen.tab.locator("#filters .chip").last.focus()
    chip = seen.tab.locator("#filters .chip").last.bounding_box()
    place = seen.tab.locator("#filters .chips").bounding_box()
    assert chip
    assert place
    assert place["y"] <= chip["y"]
    assert chip["y"] + chip["height"] <= place["y"] + place["height"]
    assert grave(seen) == []


def test_facets_of_attackers_are_text(
    of_hostile_vault: Served, visit: Callable[..., Visit]
) -> None:
    """Tags, folders and titles of notes stand in the choices and the chips as they are written."""
    seen = visit(of_hostile_vault).open()
    seen.tab.keyboard.press("f")
    options = seen.tab.locator("#filters [role=option]")
    options.first.wait_for()
    tags = [one["name"] for one in of_hostile_vault.api("facets")["tags"]]
    seen.tab.fill("#filter-box", "#")
    options.filter(has_text="#tag").wait_for()
    assert seen.asked("theirs") == []
    seen.to(tag=tags)
    seen.until(seen.tab.locator("#filters .chip").count, lambda n: n == len(tags))
    assert seen.asked("theirs") == []
