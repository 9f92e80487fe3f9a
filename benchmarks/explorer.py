"""The explorer's page against a page of sigma alone that draws the same graph, all of it at once.

Both run in headless Chromium with WebGL in software, at the same places, from the same answer of
the server. A frame is over when its pixels can be read back.
"""

from __future__ import annotations

import gzip
import json
from functools import partial
from heapq import nsmallest
from itertools import pairwise
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from playwright.sync_api import sync_playwright

from benchmarks.explorer_pages import SCREEN, alone, built_sizes, chromium, explorer
from benchmarks.processes import in_pairs
from benchmarks.report import Figures, Outcome, ratio_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

    from benchmarks.explorer_pages import Page
    from benchmarks.processes import Bench

VAULTS = ("shared", "large")
RUNS = 3
_IN: Final = tuple(step / 8 for step in range(9))
_SCRIPT: Final = (
    *((nearness, 0.0, 0.0) for nearness in _IN),
    *((1.0, across, 0.0) for across in (0.25, 0.5)),
    *((1.0, 0.5, down) for down in (0.25, 0.5)),
    *((1.0, across, 0.5) for across in (0.25, 0.0)),
    (1.0, 0.0, 0.25),
    *((nearness, 0.0, 0.0) for nearness in reversed(_IN)),
)
"""How the camera goes: from 0, all of the map, to 1, notes in the middle of its largest topic; and
so many screens to the right and down from there."""
_CLOSE: Final = 0.4
"""Pixels of the screen for each of the map's, where the camera is closest and notes have names."""
_HALFWAY: Final = 0.75
"""From this nearness on it is notes that are drawn, not dots."""
_MIDWAY: Final = 300
_CHOSEN: Final = 8
"""How many notes are clicked; between each two a path is asked for."""
_TYPED: Final = 7
_SHARES: Final = {"card": "click to card", "path": "path shown", "find": "key to list"}
"""What the page measures of itself, by the name of the measure."""
_NAMES: Final = ("the explorer", "sigma alone")


class _Map(NamedTuple):
    """What a vault's map is like.

    Args:
        cameras: the script on it: across, down, and pixels of the screen for each of its own.
        notes: the best-linked ones of its largest topic: id, across, down.
        word: how the name of the first one begins.
        megabytes: areas, and concepts with their links, over the wire.
    """

    cameras: list[tuple[float, float, float]]
    notes: list[tuple[str, float, float]]
    word: str
    megabytes: float


class _Walk(NamedTuple):
    """The camera's script, gone through once.

    Args:
        frames: how long each frame took, in seconds.
        midway: the most notes that were drawn in a frame from halfway on.
        megabytes: heap and array buffers, after collection.
    """

    frames: list[float]
    midway: int
    megabytes: float


def measure(bench: Bench) -> Iterator[Outcome]:
    """The first picture on both vaults, all else on the large one."""
    kilobytes, _ = built_sizes()
    yield Outcome("the page, compressed", "kB", Figures.of([kilobytes]), 250)
    with sync_playwright() as playwright, chromium(playwright) as browser:
        yield from _on_a_vault(bench, browser, "shared", 1.2)
        yield from _on_a_vault(bench, browser, "large", 0.8)


def _on_a_vault(bench: Bench, browser: Browser, name: str, bar: float) -> Iterator[Outcome]:
    with explorer(bench, browser, name) as ours, alone(bench, browser, ours) as bare:
        told = _map(ours)
        one, other = in_pairs(
            bench.runs,
            lambda: ours.seconds_to_picture(told.word),
            lambda: bare.seconds_to_picture(None),
        )
        yield _ratio(f"first picture, {name} vault", one, other, bar)
        if name == "large":
            yield Outcome("geometry over the wire", "MB", Figures.of([told.megabytes]), 1.5)
            yield from _walks(bench.runs, ours, bare, told)


def _ratio(
    what: str, one: Sequence[float], other: Sequence[float], bar: float, unit: str = "s"
) -> Outcome:
    ours, theirs = _NAMES
    return ratio_of(what, (ours, one), (theirs, other), bar, unit)


