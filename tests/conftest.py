"""What all tests share: the vaults, the command line in a world of its own, missing parts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Playwright

    from tests.neo4j.server import Server

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = frozenset(os.environ.get("GRAPHKIT_TEST_REQUIRE", "").replace(",", " ").split())
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(part: str, why: str) -> None:
    """Skips a test whose part is not here; fails it where that part is required."""
    if part in REQUIRED:
        pytest.fail(f"GRAPHKIT_TEST_REQUIRE names {part!r}, but {why}")
    pytest.skip(why)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write what commands print now into tests/transcripts and docs/cli.md",
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """All that needs a Neo4j runs in one process: one server is enough."""
    if "neo4j_server" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group("neo4j"))


@pytest.fixture(scope="session")
def notes() -> Path:
    return ROOT / "notes"


@pytest.fixture(scope="session")
def shared_vault() -> Path:
    told = os.environ.get("GRAPHKIT_TEST_VAULT")
    vault = Path(told) if told else ROOT.parent / "shared" / "vaults" / "hubermanlab"
    if not vault.is_dir():
        missing("vault", f"there is no shared vault at {vault} (GRAPHKIT_TEST_VAULT names one)")
    return vault


@pytest.fixture(scope="session")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        missing("browser", "there is no Chromium")
    return str(found)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; there can be only one in a process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where Chromium is

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def built_page() -> Path:
    """The folder of the explorer's page, built from its sources as they are now."""
    from graphkit.explorer.frontend import hatch_build  # noqa: PLC0415 - needed for the page alone

    if os.environ.get(hatch_build.WITHOUT):
        missing("npm", f"{hatch_build.WITHOUT} is set: there is no page")
    try:
        hatch_build.build_page(ROOT, keep_packages=True)
    except hatch_build.UnreachedError as why:
        missing("npm", str(why))
    return ROOT / hatch_build.STATIC


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Neo4j: the one that GRAPHKIT_TEST_NEO4J_URI names, else one of our own."""
    from tests.neo4j.server import LTS, MissingError, NamedServer, running  # noqa: PLC0415

    # What is kept on this machine of a database must not be that of an earlier one's.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        if named := os.environ.get("GRAPHKIT_TEST_NEO4J_URI"):
            if os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1") != "1":
                pytest.fail("one database is there for one process: run these tests with -n 0")
            theirs = NamedServer(Path(), named=named)
            theirs.start()
            yield theirs
            theirs.stop()
            return
        try:
            with running(tmp_path_factory.mktemp("neo4j"), LTS) as server:
                yield server
        except MissingError as why:
            missing("neo4j", str(why))


@pytest.fixture
def empty_server(neo4j_server: Server) -> Server:
    """The same server, with nothing in it."""
    neo4j_server.empty()
    return neo4j_server


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which nothing of the machine's own settings shows."""
    home = tmp_path_factory.mktemp("home")
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ
    }
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "COLUMNS": "100",
    }


@pytest.fixture
def run(
    environment: dict[str, str], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command line in a process of its own: ``run("show", "nmj", vault=notes)``."""

    def run_graphkit(
        *arguments: str, vault: Path | None = None, cwd: Path | None = None, **more: str
    ) -> subprocess.CompletedProcess[str]:
        named = ["--vault", str(vault)] if vault else []
        return subprocess.run(
            [sys.executable, "-m", "graphkit", *named, *arguments],
            cwd=cwd or tmp_path,
            env=environment | more,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run_graphkit


@pytest.fixture
def make_vault(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Writes a small vault: ``make_vault({"a.md": "[[b]]"})``."""

    def make(files: dict[str, str]) -> Path:
        vault = tmp_path / "vault"
        for name, text in files.items():
            file = vault / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8"))
        vault.mkdir(exist_ok=True)
        return vault

    return make


class Disk:
    """A small disk; ``free`` makes it larger."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def mount(self, how: str) -> bool:
        """Mounts it, or mounts it otherwise; whether that could be done."""
        line = ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(self.place)]
        done = subprocess.run(line, capture_output=True, check=False)
        return done.returncode == 0

    def resize(self, size: str) -> None:
        assert self.mount(f"remount,size={size}")


@pytest.fixture
def disk_of(tmp_path: Path) -> Iterator[Callable[[str], Disk]]:
    """Mounts a disk of its own for a test: ``disk_of("48k")``."""
    mounted: list[Path] = []

    def mount(size: str) -> Disk:
        place = tmp_path / "disk"
        place.mkdir()
        disk = Disk(place)
        if not shutil.which("mount") or not disk.mount(f"size={size}"):
            missing("mount", "no small disk can be mounted here")
        mounted.append(place)
        return disk

    yield mount
    for place in mounted:
        subprocess.run(["umount", str(place)], check=True)
