"""Writes ``docs/cli.md`` from what the command line declares; what ``--help`` shows, for reading.

It is made from the declarations and not from the text of ``--help``, which each version of Typer
lays out in its own way.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import typer

from graphkit.cli.app import VERBS, make_app
from graphkit.cli.options import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# The command line

Made from the declarations that `graphkit --help` shows; do not edit it by hand:
`pytest tests/cli --update-transcripts` writes it anew. What the verbs print stands in
[tests/transcripts](../tests/transcripts/README.md), what their JSON holds in
[answers.md](answers.md).
"""

ENDS = """\
## Exit codes

| Code | |
|---|---|
| 0 | answered; an empty answer is an answer |
| 1 | `check` found something of severity error |
| 2 | wrong usage |
| 3 | no such concept, or cluster |
| 4 | an ambiguous one |
| 5 | the vault, the index or the store cannot be used |
| 130 | interrupted |

## Environment

| Name | |
|---|---|
| `GRAPHKIT_VAULT` | the folder of notes, where `--vault` names none |
| `GRAPHKIT_STORE` | the address of a Neo4j server, where `--store` names none |
| `NEO4J_USERNAME`, `NEO4J_PASSWORD` | who logs in there; `neo4j` and no password if not told |
| `NEO4J_DATABASE` | which database there; the user's own if not told |
| `GRAPHKIT_NEO4J_PATIENCE` | the most seconds to wait for one answer of the server, else 60 |
| `GRAPHKIT_INDEX` | where the index is kept, where `--index` names none |
| `NO_COLOR` | no colour and no hyperlinks on a terminal either |
| `COLUMNS` | how wide lines may be, up to 100 |
| `GRAPHKIT_TRACEBACK` | shows where an error that should not have happened comes from |

## graphkit.toml

The nearest one, in the current folder or above it, counts. Paths are relative to it.

| Key | |
|---|---|
| `vault` | the folder of notes |
| `index` | where the index is kept |
| `store` | the address of a Neo4j server |
| `strict` | `true` resolves links by path, name and alias only |
| `membership` | relations that say what a note belongs to, not walked by paths; else `["FROM"]` |
"""


def commands() -> dict[str, Any]:
    """Every verb that help shows, as Typer made it, by name."""
    group: Any = typer.main.get_command(make_app())
    return {verb: group.commands[verb] for verb in VERBS}


def options(command: Any) -> Iterator[Any]:  # noqa: ANN401 - as Typer made it
    """The options of a verb or of the whole, but for ``--help``."""
    for parameter in command.params:
        if parameter.param_type_name == "option" and not getattr(parameter, "hidden", False):
            yield parameter


def arguments(command: Any) -> list[Any]:  # noqa: ANN401 - as Typer made it
    """The arguments of a verb."""
    return [parameter for parameter in command.params if parameter.param_type_name == "argument"]


def reference() -> str:
    """The whole of ``docs/cli.md``."""
    parts = [HEAD, _common()]
    parts += (_verb(name, command) for name, command in commands().items())
    return "\n".join([*parts, ENDS])


def _common() -> str:
    command = commands()["stats"]  # has no options of its own
    told = "Common options stand before or behind the verb; the later one wins."
    more = [
        "| `--version` | Print the version. |",
        "| `--install-completion` | Teach your shell to complete verbs, options and concepts. |",
        "| `--show-completion` | Show what would be installed. |",
        "| `-h`, `--help` | Show what a verb takes. |",
    ]
    return "\n".join(
        ["## Options of every verb", "", told, "", *_table(options(command)), *more, ""]
    )


def _verb(name: str, command: Any) -> str:  # noqa: ANN401 - as Typer made it
    taken = [a.metavar + ("..." if a.nargs != 1 else "") for a in arguments(command)]
    lines = [f"## graphkit {' '.join([name, *taken])}", "", inspect.cleandoc(command.help), ""]
    if name == "neighbours":
        lines += ["`graphkit neighbors` is the same.", ""]
    rows = [f"| `{a.metavar}` | {a.help} |" for a in arguments(command)]
    own = [option for option in options(command) if option.name not in COMMON]
    table = _table(own)
    if rows or own:
        lines += [*table[:2], *rows, *table[2:], ""]
    return "\n".join(lines)


def _table(taken: Any) -> list[str]:  # noqa: ANN401 - options as Typer made them
    lines = ["| | |", "|---|---|"]
    for option in taken:
        names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
        value = f" `{option.metavar}`" if option.metavar else ""
        told = option.help
        if isinstance(option.default, int) and not isinstance(option.default, bool):
            told += f" {option.default} if not told."
        elif isinstance(option.default, str):
            told += f" `{option.default}` if not told."
        lines.append(f"| {names}{value} | {told} |".replace("both|out|in", "both\\|out\\|in"))
    return lines
