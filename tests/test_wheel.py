"""The built wheel: what it holds, and that it works where nothing else of the project is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli_reference import commands
from tests.explorer.served import Served, begun

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sources as they are."""
    folder = tmp_path_factory.mktemp("wheel")
    told = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*told, str(ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in a virtual environment that holds the wheel and its dependencies only."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    told = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(told, check=True, capture_output=True)
    return programs / "graphkit"


def test_holds_the_package_and_the_example(wheel: Path, notes: Path) -> None:
    """The wheel holds the package, its types and the example notes, and no tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"graphkit/py.typed", "graphkit/cli/app.py", "graphkit/__main__.py"} <= names
    example = {f"graphkit/example/{file.relative_to(notes).as_posix()}" for file in files(notes)}
    assert example == {name for name in names if name.startswith("graphkit/example/")}
    assert "graphkit/queries/hubs.cypher" in names
    rooms = {name.partition("/")[0] for name in names}
    assert {room for room in rooms if not room.endswith(".dist-info")} == {"graphkit"}
    parts = {part for name in names for part in name.split("/")}
    assert not [part for part in parts if part in {"tests", "__pycache__"} or "test_" in part]


def test_holds_the_page(wheel: Path, built_page: Path) -> None:
    """The wheel holds the explorer's page as it is built, and not what it is built from."""
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if name.startswith("graphkit/explorer/")}
        assert "graphkit/explorer/static/index.html" in names
        for name in names:
            if name.startswith("graphkit/explorer/static/"):
                file = built_page / name.removeprefix("graphkit/explorer/static/")
                assert packed.read(name) == file.read_bytes()
    assert not [name for name in names if "frontend" in name]


def test_source_distribution_holds_what_the_page_is_built_from(tmp_path: Path) -> None:
    """It holds the page's sources and their lock file, and neither packages nor a built page."""
    told = [sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", str(tmp_path)]
    subprocess.run([*told, str(ROOT)], check=True, capture_output=True)
    (built,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(built) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    sources = "package.json package-lock.json .npmrc vite.config.ts hatch_build.py src/main.ts"
    assert {f"graphkit/explorer/frontend/{name}" for name in sources.split()} <= names
    assert not [name for name in names if "node_modules" in name or "explorer/static/" in name]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_every_verb_works_where_it_is_installed(
    installed: Path, environment: dict[str, str], tmp_path: Path, notes: Path
) -> None:
    """From an empty environment ``graphkit example`` gives a vault that every verb answers on."""
    del environment["PYTHONPATH"]

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(installed), *words],
            cwd=tmp_path,
            env=environment | {"GRAPHKIT_VAULT": "mine"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def explore() -> subprocess.CompletedProcess[str]:
        told = [str(installed), "explore", "--no-open"]
        explorer = Served(begun(told, tmp_path, environment | {"GRAPHKIT_VAULT": "mine"}))
        page = explorer.ask("/").body.decode("utf-8")
        files = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page)
        assert {explorer.ask(file).status for file in files} == {200}
        code, said = explorer.interrupt()
        return subprocess.CompletedProcess(told, code, page, said)

    asked = {
        "example": run("example", "mine"),
        "index": run("index"),
        "load": run("load", "--store", "bolt://127.0.0.1:1"),
        "show": run("show", "nmj"),
        "neighbours": run("neighbours", "nmj"),
        "path": run("path", "acetylcholine", "muscle strength"),
        "search": run("search", "calcium"),
        "clusters": run("clusters"),
        "cluster": run("cluster", "motor unit", "--size", "3"),
        "bridges": run("bridges", "c1", "c2"),
        "gaps": run("gaps", "dopamine"),
        "stats": run("stats", "--format", "json"),
        "query": run("query", "hubs", "--param", "limit=3"),
        "queries": run("queries"),
        "check": run("check"),
        "export": run("export", "--format", "graphml"),
        "view": run("view", "nmj", "--output", "nmj.html"),
        "explore": explore(),
    }
    assert asked.keys() == commands().keys()
    for verb, answered in asked.items():
        ends = {"check": 1, "load": 5}.get(verb, 0)  # nothing listens at that port
        assert answered.returncode == ends, answered.stderr
        assert answered.stdout or verb in {"example", "load"}
    assert len(files(tmp_path / "mine")) == len(files(notes))
    assert json.loads(asked["stats"].stdout)["notes"] == len(list(notes.rglob("*.md")))
    assert run("shwo").returncode == 2
