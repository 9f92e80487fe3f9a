"""The page's own tests and types, with the tools that it is built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphkit.explorer.frontend.hatch_build import FRONTEND, run_node
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = {"vitest": ["vitest/vitest.mjs", "run"], "tsc": ["typescript/bin/tsc"]}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_is_content(tool: str, built_page: Path) -> None:
    """The page's own units pass, and its types hold."""
    assert built_page.is_dir()
    frontend = ROOT / FRONTEND
    script, *told = TOOLS[tool]
    assert not run_node(frontend, frontend / "node_modules" / script, *told)
