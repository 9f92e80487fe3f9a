"""``graphkit view``: the graph around a concept, a path, or a small vault, as a page."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from graphkit.cli.options import complete_concept, concept_argument, with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(view))


def view(
    session: Session,
    concept: Annotated[str | None, concept_argument()] = None,
    *,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="CONCEPT",
            help="Show the paths that lead there.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    depth: Annotated[int, typer.Option(min=1, help="The most hops from the concept.")] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The page to write.", show_default=False
        ),
    ] = None,
    open_: Annotated[
        bool | None,
        typer.Option(
            "--open/--no-open", help="Open it in the browser.", show_default="on a desktop terminal"
        ),
    ] = None,
) -> None:
    """Draw a concept, a path or a vault as a page.

    The page is one HTML file that opens anywhere, without any network. Without a concept the whole
    vault is drawn, or the best-connected 1,500 concepts of it.
    """
    from graphkit.views.page_content import path_page, surroundings_page, vault_page, write_page

    if concept is None:
        page = vault_page(session.store)
    elif to is None:
        page = surroundings_page(session.store, session.concept(concept), depth)
    else:
        page = path_page(session.store, session.concept(concept), session.concept(to))
    written = write_page(page, output)
    typer.echo(str(written))
    if open_ if open_ is not None else _on_a_desktop():
        import webbrowser

        webbrowser.open(written.absolute().as_uri())


def _on_a_desktop() -> bool:
    """Whether a person sits at a terminal of a machine that shows windows."""
    import os

    if not sys.stdout.isatty():
        return False
    windows = sys.platform in {"win32", "darwin"}
    return windows or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
