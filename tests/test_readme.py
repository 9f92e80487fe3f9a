"""The front door: what the README shows is what one gets."""

from __future__ import annotations

import re
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
QUICK_START = README.partition("## Quick start")[2].partition("\n## ")[0]


def test_quick_start_is_two_lines() -> None:
    """One line installs and runs the main job, one installs and runs the tests."""
    blocks = re.findall(r"^```sh\n(.*?)^```", QUICK_START, re.MULTILINE | re.DOTALL)
    assert [block.count("\n") for block in blocks] == [1, 1]
    assert "graphkit --vault notes" in blocks[0]
    assert "pytest" in blocks[1]


def test_the_path_it_shows_is_the_path_it_finds(
    run: Callable[..., subprocess.CompletedProcess[str]], notes: Path
) -> None:
    """The first screen is real output."""
    command, shown = re.findall(
        r"^```console\n\$ graphkit (.*?)\n(.*?)^```", README, re.MULTILINE | re.DOTALL
    )[0]
    assert run(*shlex.split(command), vault=notes).stdout == shown


def test_its_python_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The example under "From Python" runs as it stands, in a clone."""
    (code,) = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - that is the test
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^):]+)\)", README))))
def test_its_links_lead_somewhere(link: str) -> None:
    """Every file that it names is there."""
    assert (ROOT / link).exists()


def test_the_changelog_knows_the_version() -> None:
    """The newest entry is of the version that is installed."""
    from graphkit import __version__  # noqa: PLC0415

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert sys.version_info >= (3, 11)
