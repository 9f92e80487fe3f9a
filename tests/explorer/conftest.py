"""Explorers of the example notes, one for all tests of a module."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT
from tests.explorer.served import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.explorer.served import Served


@pytest.fixture(scope="module")
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
