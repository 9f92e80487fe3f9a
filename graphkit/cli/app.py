"""The verbs put together, and only those imported that a call needs."""

from __future__ import annotations

import inspect
import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkit.cli.options import TAKE_A_VALUE, declared, remember_common_options
from graphkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = (
    "index",
    "load",
    "show",
    "neighbours",
    "path",
    "search",
    "clusters",
    "cluster",
    "bridges",
    "gaps",
    "stats",
    "query",
    "queries",
    "check",
    "export",
    "view",
    "explore",
    "example",
)
ALSO = {"neighbors": "neighbours"}
_INTERRUPTED = 130


def make_app(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """The command line with some of its verbs.

    Args:
        verbs: the verbs to load; each module is imported only when its verb is.
    """
    app = typer.Typer(
        name="graphkit",
        help="Explore wiki-linked Markdown notes as a graph whose links carry their evidence.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root())
    for verb in verbs:
        module = import_module(f"graphkit.cli.{ALSO.get(verb, verb)}")
        module.register(app, verb, hidden=verb in ALSO)
    return app


def _root() -> Any:  # noqa: ANN401 - as Typer takes it
    def root(
        ctx: typer.Context,
        *,
        version: Annotated[
            bool,
            typer.Option(
                "--version", callback=_show_version, is_eager=True, help="Print the version."
            ),
        ] = False,
        **common: Any,  # noqa: ANN401 - as declared
    ) -> None:
        del version
        remember_common_options(ctx, common)

    return declared(root, inspect.signature(root, eval_str=True))


def _show_version(wanted: bool) -> None:
    if wanted:
        from graphkit._version import __version__

        typer.echo(f"graphkit {__version__}")
        raise typer.Exit


def run(arguments: list[str]) -> int:
    """Runs the command line.

    Args:
        arguments: what stands behind ``graphkit``.

    Returns:
        The exit code of a call that ended well.

    Raises:
        GraphkitError: it did not; a misuse of the command line is a ``UsageError``.
        KeyboardInterrupt: it was interrupted.
        BrokenPipeError: who was reading its output has gone.
    """
    verb = None if "_GRAPHKIT_COMPLETE" in os.environ else _verb(arguments)
    app = make_app([verb] if verb else [*VERBS, *ALSO])
    misuse: Any = typer.BadParameter.__base__
    try:
        ended = app(arguments, prog_name="graphkit", standalone_mode=False)
    except misuse as error:
        hint = f"Try: {error.ctx.command_path} --help" if error.ctx is not None else ""
        message = error.format_message().replace(": Value error, ", ": ")
        raise UsageError(message, hint) from error
    except typer.Abort:
        ended = _INTERRUPTED
    except SystemExit as end:  # how Typer takes a reader that has gone
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None
        raise
    if ended == _INTERRUPTED:
        raise KeyboardInterrupt
    return ended if isinstance(ended, int) else 0


def _verb(arguments: list[str]) -> str | None:
    """The verb of a command line; None where there is none, or none that is known."""
    rest = iter(arguments)
    for argument in rest:
        if argument in {"-h", "--help"}:
            return None
        if argument in TAKE_A_VALUE:
            next(rest, None)
        elif not argument.startswith("-"):
            return argument if argument in {*VERBS, *ALSO} else None
    return None
