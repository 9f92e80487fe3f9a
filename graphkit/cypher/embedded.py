"""Cypher without a server: the graph of an index, saved beside it, asked in a process of its own.

This is the only module that knows the engine (kglite), with ``worker``, which is its other half.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import QueryResult
from graphkit.cypher.dialect import Translated, for_embedded
from graphkit.cypher.escaping import escaped, escaped_keys
from graphkit.cypher.mending import STOP
from graphkit.cypher.worker import receive, send
from graphkit.errors import IndexUnusableError, QueryCancelledError, QueryError
from graphkit.index.graph_file import graph_file, graph_state, new_token, saved_graph, settle_graph
from graphkit.index.sending import note_hashes
from graphkit.stopping import Stop
from graphkit.stores.networkx import labels_of
from graphkit.stores.stored import (
    SCHEMA,
    VAULT_LABEL,
    hash_salt,
    stored_link,
    stored_node,
    stored_vault,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from graphkit.cypher.tokens import Query
    from graphkit.index.read import IndexReader

_GRACE: Final = 2.0
"""Seconds beyond its time that the engine is given to end by itself."""
_START: Final = 60.0
"""Seconds that the engine's process is given to start and to open the graph."""
_HINT: Final = "If the query is right, the Neo4j store can run it: --store neo4j://…"


