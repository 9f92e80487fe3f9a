"""The explorer's page as it is built: what is in it, how large it is, when it is built again."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from graphkit.explorer.frontend import hatch_build
from tests.conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ROOT / hatch_build.FRONTEND
AT_FIRST = 250_000
"""How many bytes a browser may load until something more is opened, compressed."""
AT_MOST = 400_000
"""How many bytes the page may have in all, compressed."""


@pytest.fixture
def copy(built_page: Path, tmp_path: Path) -> Path:
    """A project that holds the page's sources alone, with the packages that are installed here."""
    assert built_page.is_dir()
    frontend = tmp_path / hatch_build.FRONTEND
    shutil.copytree(SOURCES, frontend, ignore=shutil.ignore_patterns("node_modules", ".lock"))
    (frontend / "node_modules").symlink_to(SOURCES / "node_modules", target_is_directory=True)
    return tmp_path


def scripts(page: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in page.rglob("*.js"))


def test_the_page_is_small(built_page: Path) -> None:
    """What a browser loads at first is 250 kB at most over the wire; the editor comes later."""
    loaded = [file for file in built_page.rglob("*") if file.suffix in {".html", ".css", ".js"}]
    packed = {file.name: len(gzip.compress(file.read_bytes(), 9)) for file in loaded}
    html = (built_page / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:src|href)="/assets/([^"]+)"', html))
    assert len(named) >= 2
    assert packed["index.html"] + sum(packed[name] for name in named) <= AT_FIRST
    assert sum(packed.values()) <= AT_MOST
    later = set(packed) - named - {"index.html"}
    assert any("cm-editor" in (built_page / "assets" / name).read_text() for name in later)
    assert not any(
        "cm-editor" in (built_page / "assets" / name).read_text()
        for name in named
        if name.endswith(".js")
    )


def test_the_page_is_files_of_the_server_alone(built_page: Path) -> None:
    """Nothing in it is evaluated from text, written into the page, or loaded from elsewhere."""
    assert not re.search(r"\beval\(|\bnew Function\b", scripts(built_page))
    html = (built_page / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\son\w+=|https?://", html)
    named = re.findall(r'(?:src|href)="/(assets/[^"]+)"', html)
    assert named
    assert all((built_page / name).is_file() for name in named)


def test_the_page_has_no_source_map(built_page: Path) -> None:
    """What is shipped is the page, not how it came to be."""
    assert not list(built_page.rglob("*.map"))
    assert "sourceMappingURL" not in scripts(built_page)


def test_licences_are_shipped(built_page: Path) -> None:
    """The notices of what is bundled lie beside it."""
    told = (built_page / "assets" / "licenses.md").read_text(encoding="utf-8")
    wanted = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name, version in wanted.items():
        assert f"## {name} - {version} (MIT)" in told
    assert told.count("Permission is hereby granted") >= len(wanted)


def test_versions_are_exact_and_checked() -> None:
    """Each package is of one version and has its checksum; none has an address."""
    told = json.loads((SOURCES / "package.json").read_text(encoding="utf-8"))
    versions = [*told["dependencies"].values(), *told["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, dict[str, Any]] = lock["packages"]
    assert packages.pop("")["devDependencies"] == told["devDependencies"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())


def test_no_registry_is_named() -> None:
    """No file of the project says where packages come from: that is the machine's business."""
    listed = ["git", "grep", "-IlE", r"registry\.[a-z]+\.(org|com)|(files\.|//)py[p]i\.", "--", "."]
    found = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode > 1:
        pytest.skip("this is no clone")
    assert found.stdout.splitlines() == []


def test_is_built_again_only_when_something_changed(copy: Path) -> None:
    """The same sources give the same bytes, once; other sources give another page."""
    page = copy / hatch_build.STATIC

    def build() -> dict[str, tuple[bytes, int]]:
        hatch_build.build_page(copy, keep_packages=False)
        found = sorted(file for file in page.rglob("*") if file.is_file())
        return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in found}

    first = build()
    assert build() == first
    shutil.rmtree(page)
    again = build()
    assert again != first
    assert {name: told[0] for name, told in again.items()} == {
        name: told[0] for name, told in first.items()
    }
    with (copy / hatch_build.FRONTEND / "index.html").open("a", encoding="utf-8") as file:
        file.write("<!-- changed -->\n")
    assert b"changed" in build()["index.html"][0]


def test_two_builds_at_a_time_give_one_page(copy: Path, built_page: Path) -> None:
    """The second waits for the first, finds the page built, and leaves it as it is."""
    with ThreadPoolExecutor(2) as pool:
        builds = [pool.submit(hatch_build.build_page, copy, keep_packages=False) for _ in range(2)]
        for build in builds:
            build.result()
    page = copy / hatch_build.STATIC
    names = {file.relative_to(built_page) for file in built_page.rglob("*") if file.is_file()}
    assert names == {file.relative_to(page) for file in page.rglob("*") if file.is_file()}
    assert all((page / name).read_bytes() == (built_page / name).read_bytes() for name in names)


def test_says_what_is_wrong_with_the_sources(copy: Path) -> None:
    """A page that cannot be built stops the build, and Vite's own words are shown."""
    script = copy / hatch_build.FRONTEND / "src" / "main.ts"
    script.write_text('import "./nowhere";\n', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"(?s)nowhere.*Vite found something wrong"):
        hatch_build.build_page(copy, keep_packages=False)


def test_says_what_to_do_without_a_registry(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where npm reaches nothing, the message names the way to build without the page."""
    (copy / hatch_build.FRONTEND / "node_modules").unlink()
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:1")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(
        hatch_build.UnreachedError, match=f"(?s)ECONNREFUSED.*{hatch_build.WITHOUT}=1"
    ):
        hatch_build.build_page(copy, keep_packages=False)
