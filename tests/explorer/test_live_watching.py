"""When it is looked at a vault."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.errors import VaultError
from graphkit.explorer import watching
from graphkit.explorer.watching import looks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_folder_that_is_another_one(tmp_path: Path) -> None:
    """It is looked at as long as the folder is the same; a file in place of it is said."""
    vault = tmp_path / "vault"
    vault.mkdir()
    looked = looks(vault, Event())
    assert [next(looked), next(looked)] == [True, True]
    vault.rename(tmp_path / "old")
    vault.mkdir()
    assert set(looked) <= {True, False}  # and comes to an end
    vault.rmdir()
    vault.write_text("", encoding="utf-8")
    with pytest.raises(VaultError):
        next(looks(vault, Event()))


def test_a_system_that_watches_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system's own limit is reached, files are looked at every time instead."""

    def refused(*_told: Any, **_options: Any) -> Iterator[Any]:  # noqa: ANN401 - as watch has it
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watching, "watch", refused)
    monkeypatch.setattr(watching, "_LOOK", 1)
    stop = Event()
    looked = looks(tmp_path, stop)
    assert [next(looked) for _ in range(5)] == [True] * 5
    stop.set()
    assert list(looked) == []
