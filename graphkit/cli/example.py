"""``graphkit example``: writes the example vault, for who has no clone."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(example))


def example(
    session: Session,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Where to write it; new, or empty.", show_default=False),
    ],
) -> None:
    """Write the example vault into a folder.

    Its notes are on nerve and muscle.
    """
    from graphkit.example_vault import write_example

    written = write_example(folder)
    vault = shlex.quote(str(folder))
    session.say(f"{written} files are in {folder}. Try: graphkit --vault {vault} show nmj")
