"""By what the map can be narrowed, and what has it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

import graphkit
from tests.explorer.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.explorer.served import Served

ONE, TWO = "XLr2RKoD-oY", "dQw4w9WgXcQ"
VAULT = {
    "top.md": "---\ntags: [a, a/b]\nvideoId: XLr2RKoD-oY\n---\nSee [[in/one]] and [[nowhere]].\n"
    "Part of: [[two]]\n",
    "in/one.md": "---\ntags: [a/b/c, ab]\nvideoId: XLr2RKoD-oY\n---\nSee [[top]], [[one]].\n",
    "in/deep/two.md": "---\nvideoId: dQw4w9WgXcQ\ntags: ['<img src=x>']\n---\nNothing.\n",
    "inner/three.md": "No links.\n",
}


@pytest.fixture(scope="module")
def small(
    tmp_path_factory: pytest.TempPathFactory, surroundings: dict[str, str]
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("facets")
    for name, text in VAULT.items():
        file = folder / "vault" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with served(folder / "vault", surroundings, folder) as running:
        yield running


def counts(facets: list[dict[str, Any]]) -> dict[str, int]:
    return {one["name"]: one["count"] for one in facets}


def test_facets_count_what_lies_in_them_and_below(small: Served) -> None:
    """A folder has the notes of the folders in it, a tag those of the tags below it."""
    small.api("vault")
    told = small.api("facets")
    assert counts(told["folders"]) == {"in": 2, "": 1, "in/deep": 1, "inner": 1}
    assert counts(told["tags"]) == {"a": 2, "a/b": 2, "a/b/c": 1, "ab": 1, "<img src=x>": 1}
    assert counts(told["relations"]) == {"LINKS_TO": 3, "PART_OF": 1}
    assert [(one["name"], one["as"]) for one in told["videos"]] == [(ONE, "one"), (TWO, "two")]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"tag": "a"}, ["in/one", "top"]),
        ({"tag": "a/b/c"}, ["in/one"]),
        ({"tag": "A"}, []),
        ({"video": ONE}, ["in/one", "top"]),
        ({"relation": "PART_OF"}, ["in/deep/two", "top"]),
        ({"relation": "LINKS_TO"}, ["in/one", "nowhere", "top"]),
        ({"relation": "') RETURN 1 //"}, []),
    ],
)
def test_what_has_it(small: Served, asked: dict[str, str], ids: list[str]) -> None:
    """Just these have it; a name that is none has nothing."""
    assert small.api("having", **asked)["ids"] == ids


def test_a_relation_tells_whom_it_joins(small: Served) -> None:
    """Each pair once, whichever way its links point, and no link of a note to itself."""
    told = small.api("having", relation="LINKS_TO")
    ends = [told["ids"][place] for place in told["pairs"]]
    assert list(zip(ends[::2], ends[1::2], strict=True)) == [("in/one", "top"), ("nowhere", "top")]


@pytest.mark.parametrize("asked", [{}, {"tag": "a", "video": ONE}, {"tag": ""}])
def test_just_one_is_asked_for(small: Served, asked: dict[str, str]) -> None:
    """Two at once, or none, is a question put wrongly."""
    assert small.api("having", 400, **asked)["error"]["code"] == "usage"


def test_facets_are_those_of_all_links_and_notes(explorer: Served, notes: Path) -> None:
    """What is counted is what one finds by going through everything."""
    told = explorer.api("facets")
    with graphkit.open(notes) as graph:
        whole = graph.to_networkx()
    ends = [(a, b, link["relation"]) for a, b, link in whole.edges(data=True) if a != b]
    assert counts(told["relations"]) == Counter(relation for *_, relation in ends)
    found = explorer.api("having", relation="PART_OF")
    assert found["ids"] == sorted({end for *both, r in ends if r == "PART_OF" for end in both})
    for kind in ("folders", "tags", "relations", "videos"):
        order = [(-one["count"], one["name"]) for one in told[kind]]
        assert all(one < other for one, other in pairwise(order))