class EmbeddedEngine:
    """Runs queries over an index's graph.

    Args:
        reader: the index.
        connection: the same.
        file: where the index is; None for one in memory.
        vault: the vault's name.
    """

    def __init__(
        self, reader: IndexReader, connection: sqlite3.Connection, file: Path | None, vault: str
    ) -> None:
        self._reader = reader
        self._connection = connection
        self._file = file
        self._vault = vault
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[Any] = queue.Queue()
        self._receiver: threading.Thread | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._own: tuple[str, Path] | None = None

    def run(
        self,
        query: Query,
        parameters: dict[str, Any],
        *,
        timeout: float,
        limit: int,
        stop: Stop | None = None,
    ) -> QueryResult:
        """Runs a query that only reads.

        Args:
            query: as ``read_query`` gives it, past the guard.
            parameters: its parameters by name.
            timeout: seconds that it may take.
            limit: the most rows to give back.
            stop: what cancels it: the engine's process is ended.

        Raises:
            QueryError: it is not understood, fails, takes too long, or is cancelled.
        """
        parameters = escaped_keys(parameters)
        asked = for_embedded(query, parameters)
        answer = self._asked((asked.text, parameters, timeout, limit), timeout, stop or Stop())
        if answer[0] == "error":
            raise _explained(query, asked, answer, timeout)
        _, columns, rows, truncated = answer
        if asked.columns is not None and len(asked.columns) == len(columns):
            columns = asked.columns
        elif asked.columns is None:
            order = sorted(range(len(columns)), key=lambda place: columns[place])
            columns = [columns[place] for place in order]
            rows = [[row[place] for place in order] for row in rows]
        return QueryResult(tuple(columns), tuple(map(tuple, rows)), truncated)

    def close(self) -> None:
        """Ends the engine's process."""
        self._end()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    # the process

    def _asked(self, request: tuple[Any, ...], timeout: float, stop: Stop) -> Any:  # noqa: ANN401
        for again in (True, True, False):
            process = self._started()
            assert process.stdin is not None  # noqa: S101 - for the type checker
            answer = None
            try:
                file = self._graph()
                with stop.by(process.kill):
                    with contextlib.suppress(BrokenPipeError):
                        send(process.stdin, (str(file), *request))
                    try:
                        answer = self._answers.get(timeout=_START)
                        if answer == ("opened",):
                            answer = self._answers.get(timeout=timeout + _GRACE)
                    except queue.Empty:
                        answer = ("error", "time", "", None, None)
                        self._end()
            except BaseException:
                self._end()
                raise
            if stop.stopped:
                self._end()
                raise QueryCancelledError
            if answer is None:
                self._end()
                if not again:
                    return ("error", "query", "The engine's process has died.", None, None)
            elif answer[1] != "file" or not again:
                return answer
            else:
                with contextlib.suppress(OSError):
                    file.unlink()
        raise AssertionError

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        here = str(Path(__file__).resolve().parents[2])
        start = f"import sys; sys.path.insert(0, {here!r}); from graphkit.cypher.worker import main"
        self._process = subprocess.Popen(  # noqa: S603 - this very Python, with our own words
            # -P: nothing is imported from the current folder, which may be a vault
            [sys.executable, "-P", "-X", "utf8", "-c", f"{start}; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._answers = queue.Queue()
        arguments = (self._process, self._answers)
        self._receiver = threading.Thread(target=_receive_all, args=arguments, daemon=True)
        self._receiver.start()
        return self._process

    def start(self) -> None:
        """Starts the engine's process already; what else is to be done can be done meanwhile."""
        self._started()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            if self._receiver is not None:
                self._receiver.join()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()

    # the graph

    def _graph(self) -> Path:
        """The saved graph of the index as it is now, made where there is none."""
        if self._file is not None and (saved := saved_graph(self._connection, self._file)):
            return saved
        state = graph_state(self._connection)
        if self._own is not None and self._own[0] == state and self._own[1].is_file():
            return self._own[1]
        token = new_token(SCHEMA)
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._save(graph_file(self._file, token))
            if settled := settle_graph(self._connection, self._file, state, token):
                return settled
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="graphkit-")
        saved = Path(self._folder.name, f"{token}.kgl")
        try:
            self._save(saved)
        except OSError as error:
            raise IndexUnusableError(
                f"The graph cannot be saved: {error}.", "Free some space."
            ) from error
        self._own = (state, saved)
        return saved

    def _save(self, file: Path) -> None:
        import kglite  # noqa: PLC0415 - only when the index has changed

        graph = kglite.from_records(self._records(), on_missing_endpoint="error")
        for label in ("Note", "Unresolved"):
            ids = [node.id for node in self._reader.all_nodes() if label in labels_of(node)]
            if ids:
                graph.add_label("Concept", ids, label)
        try:
            graph.save(str(file), fsync=False)
        except kglite.KgError as error:
            raise OSError(str(error)) from error

    def _records(self) -> dict[str, Any]:
        """All nodes and links as the engine loads them."""
        links: dict[str, list[dict[str, Any]]] = {}
        for link in self._reader.all_links():
            told = {escaped(key): value for key, value in stored_link(link).items()}
            ends = {"_gk_from": link.source, "_gk_to": link.target}
            links.setdefault(link.relation, []).append(ends | told)
        nodes = list(self._nodes())
        keyed = {"id_field": "id", "title_field": "title"}
        vault = {"type": VAULT_LABEL, **keyed, "records": [stored_vault(self._vault)]}
        concepts = {"type": "Concept", **keyed, "records": nodes}
        ends = {
            "source_type": "Concept",
            "source_id_field": "_gk_from",
            "target_type": "Concept",
            "target_id_field": "_gk_to",
        }
        return {
            "nodes": [concepts, vault] if nodes else [vault],
            "connections": [
                {"type": relation, **ends, "records": records}
                for relation, records in links.items()
            ],
        }

    def _nodes(self) -> Iterator[dict[str, Any]]:
        hashes = note_hashes(self._connection, hash_salt(text=True))
        for node in self._reader.all_nodes():
            stored = stored_node(node).properties
            told = {escaped(key): value for key, value in stored.items()}
            if node.note:
                told["_hash"] = hashes[node.id]
            yield told


def _receive_all(process: subprocess.Popen[bytes], answers: queue.Queue[Any]) -> None:
    assert process.stdout is not None  # noqa: S101 - for the type checker
    answer: Any = ()
    while answer is not None:
        try:
            answer = receive(process.stdout)
        except (OSError, ValueError, EOFError):
            answer = None
        answers.put(answer)


def _explained(
    query: Query, asked: Translated, answer: tuple[Any, ...], timeout: float
) -> QueryError:
    """The engine's complaint in our words, at its place in the query as written."""
    _, kind, message, line, column = answer
    if kind == "time":
        return QueryError(
            f"The query ran out of time ({timeout:g} s).",
            "Give it more (--timeout SECONDS), or bound its patterns.",
        )
    first = str(message).partition("\n   ")[0].strip()
    if STOP in first:
        why = first.partition(STOP)[2].partition("'")[0]
        return QueryError(
            f"{why[:1].upper()}{why[1:]}: the embedded engine would answer otherwise.", _HINT
        )
    for known in ("Cypher execution error: ", "Schema error: ", "Cypher syntax error: "):
        first = first.removeprefix(known)
    if line and column:
        behind = "in MATCH pattern" in first  # of those the engine names the next word's place
        first = first.partition(": ")[2] or first
        return query.error(
            f"{first.rstrip('.')}.", _place(asked, line, column, one_behind=behind), _HINT
        )
    for token in query.tokens:
        if token.value and f"'{token.value}'" in first:
            return query.error(f"{first.rstrip('.')}.", token, _HINT)
    return QueryError(f"{first.rstrip('.')}.", _HINT)


def _place(asked: Translated, line: int, column: int, *, one_behind: bool) -> int:
    """The place in the query as written of one in the query as asked."""
    lines = asked.text.split("\n")
    at = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
    before = nearest = 0
    for new, old in asked.places:
        if new > at:
            break
        before, nearest = nearest, old
    return before if one_behind else nearest
