"""Looks out for changes of a vault's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import watch

from graphkit.vault.discover import checked_vault
from graphkit.vault.map_file import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import Event

    from watchfiles import Change

_QUIET: Final = 10
"""Milliseconds without a further change after which changes are told."""
_GATHERED: Final = 200
"""Milliseconds after which they are told in any case."""
_LOOK: Final = 2_000
"""Milliseconds after which is looked where nothing has changed."""
_SETTINGS: Final = (".obsidian", "app.json")
"""They say which files are no part of the vault."""


def looks(vault: Path, stop: Event) -> Iterator[bool]:
    """Says when to look at a vault: soon after its files have changed, and every two seconds.

    It ends when it is to stop, and when the folder is another one or has gone.

    Args:
        vault: its folder.
        stop: set to have it end.

    Returns:
        Whether files may have changed. The first two times they may: before the watch, and
        while it was set up.

    Raises:
        VaultError: the vault is gone, or may not be read.
    """
    checked_vault(vault)
    folder = _identity(vault)
    yield True
    for changed in _changes(vault, stop):
        yield changed
        if _identity(vault) != folder:
            return


def _changes(vault: Path, stop: Event) -> Iterator[bool]:
    unseen = True
    try:
        for changes in watch(
            vault,
            watch_filter=_concerns(vault),
            debounce=_GATHERED,
            step=_QUIET,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            stop_event=stop,
            force_polling=False,
            ignore_permission_denied=True,
        ):
            yield unseen or bool(changes)
            unseen = False
    except OSError:  # the system watches no further folders: all files are looked at each time
        for _ in ticks(stop):
            yield True


def ticks(stop: Event) -> Iterator[bool]:
    """The same where no files are looked at: every two seconds, and none has changed.

    Args:
        stop: set to have it end.
    """
    while not stop.is_set():
        yield False
        stop.wait(_LOOK / 1_000)


def _identity(vault: Path) -> tuple[int, int] | None:
    """What tells a folder from another one of the same name; None where there is none."""
    try:
        found = vault.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _concerns(vault: Path) -> Callable[[Change, str], bool]:
    """Whether a change concerns the index.

    What is hidden does not, but for the vault's own settings; nor the vault's map file, which
    graphkit itself writes.
    """
    start = len(vault.parts)

    def concerns(change: Change, path: str) -> bool:
        del change
        parts = Path(path).parts[start:]
        if parts in {(NAME,), _SETTINGS}:
            return parts == _SETTINGS
        return not any(part.startswith(".") for part in parts)

    return concerns
