"""``graphkit gaps``: pairs of notes that ought to be linked and are not."""

from typing import Annotated

import typer

from graphkit.cli.options import complete_concept, with_common_options
from graphkit.cli.session import Session
from graphkit.errors import UsageError


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(gaps))


def gaps(
    session: Session,
    concept: Annotated[
        str | None,
        typer.Argument(
            metavar="CONCEPT",
            help="One of each pair, by title, file name, alias or id; else the best of the vault.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="The most gaps to print.")] = 10,
    between: Annotated[
        str | None,
        typer.Option(
            metavar="CLUSTER",
            help="Only pairs of a note of this cluster and one of --and's.",
            show_default=False,
        ),
    ] = None,
    and_: Annotated[
        str | None,
        typer.Option(
            "--and", metavar="CLUSTER", help="The other cluster, by name or id.", show_default=False
        ),
    ] = None,
    dismiss: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B",
            help="Say that these two notes need no link; kept in the vault's graphkit-map.json.",
            show_default=False,
        ),
    ] = None,
    restore: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B", help="Take back that these two notes need no link.", show_default=False
        ),
    ] = None,
) -> None:
    """Find notes that ought to be linked and are not, best first.

    Each gap has what speaks for it, and the link to paste with the place where it goes.
    """
    if (between is None) != (and_ is None):
        raise UsageError("--between wants --and, and --and wants --between.", "Name both clusters.")
    if dismiss is not None or restore is not None:
        if concept is not None or between is not None or (dismiss and restore):
            wanting = "--dismiss" if dismiss else "--restore"
            raise UsageError(f"{wanting} wants two notes and nothing else.")
        if dismiss is not None:
            _dismiss(session, *dismiss)
        elif restore is not None:
            _restore(session, *restore)
        return
    from graphkit.questions.clusters import notes_of
    from graphkit.questions.gaps import gaps as find_gaps

    session.say_about_map()
    notes = None
    if between is not None and and_ is not None:
        notes = notes_of(session.store, between), notes_of(session.store, and_)
    asked = session.concept(concept) if concept is not None else None
    found = find_gaps(session.store, asked, limit=limit, between=notes)
    session.answer(found)
    if asked is not None and not asked.note:
        session.say("It has no note yet, so nothing can be said of its gaps.")
    elif not found.gaps:
        session.say("No gap was found.")


def _dismiss(session: Session, a: str, b: str) -> None:
    from graphkit.questions.map_changes import dismiss

    one, other = session.concept(a), session.concept(b)
    dismiss(session.store, one, other)
    session.say(f"{one.title} and {other.title} are no gap any more; graphkit-map.json says so.")


def _restore(session: Session, a: str, b: str) -> None:
    from graphkit.questions.map_changes import restore

    one, other = session.concept(a), session.concept(b)
    if restore(session.store, one, other):
        session.say(f"{one.title} and {other.title} may be a gap again.")
    else:
        session.say(f"{one.title} and {other.title} were not dismissed.")
