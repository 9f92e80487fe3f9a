"""Pages that verbs write, and whether they are opened."""

import sys
from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="The page to write.", show_default=False),
]
Open = Annotated[
    bool | None,
    typer.Option(
        "--open/--no-open", help="Open it in the browser.", show_default="on a desktop terminal"
    ),
]


def show_page(written: Path, open_: bool | None) -> None:
    """Says where a page is, and opens it if that is wanted.

    Args:
        written: the page.
        open_: whether to open it in the browser; None where a person sits at a desktop.
    """
    typer.echo(str(written))
    open_address(written.absolute().as_uri(), open_)


def open_address(address: str, open_: bool | None) -> None:
    """Opens an address in the browser, if that is wanted.

    Args:
        address: of a page.
        open_: whether to open it; None where a person sits at a desktop.
    """
    if open_ if open_ is not None else _on_a_desktop():
        import webbrowser

        webbrowser.open(address)


def _on_a_desktop() -> bool:
    """Whether a person sits at a terminal of a machine that shows windows."""
    import os

    if not sys.stdout.isatty():
        return False
    windows = sys.platform in {"win32", "darwin"}
    return windows or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
