"""Explorers, one for all tests that only look, and a real Chromium to visit them."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import ROOT
from tests.explorer.browsing import SOFTWARE_GL, Visit, exploring
from tests.explorer.hostile import write_hostile_vault
from tests.explorer.served import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

    from tests.explorer.served import Served


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which nothing of the machine's own settings shows."""
    home = str(tmp_path_factory.mktemp("home"))
    told = {"HOME": home, "XDG_CACHE_HOME": home, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return {"PATH": os.environ["PATH"], **told}


@pytest.fixture(scope="module")
def explorer(
    notes: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """An explorer of the example notes."""
    with served(notes, surroundings, tmp_path_factory.mktemp("explorer")) as running:
        yield running


@pytest.fixture(scope="session")
def explore(
    built_page: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Served]]:
    """Starts an explorer with its real page, by its options: ``explore("--vault", vault)``."""
    assert built_page.is_dir()
    with ExitStack() as running:

        def start(*graph: str | Path, **more: str) -> Served:
            folder = tmp_path_factory.mktemp("explorer")
            options = [str(option) for option in graph]
            return running.enter_context(exploring(options, surroundings | more, folder))

        yield start


@pytest.fixture(scope="session")
def of_notes(explore: Callable[..., Served], notes: Path) -> Served:
    """The example notes, explored."""
    return explore("--vault", notes)


@pytest.fixture(scope="session")
def of_shared_vault(explore: Callable[..., Served], shared_vault: Path) -> Served:
    """The shared vault, explored."""
    return explore("--vault", shared_vault)


@pytest.fixture(scope="session")
def of_hostile_vault(
    explore: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory
) -> Served:
    """The hostile vault, explored."""
    vault = tmp_path_factory.mktemp("hostile") / "vault"
    write_hostile_vault(vault)
    return explore("--vault", vault)


@pytest.fixture(scope="session")
def chromium_with_gl(browser: str, playwright: Playwright) -> Iterator[Browser]:
    """A Chromium that draws WebGL without a graphics card."""
    started = playwright.chromium.launch(executable_path=browser, args=[*SOFTWARE_GL])
    yield started
    started.close()


@pytest.fixture
def visit(chromium_with_gl: Browser) -> Iterator[Callable[..., Visit]]:
    """Visits an explorer: ``visit(of_notes).open(concept="nmj")``; nothing amiss may happen."""
    visits: list[Visit] = []

    def begin(served: Served, *, width: int = 1200, height: int = 800, **options: Any) -> Visit:  # noqa: ANN401
        options = {"viewport": {"width": width, "height": height}} | options
        visits.append(Visit(chromium_with_gl, f"http://{served.host}/", **options))
        visits[-1].admit(served)
        return visits[-1]

    yield begin
    for one in visits:
        one.context.close()
    assert [told for one in visits for told in one.told()] == []
