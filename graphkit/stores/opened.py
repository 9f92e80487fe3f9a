"""A vault's index while it is open: brought into step with the vault, made anew where damaged."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graphkit.answers import Refreshed
from graphkit.errors import IndexUnusableError, StoreError
from graphkit.index.read import IndexReader
from graphkit.index.schema import (
    default_location,
    is_damage,
    open_again,
    open_index,
    remove_index,
)
from graphkit.index.settings import Settings
from graphkit.vault.discover import checked_vault, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graphkit.index.in_step import InStep
    from graphkit.index.schema import Opened

    Progress = Callable[[int, int], None]


class OpenedIndex(IndexReader):
    """The index of a vault.

    Args:
        vault: the vault's folder.
        index: where the index is; in the user's cache folder without it.
        settings: how the vault is read.

    Raises:
        VaultError: there is no such vault, or it may not be read.
        IndexUnusableError: the index cannot be used, or made.
    """

    def __init__(
        self,
        vault: str | Path,
        *,
        index: str | Path | None = None,
        settings: Settings | None = None,
    ) -> None:
        self._vault = checked_vault(vault)
        self._settings = settings or Settings()
        self._own = index is None
        self._file = Path(index).absolute() if index else default_location(self.vault)
        self._use(open_index(self._file, own=self._own))

    def _use(self, opened: Opened) -> None:
        self._opened = opened
        self._in_step: InStep | None = None
        super().__init__(opened.connection)

    def another(self) -> Self:
        """One more store of the same graph, for another thread; to be closed like this one.

        Raises:
            IndexUnusableError: the index cannot be used any more.
        """
        ((_, _, place), *_) = self._opened.connection.execute("PRAGMA database_list")
        if not place:  # in memory, and of no other connection
            other = type(self)(
                self.vault, index=None if self._own else self._file, settings=self._settings
            )
        else:
            other = copy(self)
            other._use(open_again(self._file))  # noqa: SLF001 - its own class
        if other.is_empty:
            other.refresh()
        return other

    @property
    def vault(self) -> Path:
        """The vault's folder."""
        return self._vault

    @property
    def own_folder(self) -> Path:
        """A hidden folder beside the index, which is no part of the vault wherever it is."""
        return self._file.with_name(f".{self._file.name}.earlier")

    @property
    def vault_name(self) -> str:
        """What the vault is called."""
        return self.meta("vault") or self.vault.name

    @property
    def membership(self) -> tuple[str, ...]:
        """Relations that say what a note belongs to."""
        return self._settings.membership

    @property
    def file(self) -> Path:
        """Where the index is."""
        return self._file

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been indexed yet."""
        return self.meta("revision") is None

    def use_as_it_is(self) -> None:
        """Makes sure that the index can be asked without a refresh.

        Raises:
            IndexUnusableError: it is the index of another vault.
        """
        root = self.meta("root")
        if root not in {None, shown_path(str(self.vault))}:
            raise IndexUnusableError(
                f"{str(self._file)!r} is the index of another vault, {root!r}.",
                "Name another with --index FILE, or let it be refreshed.",
            )

    def refresh(self, *, verify: bool = False, progress: Progress | None = None) -> Refreshed:
        """Brings the index into step with the vault.

        Args:
            verify: find changed notes by their content instead of size and time.
            progress: called with the number of notes read and of notes to read.

        Returns:
            What changed. An index that cannot be written is left as it is, with a warning.

        Raises:
            VaultError: the vault has gone; what is known of it stays as it is.
            IndexUnusableError: the disk is full, or another process holds the index for long.
        """
        from graphkit.index.in_step import InStep  # noqa: PLC0415 - not with --no-refresh
        from graphkit.index.refresh import refresh  # noqa: PLC0415 - not with --no-refresh

        checked_vault(self.vault)
        if not self._opened.writable:
            self.use_as_it_is()
            warning = f"The index {str(self._file)!r} is read-only; answers may be old."
            (notes,) = self._opened.connection.execute("SELECT COUNT(*) FROM note").fetchone()
            return Refreshed(notes, (), (), (), 0, None, (warning,))
        self._in_step = self._in_step or InStep()
        try:
            return refresh(
                self._opened,
                self.vault,
                self._settings,
                verify=verify,
                in_step=self._in_step,
                progress=progress,
            )
        except sqlite3.ProgrammingError as error:
            raise StoreError("The graph has been closed.", "Open it again.") from error
        except sqlite3.DatabaseError as error:
            if not (is_damage(error) or str(error).startswith("no such table")):
                if not isinstance(error, sqlite3.OperationalError):
                    raise
                raise self._cannot_be_written(error) from error
            self._rebuild("the index was damaged")
            return refresh(
                self._opened,
                self.vault,
                self._settings,
                verify=verify,
                in_step=self._in_step,
                progress=progress,
            )

    def _cannot_be_written(self, error: sqlite3.OperationalError) -> IndexUnusableError:
        kept = "" if self.is_empty else "Nothing was lost: the last good index is still there. "
        return IndexUnusableError(
            f"The index {str(self._file)!r} cannot be written: {error}.",
            f"{kept}Free some space, or name another place with --index FILE.",
        )

    def _rebuild(self, reason: str) -> None:
        self._opened.connection.close()
        remove_index(self._file)
        self._use(open_index(self._file, own=self._own)._replace(rebuilt=reason))

    @property
    def connection(self) -> sqlite3.Connection:
        """The index itself, for those who know SQL."""
        return self._opened.connection

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Has all answers be of the index as it now is; until then it cannot be written here."""
        opened = self._opened
        opened.connection.execute("BEGIN")
        try:
            self.meta("revision")  # the first look at it is what all others see too
            self._opened = opened._replace(writable=False)
            yield
        finally:
            self._opened = opened
            opened.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Closes the index."""
        self._opened.connection.close()
