"""``python -m benchmarks NAME``: measures, prints the manifest, the figures and the verdict."""

from __future__ import annotations

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.manifest import manifest
from benchmarks.processes import Bench
from benchmarks.report import report
from benchmarks.vaults import checksum_of, large_vault, shared_vault

NAMES = (
    "cold-index",
    "cold-index-memory",
    "fulltext",
    "refresh",
    "scaling",
    "questions",
    "networkx",
    "paths",
    "hidden-links",
    "gaps",
    "load",
    "query",
    "saved-queries",
    "clusters",
    "names",
    "places",
    "overview",
    "explorer",
    "console",
    "live",
)


def main() -> None:
    """Runs the benchmarks that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", choices=NAMES, help="what to measure")
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("--runs", type=_runs, help="how many pairs; each has its own default")
    parser.add_argument(
        "--large", type=Path, metavar="DIR", help="where to keep the large vault; else the cache"
    )
    told = parser.parse_args()
    if told.list:
        for name in NAMES:
            print(f"{name:<18} {_first_line(name)}")
        return
    if told.name is None:
        parser.error("name a benchmark, or ask for --list")
    _run(told.name, told.runs, told.large)


def _run(name: str, runs: int | None, large: Path | None) -> None:
    module = import_module(_module(name))
    for setting in [name for name in os.environ if name.startswith("GRAPHKIT_INDEX")]:
        del os.environ[setting]  # every index here is made afresh
    shared = shared_vault()
    vaults = {"shared": shared}
    checksums = {"shared": checksum_of(shared)}
    if "large" in module.VAULTS:
        vaults["large"], checksums["large"] = large_vault(shared, large)
    print(f"{name}: {_first_line(name)}\n")
    print(manifest(vaults, checksums), flush=True)
    with tempfile.TemporaryDirectory(prefix="graphkit-benchmark-") as folder:
        bench = Bench(vaults, Path(folder), runs or module.RUNS)
        for outcome in module.measure(bench):
            print("\n" + report(outcome), flush=True)


def _module(name: str) -> str:
    return f"benchmarks.{name.replace('-', '_')}"


def _first_line(name: str) -> str:
    return (import_module(_module(name)).__doc__ or "").splitlines()[0]


def _runs(text: str) -> int:
    runs = int(text)
    if runs < 1:
        raise argparse.ArgumentTypeError("one pair at least")
    return runs


if __name__ == "__main__":
    main()