def _map(page: Page) -> _Map:
    """Reads what the server tells of a map; ``docs/explorer-api.md`` says where it stands."""
    packed = [page.answer(f"api/{name}") for name in ("areas", "map")]
    areas, whole = json.loads(gzip.decompress(packed[0])), gzip.decompress(packed[1])
    body = 8 + int.from_bytes(whole[4:8], "little")
    sections: dict[str, list[int]] = json.loads(whole[8:body])["sections"]

    def section(name: str) -> memoryview:
        start, size = sections[name]
        return memoryview(whole)[body + start : body + start + size]

    largest = areas["clusters"][0]
    within = {
        number
        for number, cluster in enumerate(areas["clusters"])
        if largest["id"] in {cluster["id"], cluster["parent"]}
    }
    ids = section("ids").tobytes().decode().split("\0")
    x, y = section("x").cast("f"), section("y").cast("f")
    degree, clusters = section("degree").cast("H"), section("cluster").cast("H")
    inside = (number for number, own in enumerate(clusters) if own in within)
    best = nsmallest(_CHOSEN, inside, key=lambda number: -degree[number])
    notes = [(ids[number], x[number], y[number]) for number in best]
    word = notes[0][0].rpartition("/")[2][:_TYPED]
    cameras = _cameras(areas["box"], largest["at"])
    return _Map(cameras, notes, word, sum(map(len, packed)) / 1e6)


def _cameras(box: Sequence[int], target: Sequence[int]) -> list[tuple[float, float, float]]:
    left, top, right, bottom = box
    wide, high = SCREEN
    far = min(wide / (right - left), high / (bottom - top))
    cameras = []
    for nearness, across, down in _SCRIPT:
        scale = far * (_CLOSE / far) ** nearness
        x = (left + right) / 2 * (1 - nearness) + target[0] * nearness
        y = (top + bottom) / 2 * (1 - nearness) + target[1] * nearness
        cameras.append((x + across * wide / scale, y + down * high / scale, scale))
    return cameras


def _walks(runs: int, ours: Page, bare: Page, told: _Map) -> Iterator[Outcome]:
    pairs = [(_walk(ours, told), _walk(bare, told)) for _ in range(runs + 1)][1:]
    one, other = ([walk[side] for walk in pairs] for side in (0, 1))
    slow = [[quantiles(walk.frames, n=20)[-1] for walk in walks] for walks in (one, other)]
    yield _ratio("95th percentile of frames, large vault", slow[0], slow[1], 0.25)
    midway = Figures.of(walk.midway for walk in one)
    yield Outcome("notes drawn midway", "", midway, _MIDWAY, at_least=True)
    held = [[walk.megabytes for walk in walks] for walks in (one, other)]
    yield _ratio("heap and array buffers, large vault", held[0], held[1], 4, "MB")
    frame = median(seconds for walk in other for seconds in walk.frames)
    for what, seconds in _shares(ours, told).items():
        named = (_SHARES[what], seconds), ("a frame of sigma alone, median", [frame] * len(seconds))
        yield ratio_of(f"{_SHARES[what]}: the page's own share", *named, 0.5)


def _walk(page: Page, told: _Map) -> _Walk:
    with page.opened() as tab:
        tab.evaluate("benchmark.picture(null)")
        found = tab.evaluate("cameras => benchmark.walk(cameras)", told.cameras)
        devtools = tab.context.new_cdp_session(tab)
        devtools.send("HeapProfiler.collectGarbage")
        held = devtools.send("Runtime.getHeapUsage")
    drawn = zip(_SCRIPT, found["notes"], strict=True)
    midway = max(notes for (nearness, _, _), notes in drawn if nearness >= _HALFWAY)
    return _Walk(found["frames"], midway, (held["usedSize"] + held["backingStorageSize"]) / 1e6)


def _shares(page: Page, told: _Map) -> dict[str, list[float]]:
    """The page's own share of what follows a click, a key, and a path asked for, in seconds."""
    shares: dict[str, list[float]] = {}
    with page.opened() as tab:
        tab.evaluate("benchmark.picture(null)")
        tab.wait_for_selector("body[data-ready]")

        def share(what: str, act: Callable[[], object]) -> None:
            measured = f"gk:{what}"
            before = tab.evaluate("name => performance.getEntriesByName(name).length", measured)
            act()
            found = tab.evaluate("told => benchmark.measured(...told)", [measured, before])
            shares.setdefault(what, []).append(found)

        for id_, x, y in told.notes:
            at = tab.evaluate("told => benchmark.bring(...told)", [id_, x, y, 2 * _CLOSE])
            share("card", partial(tab.mouse.click, at["x"], at["y"]))
        for (one, _, _), (other, _, _) in pairwise(told.notes):
            address = "#" + urlencode({"from": one, "to": other, "pane": "path"})
            share("path", partial(tab.evaluate, "told => { location.hash = told; }", address))
        tab.focus("#find input")
        for key in told.word:
            share("find", partial(tab.keyboard.press, key))
    return shares
