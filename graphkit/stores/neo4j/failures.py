"""What the driver and the server complain of, in words for a person."""

from __future__ import annotations

from typing import Final

from graphkit.errors import StoreError

_MISSING_INDEX: Final = "There is no such fulltext schema index"


def failure(error: Exception, address: str, user: str, database: str | None) -> StoreError:
    """An error of the driver or the server as one of graphkit's.

    Args:
        error: what the driver raised.
        address: of the server.
        user: who was to log in.
        database: which database was asked for; None for the user's own.
    """
    from neo4j import exceptions  # noqa: PLC0415 - loaded already by whoever raised it

    code = getattr(error, "code", None) or ""
    said = getattr(error, "message", None) or str(error)
    if isinstance(error, exceptions.AuthError) or ".Security." in code:
        return _refusal(code, _line(said), address, user)
    if "DatabaseNotFound" in code:
        return StoreError(
            f"There is no database {database!r} at {address}.", "Check NEO4J_DATABASE."
        )
    if _MISSING_INDEX in said:
        return no_graph(address)
    if isinstance(error, exceptions.ConfigurationError):
        return StoreError(f"{address} cannot be used: {_line(said)}", "Check the address.")
    if isinstance(error, exceptions.DriverError | OSError):
        return StoreError(
            f"No Neo4j server answers at {address}: {_line(said)}",
            "Is it running, and is this its Bolt port (7687 where nothing else is set)?",
        )
    return StoreError(f"Neo4j at {address} could not do this: {_line(said)}")


def _refusal(code: str, said: str, address: str, user: str) -> StoreError:
    if "CredentialsExpired" in code:
        return StoreError(
            f"The password of {user!r} at {address} has to be changed before anything else.",
            "Change it: ALTER CURRENT USER SET PASSWORD FROM … TO ….",
        )
    if "RateLimit" in code:
        return StoreError(
            f"The server at {address} refuses {user!r} for now, after too many wrong passwords.",
            "Wait some seconds, and check NEO4J_USERNAME and NEO4J_PASSWORD.",
        )
    if code.endswith("Forbidden"):
        return StoreError(
            f"{user!r} may not do this at {address}: {said}",
            "Ask who runs the server for the right to.",
        )
    return StoreError(
        f"The server at {address} does not let {user!r} in: {said}",
        "Check NEO4J_USERNAME and NEO4J_PASSWORD.",
    )


def no_graph(address: str) -> StoreError:
    """What is said of a database in which there is no graph of graphkit's."""
    return StoreError(
        f"The database at {address} holds no graph of graphkit's.",
        "Put one there: graphkit --vault DIR load",
    )


def _line(said: str) -> str:
    text = " ".join(said.split())
    return text if text.endswith(".") else text + "."
