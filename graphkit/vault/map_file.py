"""The file in which a vault keeps what people typed about its map: ``graphkit-map.json``.

It lies in the vault, so that it is shared, versioned and merged with the notes. What its parts
mean is the business of ``questions.vault_map``; here it is text, and plain data.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from graphkit.errors import VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "graphkit-map.json"
VERSION: Final = 1
_VERSION_KEY: Final = "graphkit-map"
_NEW: Final = f".{NAME}.new"
_NUMBERS: Final = re.compile(r"\[\n\s+(-?[\d.]+(?:,\n\s+-?[\d.]+)*)\n\s+\]")
_CONFLICT: Final = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


def map_text(vault: Path) -> str | None:
    """What the file says; None where there is none.

    Args:
        vault: the vault's folder.

    Raises:
        VaultError: it may not be read.
    """
    try:
        return (vault / NAME).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise VaultError(f"{NAME} cannot be read: {error.strerror}.") from error


def digest_of(text: str | None) -> str:
    """What changes whenever the map file does; empty where there is none."""
    return "" if text is None else hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def read_map(text: str) -> dict[str, Any]:
    """The parts of a map file by their keys, in its order, without the version.

    Args:
        text: what the file says.

    Raises:
        VaultError: it is no such file, damaged, half merged, or a newer graphkit's; the message
            begins with its name and, where one can be named, the line.
    """
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise _refused(f"{NAME}:{line}: it holds the marks of a merge that was not finished.")
    try:
        told = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_each_key_once)
    except json.JSONDecodeError as error:
        raise _refused(f"{NAME}:{error.lineno}: it is no JSON: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        raise _refused(f"{NAME}: {error}.") from error
    version = told.pop(_VERSION_KEY, None) if isinstance(told, dict) else None
    if type(version) is not int or version < 1:
        raise _refused(f'{NAME}: it has no "{_VERSION_KEY}": {VERSION}, as a map has.')
    if version > VERSION:
        raise VaultError(
            f"{NAME} is a newer graphkit's (version {version}, here {VERSION}).",
            "Upgrade graphkit.",
        )
    return dict(told)


def _refused(message: str) -> VaultError:
    return VaultError(message, "Mend it, or move it away; it is left as it is.")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"it says {twice!r} twice in one place")
    return told


def list_of(parts: Mapping[str, Any], key: str) -> list[Any]:
    """A part that is a list; an empty one where there is none.

    Raises:
        TypeError: it is something else.
    """
    told = parts.get(key, [])
    if not isinstance(told, list):
        raise TypeError(f"{key!r} is no list")
    return told


def is_text(told: object) -> TypeGuard[str]:
    """Whether it is a text that UTF-8 can carry: JSON can hold half a character."""
    if not isinstance(told, str):
        return False
    return told.isascii() or not any("\ud800" <= character <= "\udfff" for character in told)


def as_text(parts: Mapping[str, Any]) -> str:
    """A map as the file has it: each value on a line of its own, so that it can be merged.

    Numbers that belong together, as those of a place do, stand on one line.

    Args:
        parts: in their order; those that are empty are left out.
    """
    told = {_VERSION_KEY: VERSION} | {key: value for key, value in parts.items() if value}
    text = json.dumps(told, indent=1, ensure_ascii=False)
    # No string holds the end of a line, so what is found here is never a part of one.
    return _NUMBERS.sub(lambda found: f"[{' '.join(found[1].split())}]", text) + "\n"


def write_map(vault: Path, text: str) -> None:
    """Writes the file, whole or not at all.

    Args:
        vault: the vault's folder.
        text: what the file is to say.

    Raises:
        VaultError: it cannot be written; it is as it was.
    """
    file = Path(os.path.realpath(vault / NAME))
    new = file.with_name(_NEW)
    try:
        with new.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            new.chmod(file.stat().st_mode & 0o777)
        new.replace(file)
    except OSError as error:
        raise VaultError(f"{NAME} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
