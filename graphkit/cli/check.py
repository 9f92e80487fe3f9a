"""``graphkit check``: what is wrong in a vault."""

from typing import Annotated

import typer

from graphkit.cli.options import with_common_options
from graphkit.cli.session import Session


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(check))


def check(
    session: Session,
    *,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="Check this rule only; repeatable: unresolved, ambiguous, attachment, frontmatter,"
            " encoding, orphan, moment.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Say what is wrong, by file and line, and what was meant.

    Nothing is changed. The exit code is 1 if there is a finding of severity error.
    """
    found = session.open().check(rule or (), progress=session.progress("Checking"))
    session.answer(found)
    if any(finding.severity == "error" for finding in found.findings):
        raise typer.Exit(1)
