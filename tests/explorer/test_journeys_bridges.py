"""What joins two topics: reached from a topic, from the map and by a key, lit and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.explorer.browsing import Visit
    from tests.explorer.served import Served


def ends(bridges: list[dict[str, Any]]) -> set[str]:
    """The notes of some bridges, and those that their links lead to."""
    links = [link for bridge in bridges for link in bridge["links"]]
    far = {id_ for link in links for id_ in (link["source"], link["target"])}
    return far | {bridge["concept"]["id"] for bridge in bridges}


def shows(seen: Visit, bridges: list[dict[str, Any]]) -> None:
    """Waits until the map lights just these bridges, and the pane lists them."""
    seen.lit(*ends(bridges))
    lines = {frozenset(pair) for pair in seen.drawn["lines"]}
    assert lines == {
        frozenset((link["source"], link["target"]))
        for bridge in bridges
        for link in bridge["links"]
    }
    titles = seen.tab.locator("#side .bridge > .joins a").all_inner_texts()
    assert titles == [bridge["concept"]["title"] for bridge in bridges]


def test_from_a_topic_to_another(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """One chooses the other topic, reads, turns round, goes back; the address keeps it."""
    one, other = of_notes.api("clusters")["clusters"][1:3]
    seen = visit(of_notes).open(pane="cluster", cluster=one["id"])
    seen.title(one["name"])
    seen.tab.click("#side >> text=Bridges to …")
    seen.title(one["name"])
    shows(seen, of_notes.api("bridges", a=one["id"])["bridges"])
    joined = of_notes.api("areas")
    places = {area["id"]: place for place, area in enumerate(joined["clusters"])}
    pairs = {frozenset(joint[:2]): joint[2] for joint in joined["joints"]}
    row = seen.side.locator("ul.topics li", has_text=other["name"])
    linked = pairs[frozenset((places[one["id"]], places[other["id"]]))]
    assert row.locator(".size").inner_text() == str(linked)
    row.locator("button").press("Enter")
    told = of_notes.api("bridges", a=one["id"], b=other["id"])["bridges"]
    assert told
    shows(seen, told)
    assert (seen.state["cluster"], seen.state["other"]) == (one["id"], other["id"])
    assert seen.tab.title().startswith(f"{one['name']} ↔ {other['name']}")
    text = " ".join(seen.side.inner_text().split())
    for bridge in told:
        for link in bridge["links"][:2]:
            assert " ".join(link["sentence"].split()) in text
    more = next(bridge for bridge in told if len(bridge["links"]) > 2)
    opener = seen.side.locator(".bridge", has_text=more["concept"]["title"]).locator(
        "[aria-expanded]"
    )
    opener.first.press("Enter")
    hidden = " ".join(more["links"][2]["sentence"].split())
    assert hidden in " ".join(seen.side.inner_text().split())
    names = seen.drawn["names"]
    assert any(name.startswith(one["name"].split(", ")[0]) for name in names)
    seen.tab.reload()
    seen.ready()
    shows(seen, told)
    seen.tab.keyboard.press("t")
    rows = seen.tab.locator("#table tbody th").all_inner_texts()
    assert set(rows) == {bridge["concept"]["title"] for bridge in told}
    seen.tab.keyboard.press("t")
    seen.side.get_by_label("The other one first").press("Enter")
    seen.until(lambda: seen.state["cluster"], lambda cluster: cluster == other["id"])
    shows(seen, of_notes.api("bridges", a=other["id"], b=one["id"])["bridges"])
    seen.tab.click("#side >> text=Gaps between them")
    gaps = of_notes.api("gaps", a=other["id"], b=one["id"])["gaps"]
    wanted = [[gap["a"]["id"], gap["b"]["id"]] for gap in gaps]
    assert wanted
    seen.until(lambda: seen.drawn["dashed"], lambda dashed: dashed == wanted)
    seen.tab.go_back()
    seen.until(lambda: seen.state["pane"], lambda pane: pane == "bridges")
    seen.tab.locator("#map").focus()
    seen.tab.keyboard.press("Escape")
    seen.until(lambda: seen.drawn["lit"], lambda lit: lit == [])


def test_by_key(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """With a concept chosen, those of its topic; near a topic, of that; of all, from afar."""
    seen = visit(of_notes).open(concept="muscle/titin")
    seen.title("Titin")
    own = of_notes.api("show", concept="muscle/titin")["cluster"]
    seen.tab.keyboard.press("b")
    shows(seen, of_notes.api("bridges", a=own)["bridges"])
    assert seen.state["concept"] == "muscle/titin"
    seen.tab.keyboard.press("Escape")
    seen.title("Titin")
    seen.tab.keyboard.press("Escape")
    seen.until(lambda: seen.state["concept"], lambda concept: concept is None)
    seen.look_at("muscle/titin", 0.8)
    seen.rested()
    seen.tab.keyboard.press("b")
    seen.until(lambda: seen.state["cluster"], lambda cluster: cluster == own)
    seen.tab.keyboard.press("Escape")
    seen.tab.keyboard.press("0")
    seen.rested()
    seen.tab.keyboard.press("b")
    seen.title("What joins the topics")
    shows(seen, of_notes.api("bridges")["bridges"])


def test_from_a_joint_on_the_map(of_notes: Served, visit: Callable[..., Visit]) -> None:
    """The line between two areas says what it is, and a click on it shows their bridges."""
    seen = visit(of_notes, width=700, height=520).open()
    seen.tab.evaluate("() => graphkitTest.setCamera(0, 0, 0.1)")
    seen.rested()
    areas = of_notes.api("areas")
    box = seen.tab.locator("#map").bounding_box()
    assert box

    def over(share: float, one: int, other: int) -> list[str]:
        view = seen.drawn["view"]
        (a, b), (c, d) = (areas["clusters"][number]["at"] for number in (one, other))
        x, y = a + (c - a) * share, b + (d - b) * share
        at = (x * view["scale"] + view["left"], y * view["scale"] + view["top"])
        seen.tab.mouse.move(box["x"] + at[0], box["y"] + at[1])
        seen.tab.wait_for_timeout(30)
        joint: list[str] = seen.drawn["joint"]
        return joint

    shares = [(20 + 3 * step) / 100 for step in range(21)]
    found = next(
        joint
        for one, other, _ in areas["joints"]
        for share in shares
        if (joint := over(share, one, other))
    )
    names = {area["id"]: area["name"] for area in areas["clusters"]}
    hint = seen.tab.locator("#hint")
    hint.wait_for()
    assert all(names[id_] in hint.inner_text() for id_ in found)
    seen.tab.mouse.down()
    seen.tab.mouse.up()
    shows(seen, of_notes.api("bridges", a=found[0], b=found[1])["bridges"])
    hint.wait_for(state="hidden")


def test_names_are_never_markup(of_hostile_vault: Served, visit: Callable[..., Visit]) -> None:
    """Bridges and gaps of notes that are called like an attack are read, and nothing runs."""
    seen = visit(of_hostile_vault).open(pane="bridges")
    seen.settled()
    seen.to(pane="gaps")
    seen.settled()
    told = of_hostile_vault.api("gaps")["gaps"]
    assert seen.tab.locator("#side .gap").count() == len(told)
