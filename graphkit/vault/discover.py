"""Which files a vault holds: a walk of the folder that follows no symbolic link."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkit.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Callable


class Seen(NamedTuple):
    """A file as the walk saw it: size in bytes, time of the last change in nanoseconds."""

    size: int
    mtime_ns: int


class Walk(NamedTuple):
    """What a walk found.

    Args:
        notes: the notes by their path in the vault, with ``/`` between folders.
        files: the paths of all other files.
        warnings: folders that could not be read, settings that could not be understood.
    """

    notes: dict[str, Seen]
    files: frozenset[str]
    warnings: tuple[str, ...]


def checked_vault(vault: str | Path) -> Path:
    """The vault's folder as an absolute path.

    Args:
        vault: a folder.

    Raises:
        VaultError: it is missing, a file, or may not be read.
    """
    if not str(vault):
        raise VaultError("The vault's name is empty.", "Name a folder of notes.")
    path = Path(vault)
    if not path.exists():
        raise VaultError(f"There is no folder {str(vault)!r}.", "Name your vault with --vault DIR.")
    if not path.is_dir():
        raise VaultError(
            f"{str(vault)!r} is a file; a vault is a folder of notes.",
            f"Did you mean its folder, {str(path.parent)!r}?",
        )
    if not os.access(path, os.R_OK | os.X_OK):
        raise VaultError(f"The folder {str(vault)!r} may not be read.", "Check its permissions.")
    return path.resolve()


def walk(root: Path) -> Walk:
    """Finds the notes and the other files of a vault.

    Folders and files whose name starts with a dot, symbolic links, and what the vault's own
    settings (``userIgnoreFilters`` in ``.obsidian/app.json``) ignore are left out.

    Args:
        root: the vault's folder.

    Returns:
        What is there now. A path whose bytes are no UTF-8 keeps them, escaped as Python does
        (``surrogateescape``); ``shown_path`` makes it printable.
    """
    notes: dict[str, Seen] = {}
    files: list[str] = []
    ignored, warnings = _ignored(root)
    waiting = [("", str(root))]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            entries = os.scandir(folder)
        except OSError as error:
            reason = error.strerror or "unknown error"
            warnings.append(f"The folder {shown_path(prefix or '.')!r} cannot be read: {reason}.")
            continue
        with entries:
            for entry in entries:
                name = entry.name
                if name[0] == "." or entry.is_symlink():
                    continue
                path = prefix + name
                if entry.is_dir(follow_symlinks=False):
                    if not ignored(path + "/"):
                        waiting.append((path + "/", entry.path))
                elif ignored(path) or not entry.is_file(follow_symlinks=False):
                    continue
                elif name.endswith(".md"):
                    try:
                        found = entry.stat(follow_symlinks=False)
                    except OSError:  # gone since the folder was read
                        continue
                    notes[path] = Seen(found.st_size, found.st_mtime_ns)
                else:
                    files.append(path)
    for path in [path for path in notes if shown_path(path) != path and shown_path(path) in notes]:
        del notes[path]
        warnings.append(f"Two notes are shown as {shown_path(path)!r}; one of them is left out.")
    return Walk(notes, frozenset(map(shown_path, files)), tuple(warnings))


def shown_path(path: str) -> str:
    r"""A path with bytes that are no UTF-8 written as ``\xNN``, and everything else as it is."""
    if path.isascii():
        return path
    return os.fsencode(path).decode("utf-8", errors="backslashreplace")


def _ignored(root: Path) -> tuple[Callable[[str], bool], list[str]]:
    settings = root / ".obsidian" / "app.json"
    warnings: list[str] = []
    filters: list[Any] = []
    try:
        filters = json.loads(settings.read_bytes()).get("userIgnoreFilters") or []
    except FileNotFoundError:
        pass
    except (OSError, ValueError, AttributeError, RecursionError) as error:
        warnings.append(f".obsidian/app.json cannot be understood, nothing is ignored: {error}.")
    prefixes: list[str] = []
    patterns: list[re.Pattern[str]] = []
    for told in filters if isinstance(filters, list) else []:
        if not isinstance(told, str) or not told.strip("/"):
            continue
        if len(told) > 2 and told[0] == told[-1] == "/":  # noqa: PLR2004 - two slashes around it
            try:
                patterns.append(re.compile(told[1:-1]))
            except re.error as error:
                warnings.append(f".obsidian/app.json: {told!r} is no pattern: {error}.")
        else:
            prefixes.append(told.lstrip("/"))
    starts = tuple(prefixes)
    if not starts and not patterns:
        return (lambda _path: False), warnings
    return (lambda path: path.startswith(starts) or any(p.search(path) for p in patterns)), warnings
