"""Files of graphkit's own that are written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, content: bytes) -> None:
    """Writes a file; who reads it meanwhile, or after a kill, finds all of what was or of what is.

    Args:
        file: the file; its folder is made where it is not there yet.
        content: all that it is to hold.

    Raises:
        OSError: it cannot be written; it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)
