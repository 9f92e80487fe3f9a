"""Files that are written whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from graphkit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def whole_file(output: Path) -> Iterator[IO[str]]:
    """A file that is there when all of it has been written, and left alone otherwise.

    What is no file, such as a device or a pipe, is written to as it is.
    """
    told, output = str(output), Path(os.path.realpath(output))
    if output.exists() and not output.is_file():
        try:
            with output.open("w", encoding="utf-8", newline="\n") as stream:
                yield stream
        except OSError as error:
            raise StoreError(f"{told!r} cannot be written: {error.strerror}.") from error
        return
    try:
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise StoreError(f"{told!r} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(output)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise StoreError(f"{told!r} cannot be written: {error.strerror}.") from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
