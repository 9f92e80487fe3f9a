"""The map over a server: where things are stays on the machine that asks, as loads follow."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from graphkit.questions.clustering import clustering
from graphkit.questions.placing import placing
from graphkit.stores.neo4j.store import Neo4jStore
from tests.neo4j.loading import load_vault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from graphkit.questions.places import Places
    from tests.neo4j.server import Server

NEW = "muscle/nebulin"


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The user's cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def vault(notes: Path, tmp_path: Path) -> Path:
    """A copy of the example notes that may be written."""
    return shutil.copytree(notes, tmp_path / "notes")


def placed(server: Server) -> tuple[Places, Mapping[str, str]]:
    """The map, asked by somebody who begins now, and the lower cluster of each note."""
    with closing(Neo4jStore(server.uri, server.environment)) as store:
        return placing(store), clustering(store).partition.lower


def test_what_is_loaded_moves_nothing(vault: Path, empty_server: Server, tmp_path: Path) -> None:
    """What is new has a place; what is in the same cluster as before is where it was."""
    load_vault(vault, tmp_path / "index", empty_server)
    before, clusters = placed(empty_server)
    (vault / f"{NEW}.md").write_text("It measures beside [[titin]].\n", encoding="utf-8")
    (vault / "recovery" / "rem_sleep.md").unlink()
    load_vault(vault, tmp_path / "index", empty_server)
    after, now = placed(empty_server)
    assert NEW in after.points.keys() - before.points.keys()
    stayed = {id_ for id_, cluster in clusters.items() if now.get(id_) == cluster}
    assert len(stayed) > 0.9 * len(clusters)
    assert {id_: after.points[id_] for id_ in stayed} == {id_: before.points[id_] for id_ in stayed}
    assert placed(empty_server)[0] == after


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"map": 1}'])
def test_a_damaged_file_is_made_anew(
    content: bytes, vault: Path, empty_server: Server, tmp_path: Path, cache: Path
) -> None:
    """Whatever stands in it, the map is there, as from nothing."""
    load_vault(vault, tmp_path / "index", empty_server)
    before, _ = placed(empty_server)
    (file,) = cache.rglob("places.json")
    file.write_bytes(content)
    assert placed(empty_server)[0] == before
    assert file.read_bytes() != content


def test_a_cache_that_cannot_be_written(
    vault: Path, empty_server: Server, tmp_path: Path, cache: Path
) -> None:
    """The map is there all the same."""
    cache.write_text("no folder", encoding="utf-8")
    load_vault(vault, tmp_path / "index", empty_server)
    assert placed(empty_server)[0] == placed(empty_server)[0]
