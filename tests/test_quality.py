"""What tools say of the code: nothing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import missing

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("tool", ["ruff check", "ruff format --check", "mypy"])
def test_tool_is_quiet(tool: str) -> None:
    """Lint, format and strict types hold, from the root, with the settings in pyproject.toml."""
    name, *options = tool.split()
    if importlib.util.find_spec(name) is None:
        missing(name, f"{name} is not installed")
    ran = subprocess.run(
        [sys.executable, "-m", name, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
