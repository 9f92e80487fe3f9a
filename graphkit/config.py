"""What the surroundings say: ``graphkit.toml``, the environment, and which folder is the vault."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.errors import UsageError, VaultError

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "graphkit.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """What a ``graphkit.toml`` says; None or empty where it says nothing.

    Args:
        vault: the vault's folder.
        index: where the index is.
        store: the address of a Neo4j server.
        strict: resolve links by Obsidian's own rules only.
        membership: relations that say what a note belongs to.
        queries: a folder of saved queries.
    """

    vault: Path | None = None
    index: Path | None = None
    store: str | None = None
    strict: bool | None = None
    membership: tuple[str, ...] | None = None
    queries: Path | None = None


def read_config(start: Path) -> Config:
    """Reads the nearest ``graphkit.toml``, in a folder or above it.

    Args:
        start: the folder.

    Raises:
        UsageError: it cannot be understood; says the line.
    """
    for folder in (start, *start.parents):
        file = folder / FILE
        try:
            data = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
        return _understood(file, data)
    return Config()


def _understood(file: Path, data: bytes) -> Config:
    import tomllib  # noqa: PLC0415 - only where there is such a file

    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be understood: {error}.") from error
    known = {
        "vault": (str, "a text"),
        "index": (str, "a text"),
        "store": (str, "a text"),
        "strict": (bool, "true or false"),
        "membership": (list, "a list of texts"),
        "queries": (str, "a text"),
    }
    for key, value in told.items():
        if key not in known:
            raise UsageError(f"{file}: there is no setting {key!r}.", f"Known: {', '.join(known)}.")
        kind, called = known[key]
        if not isinstance(value, kind) or value == "":
            raise UsageError(f"{file}: {key!r} should be {called}.")
    membership = told.get("membership")
    return Config(
        vault=_beside(file, told["vault"]) if "vault" in told else None,
        index=_beside(file, told["index"]) if "index" in told else None,
        store=told.get("store"),
        strict=told.get("strict"),
        membership=None if membership is None else _relations(file, membership),
        queries=_beside(file, told["queries"]) if "queries" in told else None,
    )


def _beside(file: Path, told: str) -> Path:
    return file.parent / os.path.expanduser(told)  # noqa: PTH111 - leaves ~ where there is no home


def _relations(file: Path, told: list[Any]) -> tuple[str, ...]:
    from graphkit.text import relation_name  # noqa: PLC0415

    if not all(isinstance(name, str) for name in told):
        raise UsageError(f"{file}: 'membership' should be a list of texts.")
    return tuple(relation_name(name) for name in told)


def find_vault(
    named: str | Path | None, config: Config, environment: Mapping[str, str], here: Path
) -> Path:
    """Which folder is the vault.

    Args:
        named: what ``--vault`` says.
        config: what ``graphkit.toml`` says.
        environment: the process's environment; ``GRAPHKIT_VAULT`` counts.
        here: the current folder.

    Returns:
        The folder; not yet looked at.

    Raises:
        UsageError: the name is empty.
        VaultError: nothing names one, and the current folder is the home folder or the root.
    """
    if named is not None:
        if not str(named):
            raise UsageError("--vault names no folder.", "Name your notes' folder: --vault DIR.")
        return Path(named)
    if told := environment.get("GRAPHKIT_VAULT"):
        return Path(told)
    if config.vault:
        return config.vault
    home = Path(os.path.realpath(os.path.expanduser("~")))  # noqa: PTH111 - Path.home() may raise
    for folder in (here, *here.parents):
        if folder not in {home, Path(folder.anchor)} and (folder / ".obsidian").is_dir():
            return folder
    if here in {home, Path(here.anchor)}:
        raise VaultError(
            f"No vault is named, and {str(here)!r} is not taken for one.",
            "Go to your notes' folder, or name it: graphkit --vault DIR …",
        )
    return here
