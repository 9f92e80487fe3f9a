"""``graphkit explore``: the graph as a page to walk through."""

from typing import Annotated
from urllib.parse import quote, urlsplit

import typer

from graphkit.cli.options import complete_concept, with_common_options
from graphkit.cli.session import Session
from graphkit.cli.showing import Open, open_address
from graphkit.errors import UsageError


def register(app: typer.Typer, name: str, *, hidden: bool) -> None:
    """Adds the verb to the command line."""
    app.command(name, hidden=hidden)(with_common_options(explore))


def explore(
    session: Session,
    concept: Annotated[
        str | None,
        typer.Argument(
            metavar="CONCEPT|ADDRESS",
            help="What to begin with: a concept, or an address that was kept.",
            autocompletion=complete_concept,
            show_default=False,
        ),
    ] = None,
    *,
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            metavar="N",
            help="Where it is served; else always the same for a vault.",
            show_default=False,
        ),
    ] = None,
    open_: Open = None,
) -> None:
    """Walk through the graph on a page in the browser.

    The page is served to this machine only, until Ctrl-C, and only to the browser that opens the
    printed address, which opens once. What was kept as a bookmark is opened by its address.
    """
    from graphkit.explorer.ports import listening, port_of
    from graphkit.explorer.static import read_page

    page = read_page()
    store = session.store
    _ = store.stamp  # before a page is promised: a server may not answer, or hold no graph
    fragment = _fragment(session, concept)
    wanted = port or port_of(str(store.vault))
    socket = listening(wanted)
    from graphkit.explorer.server import Explorer

    explorer = Explorer(
        socket,
        page,
        session.another,
        refreshes=session.refreshes and session.address is None,
        query_folders=session.query_folders,
    )
    address = explorer.address(fragment)
    taken = socket.getsockname()[1]
    if taken != wanted:
        session.say(f"Port {wanted} is in use; this is served at {taken}.")
    typer.echo(address)
    session.say("Ctrl-C ends it.")
    open_address(address, open_)
    try:
        explorer.run()
    except KeyboardInterrupt:
        session.say("The explorer has ended.")


def _fragment(session: Session, told: str | None) -> str:
    """What the page is to show, as it stands behind ``#`` in its address."""
    if told is None:
        return ""
    if told.startswith(("http://", "https://")):
        try:
            parts = urlsplit(told)
            ours = parts.hostname in {"127.0.0.1", "localhost", "::1"}
        except ValueError:
            ours = False
        if not ours:
            raise UsageError(
                f"{told!r} is no address of an explorer.", "Theirs begin with http://127.0.0.1:"
            )
        return parts.fragment
    return f"concept={quote(session.concept(told).id, safe='')}"
