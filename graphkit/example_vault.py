"""The example vault that comes with graphkit: notes on the neuromuscular system."""

from __future__ import annotations

import shutil
from pathlib import Path

from graphkit.errors import UsageError


def example_folder() -> Path:
    """Where the example's files are: in the package, or beside it in a clone."""
    here = Path(__file__).parent
    packed = here / "example"
    return packed if packed.is_dir() else here.parent / "notes"


def write_example(folder: Path) -> int:
    """Copies the example vault.

    Args:
        folder: where to; it is made if it is not there.

    Returns:
        How many files were written.

    Raises:
        UsageError: something is there already; nothing is written over.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is a file; nothing is written.", "Name a new folder.")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{str(folder)!r} is not empty; nothing is written.", "Name a new folder.")
    shutil.copytree(example_folder(), folder, dirs_exist_ok=True)
    return sum(1 for path in folder.rglob("*") if path.is_file())
