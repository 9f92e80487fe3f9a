"""All clusters of a vault as a folder of pages: one with all of them, and one each.

The pages are linked with each other by their names alone, so the folder works from disk and from
any host that hands out files.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.errors import StoreError
from graphkit.questions.cluster_card import cluster_meant
from graphkit.questions.clustering import clustering
from graphkit.views.cluster_page import READ_FIRST, cluster_page, clusters_page
from graphkit.views.page import render
from graphkit.views.page_file import ASSETS, asset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkit.stores.base import GraphStore

INDEX: Final = "index.html"
_MARKER: Final = "graphkit-pages.json"
"""Names the files of the folder that are graphkit's; those of an earlier set are replaced."""


def write_set(
    store: GraphStore, folder: Path, progress: Callable[[int, int], None] | None = None
) -> Path:
    """Writes a page of all upper clusters, and one of each, into a folder.

    All is written aside first, and then put in place, the page of all clusters last: where the
    disk is full, what was there is still there, and whole.

    Args:
        store: where to ask.
        folder: new, empty, or one with an earlier set.
        progress: told how many pages are written, and of how many.

    Returns:
        The page of all clusters.

    Raises:
        StoreError: the folder holds other things, is none, or cannot be written.
        UsageError: there are no clusters.
    """
    earlier = _earlier(folder)
    try:
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder, prefix=".graphkit-"))
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        names = []
        for name, text in _files(store, progress):
            (aside / name).write_text(text, encoding="utf-8", newline="\n")
            names.append(name)
        told = json.dumps({"files": sorted(names)}, indent=1) + "\n"
        (aside / _MARKER).write_text(told, encoding="utf-8")
        for name in (_MARKER, *names):
            (aside / name).replace(folder / name)
        for name in earlier - set(names):
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if made and not any(folder.iterdir()):
            folder.rmdir()
    return folder / INDEX


def _files(
    store: GraphStore, progress: Callable[[int, int], None] | None
) -> Iterator[tuple[str, str]]:
    """The names and texts of all files, the page of all clusters last."""
    found = clustering(store)
    uppers = list(found.partition.members("upper"))
    pages = {id_: f"{id_}.html" for id_ in uppers}
    index = clusters_page(store, pages)  # first: it says so where there are no clusters
    for name in ASSETS:
        yield name, asset(name)
    for number, id_ in enumerate(uppers):
        if progress:
            progress(number, len(uppers))
        card = cluster_meant(store, id_, read=READ_FIRST)
        yield pages[id_], render(cluster_page(store, card, pages))
    yield INDEX, index


def _earlier(folder: Path) -> set[str]:
    """The files of an earlier set that a folder holds."""
    try:
        there = {file.name for file in folder.iterdir()} if folder.exists() else set()
    except NotADirectoryError as error:
        raise StoreError(f"{str(folder)!r} is a file.", "Name a folder for the pages.") from error
    except OSError as error:
        raise _not_written(folder, error) from error
    if not there:
        return set()
    try:
        told = json.loads((folder / _MARKER).read_text(encoding="utf-8"))
        names = {str(name) for name in told["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise StoreError(
            f"The folder {str(folder)!r} holds other things; no pages are written into it.",
            "Name a new folder, or an empty one.",
        ) from None
    return {name for name in names if Path(name).name == name}


def _not_written(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"The folder {str(folder)!r} cannot be written: {error.strerror}.")
