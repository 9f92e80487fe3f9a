"""The way to a Neo4j server: address, credentials, bounded waiting, errors in words for a person.

Routing, retries and bookmarks are the driver's own. Knows nothing of notes.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import re
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import urlsplit

from graphkit.errors import GraphkitError, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from neo4j import Driver, ManagedTransaction

Given = TypeVar("Given")
SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
OLDEST: Final = (5, 26)
"""The oldest server that is talked to: the long-term release, the first with all that is used."""
_TO_CONNECT: Final = 10

_TO_ANSWER: Final = 60


def is_address(told: str) -> bool:
    """Whether a text is the address of a Neo4j server."""
    return told.partition("://")[0].lower() in SCHEMES and "://" in told


def checked_address(told: str) -> str:
    """The address of a Neo4j server.

    Args:
        told: what a person typed.

    Raises:
        UsageError: it is none, or a user or password stands in it.
    """
    forms = f"Give it as {', '.join(f'{scheme}://HOST' for scheme in SCHEMES[:2])} or bolt://HOST."
    if not is_address(told):
        raise UsageError(f"{told!r} is no store that graphkit knows.", forms)
    try:
        parts = urlsplit(told)
        named, host = parts.username or parts.password, parts.hostname
        _ = parts.port
    except ValueError as error:
        raise UsageError(f"The store's address cannot be understood: {error}.", forms) from error
    if named is not None:
        raise UsageError(
            "User and password do not belong into the store's address.",
            "Set NEO4J_USERNAME and NEO4J_PASSWORD.",
        )
    if not host or parts.path.strip("/"):
        raise UsageError(
            f"{told!r} is no address of a server.", f"{forms} NEO4J_DATABASE names the database."
        )
    return told


def _patience(told: str | None) -> float | None:
    if not told:
        return None
    try:
        seconds = float(told)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < threading.TIMEOUT_MAX:
        raise UsageError(f"GRAPHKIT_NEO4J_PATIENCE is {told!r}; give a number of seconds.")
    return seconds


class Connection:
    """A server and one database in it.

    All talking happens in a thread of its own, so that waiting for a server that has stopped
    answering ends in an error, and Ctrl-C ends it at once.

    Args:
        address: of the server, see ``checked_address``.
        environment: where ``NEO4J_USERNAME``, ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` are.
        patience: the most seconds to wait for one answer.

    Raises:
        UsageError: the address is none.
    """

    def __init__(
        self,
        address: str,
        environment: Mapping[str, str] = os.environ,
        *,
        patience: float = _TO_ANSWER,
    ) -> None:
        self.address = checked_address(address)
        self.database = environment.get("NEO4J_DATABASE") or None
        self.user = environment.get("NEO4J_USERNAME") or "neo4j"
        self._secret = environment.get("NEO4J_PASSWORD") or None
        self._patience = _patience(environment.get("GRAPHKIT_NEO4J_PATIENCE")) or patience
        self._driver: Driver | None = None
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None]
        self._work = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        self.round_trips = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401
        """The rows that a query gives, each a list of values; by a reading transaction."""
        self.round_trips += 1
        return self._wait(self._soon(lambda: self._read(query, parameters)))

    def write(self, work: Callable[[ManagedTransaction], Given]) -> Given:
        """Does something in one writing transaction, which the driver tries again where it may."""
        return self._wait(self.write_soon(work))

    def write_soon(self, work: Callable[[ManagedTransaction], Given]) -> Future[Given]:
        """The same, without waiting for it: ``finished`` does that."""
        return self._soon(lambda: self._write(work))

    def finished(self, future: Future[Given]) -> Given:
        """What came of something that was begun with ``write_soon``."""
        return self._wait(future)

    def command(self, query: str, /, **parameters: Any) -> list[list[Any]]:  # noqa: ANN401
        """Runs a statement that wants a transaction of its own, such as a change of the schema."""

        def run() -> list[list[Any]]:
            with self._session("WRITE") as session:
                result = session.run(query, parameters)
                return [record.values() for record in result]

        return self._wait(self._soon(run))

    def in_session(self, work: Callable[[Any], Given], *, patience: float | None = None) -> Given:
        """Does something with a session in read access mode, and waits so many seconds for it."""

        def run() -> Given:
            with self._session("READ") as session:
                return work(session)

        self.round_trips += 1
        return self._wait(self._soon(run), patience)

    def beside(self, work: Callable[[Any], None]) -> None:
        """Does something with a session of its own while something else is waited for.

        That it fails is not said: then what is waited for says so, or comes.
        """
        from neo4j.exceptions import DriverError, Neo4jError  # noqa: PLC0415

        failures = (DriverError, Neo4jError, OSError)
        with contextlib.suppress(*failures), self._session("READ") as session:
            work(session)

    def close(self) -> None:
        """Ends the connection; without waiting for a server that does not answer."""
        self._closed = True
        if self._thread is None:
            return
        self._work.put(None)
        self._thread.join(timeout=2)

    # in the thread

    def _read(self, query: str, parameters: dict[str, Any]) -> list[list[Any]]:
        from neo4j import unit_of_work  # noqa: PLC0415

        @unit_of_work(timeout=self._patience)
        def run(transaction: ManagedTransaction) -> list[list[Any]]:
            result = transaction.run(query, parameters)
            return [record.values() for record in result]

        with self._session("READ") as session:
            found: list[list[Any]] = session.execute_read(run)
            return found

    def _write(self, work: Callable[[ManagedTransaction], Given]) -> Given:
        with self._session("WRITE") as session:
            done: Given = session.execute_write(work)
            return done

    def _session(self, access: str) -> Any:  # noqa: ANN401 - the driver's own
        if self._driver is None:
            self._driver = self._connected()
        return self._driver.session(
            database=self.database, default_access_mode=access, fetch_size=5_000
        )

    def _connected(self) -> Driver:
        from neo4j import GraphDatabase  # noqa: PLC0415 - 0.2 s, for this store only

        # What goes wrong is said once, in words for a person; not by each try of the driver.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        driver = GraphDatabase.driver(
            self.address,
            auth=(self.user, self._secret) if self._secret else None,
            connection_timeout=_TO_CONNECT,
            connection_acquisition_timeout=2 * _TO_CONNECT,
            max_transaction_retry_time=self._patience / 4,
            notifications_min_severity="OFF",
            user_agent="graphkit",
        )
        try:
            told = driver.get_server_info().agent
        except BaseException:
            driver.close()
            raise
        found = re.search(r"(\d+)\.(\d+)", told)
        if found and (int(found[1]), int(found[2])) < OLDEST:
            driver.close()
            wanted = ".".join(map(str, OLDEST))
            raise StoreError(
                f"The server at {self.address} is {told}; graphkit needs Neo4j {wanted} or newer.",
                "Upgrade the server.",
            )
        return driver

    def _run(self) -> None:
        while (waiting := self._work.get()) is not None:
            work, future = waiting
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - raised where it is waited for
                future.set_exception(error)
        if self._driver is not None:
            self._driver.close()

    # in the caller's thread

    def _soon(self, work: Callable[[], Given]) -> Future[Given]:
        if self._closed:
            raise StoreError("The graph has been closed.", "Open it again.")
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="graphkit-neo4j", daemon=True)
            self._thread.start()
        future: Future[Given] = Future()
        self._work.put((work, future))
        return future

    def _wait(self, future: Future[Given], patience: float | None = None) -> Given:
        seconds = self._patience if patience is None else patience
        try:
            return future.result(seconds)
        except TimeoutError as error:
            future.cancel()
            raise StoreError(
                f"The server at {self.address} has not answered for {seconds:.0f} seconds.",
                "Is it overloaded, or is something else listening at that address?",
            ) from error
        except GraphkitError:
            raise
        except Exception as error:
            if not type(error).__module__.startswith("neo4j") and not isinstance(error, OSError):
                raise
            from graphkit.stores.neo4j.failures import failure  # noqa: PLC0415

            raise failure(error, self.address, self.user, self.database) from error
