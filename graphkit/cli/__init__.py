"""The command line: options in, one call, one view out. One small module a verb.

Here is how a call begins and the ways in which it can end, each with its exit code. What takes
time to import is imported by ``main``, which knows what to say to Ctrl-C.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    import gc

    gc.disable()  # until a verb begins: all that is imported for it stays
    try:
        code = _run(sys.argv[1:] or ["--help"])
    except KeyboardInterrupt as interrupt:
        told = str(interrupt) or "Interrupted; everything is as it was."
        print(told, file=sys.stderr)  # noqa: T201
        # Python remembers one that went through exec of a text, as dataclasses do, until the next
        # such text; and python -m would then end by the signal instead of with our exit code.
        exec("")  # noqa: S102
        code = 130
    finally:
        gc.enable()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    _make_streams_forgiving()
    from graphkit.errors import GraphkitError

    try:
        from graphkit.cli.app import run

        code = run(arguments)
        sys.stdout.flush()
    except GraphkitError as error:
        _complain(
            arguments,
            error.code,
            error.message,
            error.hint,
            error.candidates,
            shown=getattr(error, "shown", ()),
        )
        return error.exit_code
    except BrokenPipeError:  # the reader has seen enough
        _leave_output()
        return 0
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        _complain(arguments, "system", f"{about}{error.strerror or error}.")
        _leave_output()
        return 5
    except Exception as error:
        if os.environ.get("GRAPHKIT_TRACEBACK"):
            raise
        _complain(arguments, *_unforeseen(error))
        return 5
    return code


def _make_streams_forgiving() -> None:
    """Lets every text be printed, on any encoding, and with a stream that the shell closed."""
    for name in ("stdout", "stderr"):
        stream: Any = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave_output() -> None:
    """Sends what is still to be printed nowhere, so that the process can end in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unforeseen(error: Exception) -> tuple[str, str, str]:
    if type(error).__module__ == "sqlite3":
        told = "Delete it (graphkit makes it anew), or name another with --index FILE."
        return "index", f"The index cannot be used: {error}.", told
    return (
        "unforeseen",
        f"This should not have happened: {type(error).__name__}: {error}",
        "Please report it, with what GRAPHKIT_TRACEBACK=1 in front of the same line prints.",
    )


def _complain(
    arguments: list[str],
    code: str,
    message: str,
    hint: str = "",
    candidates: tuple[Any, ...] = (),
    *,
    shown: tuple[str, ...] = (),
) -> None:
    """Says on standard error what went wrong; as JSON where answers are JSON."""
    if wants_json(arguments):
        import json

        told = {
            "code": code,
            "message": message,
            "hint": hint or None,
            "candidates": [candidate.to_dict() for candidate in candidates],
        }
        print(json.dumps({"error": told}), file=sys.stderr)  # noqa: T201
        return
    from graphkit.views.text import visible

    wide = max((len(candidate.id) for candidate in candidates), default=0)
    lines = [message, *shown, hint, *(f"  {c.id:<{wide}}  {c.title}" for c in candidates)]
    for line in filter(None, lines):
        print(visible(line), file=sys.stderr)  # noqa: T201


def wants_json(arguments: list[str]) -> bool:
    """Whether answers are to be JSON, told before anything else is understood.

    Args:
        arguments: of the command line.
    """
    told = ""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for option, following in zip(options, [*options[1:], ""], strict=True):
        if option in {"--format", "-f"}:
            told = following
        elif option.startswith("--format="):
            told = option.partition("=")[2]
        elif option.startswith("-f"):
            told = option[2:]
    return told in {"json", "jsonl"}


__all__ = ["main", "wants_json"]
