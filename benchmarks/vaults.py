"""The vaults that are measured: the shared one, and a large one made from it.

The large vault holds 19 copies of the shared vault's notes in 19 folders. Names and links carry
the copy's prefix, so that each copy is a graph of its own; all copies share one ``hubermanlab``
note, and every 20th link of a copy points into the next one, so that the whole is one graph.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.processes import ROOT

COPIES = 19
_EVERY = 20
_SHARED_NOTE = "hubermanlab"
_RECIPE = 1
_LINK = re.compile(r"\[\[([^\]|#\n]+)(?=[\]|#])")


def shared_vault() -> Path:
    """The shared vault: what GRAPHKIT_TEST_VAULT names, else the one beside the checkout."""
    told = os.environ.get("GRAPHKIT_TEST_VAULT")
    vault = Path(told) if told else ROOT.parent / "shared" / "vaults" / "hubermanlab"
    if not vault.is_dir():
        raise SystemExit(f"There is no shared vault at {vault}; GRAPHKIT_TEST_VAULT names one.")
    return vault.resolve()


def checksum_of(vault: Path) -> str:
    """A checksum of all notes: their paths and their bytes, in the order of the paths."""
    told = hashlib.blake2b(digest_size=8)
    for path in sorted(note.relative_to(vault).as_posix() for note in vault.rglob("*.md")):
        data = (vault / path).read_bytes()
        told.update(f"{path}\0{len(data)}\0".encode())
        told.update(data)
    return told.hexdigest()


def large_vault(shared: Path, folder: Path | None = None) -> tuple[Path, str]:
    """The large vault, made where it is not there yet or is not what it should be.

    Args:
        shared: the shared vault.
        folder: where to keep it; in the user's cache folder without it.

    Returns:
        Its folder and its checksum.
    """
    folder = folder or user_cache_path("graphkit", appauthor=False) / "benchmarks"
    vault, kept = folder.absolute() / "large", folder.absolute() / "large.json"
    source = {"recipe": _RECIPE, "copies": COPIES, "shared": checksum_of(shared)}
    if vault.is_dir() and kept.is_file():
        checksum = checksum_of(vault)
        if json.loads(kept.read_text(encoding="utf-8")) == source | {"checksum": checksum}:
            return vault, checksum
    if vault.exists() and not kept.is_file():
        raise SystemExit(f"{vault} is not a large vault made here; it is left as it is.")
    folder.mkdir(parents=True, exist_ok=True)
    kept.write_text("{}", encoding="utf-8")  # says whose the folder is, should this be interrupted
    shutil.rmtree(vault, ignore_errors=True)
    write_large_vault(shared, vault)
    checksum = checksum_of(vault)
    kept.write_text(json.dumps(source | {"checksum": checksum}), encoding="utf-8")
    return vault, checksum


def write_large_vault(shared: Path, vault: Path) -> None:
    """Writes the large vault.

    Args:
        shared: the shared vault, all its notes in one folder.
        vault: a folder that is not there yet.
    """
    notes = {
        path.stem: path.read_bytes().decode("utf-8", errors="surrogateescape")
        for path in sorted(shared.glob("*.md"))
    }
    for copy in range(COPIES):
        folder = vault / f"copy{copy:02}"
        folder.mkdir(parents=True)
        links = 0
        for name, text in notes.items():
            if name == _SHARED_NOTE:
                if copy == 0:
                    _write(vault / f"{name}.md", _prefixed(text, copy, 0, 0)[0])
                continue
            written, links = _prefixed(text, copy, links, _EVERY)
            _write(folder / f"c{copy:02}_{name}.md", written)


def _prefixed(text: str, copy: int, links: int, every: int) -> tuple[str, int]:
    """A note's text with its links prefixed, and the number of links of the copy so far."""

    def link(found: re.Match[str]) -> str:
        nonlocal links
        target = found[1].strip()
        if target == _SHARED_NOTE:
            return found[0]
        links += 1
        to = (copy + 1) % COPIES if every and links % every == 0 else copy
        return f"[[c{to:02}_{target}"

    return _LINK.sub(link, text), links


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", errors="surrogateescape"))
