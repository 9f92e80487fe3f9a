"""The command line: options in, one call, one view out. One small module a verb."""

from __future__ import annotations

import inspect
import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer

from graphkit.cli.options import COMMON, declared, remember_common_options

VERBS = (
    "index",
    "show",
    "neighbours",
    "path",
    "search",
    "stats",
    "check",
    "export",
    "example",
)
_ALSO = {"neighbors": "neighbours"}


def make_app(verbs: tuple[str, ...] = VERBS) -> typer.Typer:
    """The command line with some of its verbs.

    Args:
        verbs: the verbs to load; each module is imported only when its verb is.
    """
    app = typer.Typer(
        name="graphkit",
        help="Explore wiki-linked Markdown notes as a graph whose links carry their evidence.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root())
    for verb in verbs:
        module = import_module(f"graphkit.cli.{_ALSO.get(verb, verb)}")
        module.register(app, verb, hidden=verb in _ALSO)
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


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    arguments = sys.argv[1:]
    completing = any(name.startswith("_GRAPHKIT") for name in os.environ)
    named = tuple(verb for verb in (*VERBS, *_ALSO) if verb in arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(make_app(VERBS if completing or not named else named), arguments))


def _run(app: typer.Typer, arguments: list[str]) -> int:
    """Runs the command line; every way in which it can end has its exit code."""
    from graphkit.errors import GraphkitError

    usage_error: Any = typer.BadParameter.__base__
    try:
        ended = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except GraphkitError as error:
        _complain(arguments, error.code, error.message, error.hint, error.candidates)
        return error.exit_code
    except usage_error as error:
        context = error.ctx
        hint = f"Try: {context.command_path} --help" if context is not None else ""
        _complain(arguments, "usage", error.format_message(), hint)
        return 2
    except (KeyboardInterrupt, typer.Abort):
        print("Interrupted; everything is as it was.", file=sys.stderr)  # noqa: T201
        return 130
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _complain(arguments, "system", f"{error.filename or 'The system'}: {error.strerror}.", "")
        return 5
    return ended if isinstance(ended, int) else 0


def _complain(
    arguments: list[str], code: str, message: str, hint: str, candidates: tuple[Any, ...] = ()
) -> None:
    """Says on standard error what went wrong; as JSON where answers are JSON."""
    if _wants_json(arguments):
        import json

        told = {
            "code": code,
            "message": message,
            "hint": hint or None,
            "candidates": [candidate.to_dict() for candidate in candidates],
        }
        print(json.dumps({"error": told}, ensure_ascii=False), file=sys.stderr)  # noqa: T201
        return
    from graphkit.views.text import visible

    print(visible(message), file=sys.stderr)  # noqa: T201
    if hint:
        print(visible(hint), file=sys.stderr)  # noqa: T201


def _wants_json(arguments: list[str]) -> bool:
    wanted = False
    for number, argument in enumerate(arguments):
        option, equals, value = argument.partition("=")
        if option in {"--format", "-f"}:
            value = value if equals else "".join(arguments[number + 1 : number + 2])
            wanted = value in {"json", "jsonl"}
    return wanted


__all__ = ["COMMON", "VERBS", "main", "make_app"]
