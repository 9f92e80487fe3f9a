"""What a figure was measured with: without it a figure says nothing."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sqlite3
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import graphkit
from benchmarks.processes import ROOT, chromium_path

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALTERNATIVES = ("kglite", "networkx", "typer", "pyromark", "psutil", "neo4j")


def manifest(vaults: Mapping[str, Path], checksums: Mapping[str, str]) -> str:
    """Commit, versions, machine and data, a line each.

    Args:
        vaults: the vaults by their names.
        checksums: of the vaults, by the same names.
    """
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    lines = {
        "commit": _commit(),
        "date": now.isoformat(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "graphkit": graphkit.__version__,
        "sqlite": sqlite3.sqlite_version,
        **{name: _version(name) for name in _ALTERNATIVES},
        "chromium": _chromium(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory()}",
        "system": f"{platform.system()} {platform.release()}",
        "load": " ".join(f"{load:.2f}" for load in os.getloadavg()),
    }
    for name, vault in vaults.items():
        notes = sum(1 for _ in vault.rglob("*.md"))
        lines[f"{name} vault"] = f"{notes:,} notes, blake2b {checksums[name]}"
    wide = max(map(len, lines))
    return "\n".join(f"{name:<{wide}}  {told}" for name, told in lines.items())


def _git(*arguments: str) -> str:
    try:
        told = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return told.stdout.strip()


def _commit() -> str:
    commit = _git("rev-parse", "--short=12", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--", "graphkit", "benchmarks")
    return f"{commit}, with changes not committed" if changed else commit


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _chromium() -> str:
    path = chromium_path()
    if path is None:
        return "not installed"
    told = subprocess.run([path, "--version"], capture_output=True, check=False, text=True)
    return told.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    for line in told.splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> str:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{total / 2**30:.1f} GiB"
