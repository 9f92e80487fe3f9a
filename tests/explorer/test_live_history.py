"""Earlier maps: which are kept, which is given out, and what becomes of a damaged one."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.explorer.history import History, NoEarlierError, worth_keeping
from graphkit.explorer.known import Known
from graphkit.stores.embedded import EmbeddedStore
from tests.explorer.decoding import decoded
from tests.explorer.following import Page, graph_of_files
from tests.explorer.served import served

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


class Clock:
    """Tells the time that it is set to."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    vault = tmp_path_factory.mktemp("vault")
    (vault / "a.md").write_text("[[b]] [[c]]", encoding="utf-8")
    with closing(EmbeddedStore(vault, index=tmp_path_factory.mktemp("map") / "index")) as store:
        store.refresh()
        return Known(refreshes=False, rebuilt=lambda: None).picture(store).map(store).content


def time_of(packed: bytes) -> datetime:
    return datetime.fromisoformat(decoded(gzip.decompress(packed)).head["time"])


def test_an_explorer_of_a_month(tmp_path: Path, content: bytes) -> None:
    """Every half hour of most of 40 days: an hour, a day and a month ago are found again."""
    clock = Clock()
    history = History(tmp_path / "earlier", now=clock)
    with pytest.raises(NoEarlierError) as none:
        history.before(24)
    assert none.value.message == "No earlier map has been kept yet."
    for _ in range(40 * 24 * 2):
        clock.time += timedelta(minutes=30)
        if clock.time.day % 7 != 1:
            history.keep(content)
    files = sorted((tmp_path / "earlier").iterdir())
    assert 40 < len(files) <= 60
    for hours, most in ((1, 2), (20, 22), (24, 26), (24 * 10, 24 * 12), (24 * 27, 24 * 29)):
        age = clock.time - time_of(history.before(hours))
        assert timedelta(hours=hours) <= age < timedelta(hours=most)
    assert clock.time - time_of(history.before(24 * 365)) < timedelta(days=30)
    assert decoded(gzip.decompress(history.before(1))).pairs == decoded(content).pairs


@given(st.sets(st.integers(-5_000, 60_000), max_size=400), st.integers(0, 3_000))
def test_never_more_than_sixty(minutes: set[int], later: int) -> None:
    """None to come, none older than a month; what is thrown away once is not wanted later."""
    times = [NOW - timedelta(minutes=told) for told in minutes]
    kept = worth_keeping(times, NOW)
    assert len(kept) <= 60
    assert all(timedelta() <= NOW - time <= timedelta(days=30) for time in kept)
    if now := [time for time in times if timedelta() <= NOW - time <= timedelta(hours=1)]:
        assert {time for time in kept if NOW - time <= timedelta(hours=1)} & set(now)
    then = NOW + timedelta(minutes=later)
    assert worth_keeping(kept, then) <= kept


def test_damaged_maps_are_skipped(tmp_path: Path, content: bytes) -> None:
    """Cut off, empty, of another kind, or a folder: the next older one is given out."""
    clock = Clock()
    history = History(tmp_path, now=clock)
    for _ in range(6):
        history.keep(content)
        clock.time += timedelta(hours=2)
    files = sorted(tmp_path.iterdir())
    files[-1].write_bytes(files[-1].read_bytes()[:-100])
    files[-2].write_bytes(b"")
    files[-3].write_bytes(gzip.compress(b"GKM1\x02\0\0\0{}"))
    files[-4].write_bytes(gzip.compress(content[:-8]))
    files[-5].unlink()
    files[-5].mkdir()
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    assert clock.time - time_of(history.before(1)) == timedelta(hours=12)
    clock.time += timedelta(days=40)
    history.keep(content)
    assert (tmp_path / "notes.md").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path, content: bytes) -> None:
    """Nothing is kept, and nothing fails."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    history = History(tmp_path / "file" / "earlier")
    history.keep(content)
    with pytest.raises(NoEarlierError):
        history.before(1)


def test_what_an_explorer_keeps(
    notes: Path, surroundings: Mapping[str, str], tmp_path: Path
) -> None:
    """The map as it was when it was opened, however much is edited within the hour."""
    vault = tmp_path / "vault"
    vault.mkdir()
    for name in ("titin", "sarcomere"):
        text = (notes / "muscle" / f"{name}.md").read_text(encoding="utf-8")
        (vault / f"{name}.md").write_text(text, encoding="utf-8")
    with served(vault, surroundings, tmp_path) as explorer:
        error = explorer.api("earlier", 404)["error"]
        assert error["code"] == "no_earlier"
        assert error["hint"]
        page = Page(explorer)
        assert page.graph
        first = page.revision
        (vault / "titin.md").write_text("[[sarcomere]]\n", encoding="utf-8")
        page.heard_until(graph_of_files(vault, tmp_path / "anew"))
        answer = explorer.ask("/api/earlier?hours=24")
        assert answer.headers["content-type"] == "application/octet-stream"
        plain = explorer.raw("/api/earlier", {"Cookie": explorer.cookie})
        assert plain.body == answer.body
        assert "content-encoding" not in plain.headers
        head = decoded(answer.body).head
        assert head["revision"] == first != page.revision
        assert abs(datetime.now(UTC) - datetime.fromisoformat(head["time"])) < timedelta(hours=1)
        assert all(len(cluster) == 3 for cluster in head["clusters"])
        explorer.api("earlier", 400, hours="-1")
    kept = [file for file in tmp_path.iterdir() if file.name.startswith(".index")]
    assert [len(list(folder.iterdir())) for folder in kept] == [1]
    json.dumps(head)
