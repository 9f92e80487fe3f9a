"""Brings a database into step with a vault: what differs is sent, a note at a time whole.

A note and all its outgoing links are replaced in one transaction, so that a load that is killed
leaves every note as it was or as it is to be; the next load does the rest.
"""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any, Final

from graphkit.answers import Loaded
from graphkit.errors import StoreError
from graphkit.stores.base import CLUSTERS
from graphkit.stores.neo4j import holder, schema
from graphkit.stores.neo4j.plan import Plan, make_plan, nothing_to_do
from graphkit.stores.neo4j.rows import concept_rows, note_chunks, note_rows
from graphkit.stores.neo4j.values import LINK_KEYS
from graphkit.stores.stored import stored_vault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from neo4j import ManagedTransaction

    from graphkit.stores.embedded import EmbeddedStore
    from graphkit.stores.neo4j.connection import Connection

    Progress = Callable[[int, int], None]
    Rows = Sequence[Any]

_MANY: Final = 5_000
"""Rows of one statement; more are slower."""
_CACHE: Final = 8_192
"""KiB of the index that are kept in memory."""
_FEW: Final = 250
"""Notes that lose all their links and text in one transaction, which the server's memory bounds."""
_BEGIN: Final = (
    "MERGE (v:GraphkitVault) SET v += $vault, v._whole = false, v._root = $root,"
    " v._membership = $membership, v._text = $text, v._map = $map,"
    " v._clusters = $clusters, v._loader = $loader"
)
_FENCE: Final = "MATCH (v:GraphkitVault {_loader: $loader}) SET v._loader = $loader RETURN count(v)"
_END: Final = (
    "MATCH (v:GraphkitVault {_loader: $loader}) SET v._whole = true, v.last_whole = datetime(),"
    " v._fingerprint = $fingerprint REMOVE v._loader RETURN count(v)"
)
_CONCEPTS: Final = (
    "UNWIND $rows AS row MERGE (c:Concept {id: row.id}) SET c = row SET c:Unresolved REMOVE c:Note"
)
_UNLINK: Final = (
    "UNWIND $rows AS id MATCH (:Concept {id: id})-[r]->(:Concept) WHERE r._place IS NOT NULL"
    " DELETE r"
)
_NOTES: Final = (
    "UNWIND $rows AS row MERGE (c:Concept {id: row.id}) SET c = row SET c:Note REMOVE c:Unresolved"
)
_VALUES: Final = ", ".join(f"{key}: row[{place}]" for place, key in enumerate(LINK_KEYS, 4))
_LINKS: Final = (
    "UNWIND $rows AS row MATCH (s:Concept {id: row[0]}) MATCH (t:Concept {id: row[1]})"
    f" CREATE (s)-[:$(row[2]) {{_place: row[3], {_VALUES}}}]->(t) RETURN count(*)"
)
_FIGURES: Final = "UNWIND $rows AS row MATCH (c:Concept {id: row.id}) SET c += row"
_DELETE: Final = (
    "UNWIND $rows AS id MATCH (c:Concept:Unresolved {id: id}) WHERE NOT EXISTS { (c)--() } DELETE c"
)


def load(
    vault: EmbeddedStore,
    connection: Connection,
    *,
    text: bool = True,
    dry_run: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Brings a database into step with a vault.

    Args:
        vault: the vault's index, in step with the vault, as are the clusters that it keeps.
        connection: to the server.
        text: store the notes' text too, which ``search`` wants.
        dry_run: say what would change, and change nothing.
        replace: what the database holds of another vault, or of a newer graphkit, may go.
        progress: called with the number of notes sent and of notes to send.

    Returns:
        What was added, changed and removed.

    Raises:
        OtherGraphError: the database holds what only ``replace`` lets go.
        StoreError: the server cannot be used, or holds what is not graphkit's.
    """
    start = time.monotonic()
    # The index is read once from end to end: what SQLite kept of it would only grow with the vault.
    vault.connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    plan = nothing_to_do(vault, connection, text=text)
    if plan is None:
        plan = make_plan(vault, connection, text=text, replace=replace)
    if plan.anything and not dry_run:
        _Sending(vault, connection, plan).run(progress)
    return Loaded(
        vault=plan.vault,
        store=connection.address,
        dry_run=dry_run,
        added=plan.added,
        changed=plan.changed,
        removed=plan.removed,
        unchanged=plan.unchanged,
        links=plan.links,
        seconds=round(time.monotonic() - start),
    )


class _Sending:
    """A load under way; the next rows are made while the server works on those before."""

    def __init__(self, vault: EmbeddedStore, connection: Connection, plan: Plan) -> None:
        self._vault = vault
        self._connection = connection
        self._plan = plan
        self._loader = uuid.uuid4().hex
        self._under_way: Future[None] | None = None

    def run(self, progress: Progress | None) -> None:
        """Sends everything."""
        plan = self._plan
        schema.ensure(self._connection)
        self._begin()
        for part in _parts(plan.new_concepts):
            self._send((_CONCEPTS, concept_rows(self._vault, plan, part)))
        done = 0
        for ids in note_chunks(plan):
            notes, links = note_rows(self._vault, plan, ids)
            self._send((_UNLINK, ids), (_NOTES, notes), *((_LINKS, rows) for rows in _parts(links)))
            done += len(ids)
            if progress:
                progress(done, len(plan.sent))
        for part in _parts(plan.removed, _FEW):
            self._send((_UNLINK, part), (_CONCEPTS, concept_rows(self._vault, plan, part)))
        for part in _parts(plan.figures):
            self._send((_FIGURES, part))
        for part in _parts(plan.gone):
            self._send((_DELETE, part))
        self._send_nothing_more()
        ended = {"fingerprint": plan.fingerprint, "loader": self._loader}
        if self._connection.write(lambda tx: _run(tx, _END, ended)) != [[1]]:
            raise _overtaken()

    def _begin(self) -> None:
        """Says what is loaded; the long texts are let go before the rows come."""
        clusters = self._vault.kept(CLUSTERS)
        begun = {
            "vault": stored_vault(self._plan.vault),
            "root": self._plan.root,
            "membership": list(self._vault.membership),
            "text": self._plan.text,
            "map": self._plan.map_text,
            "clusters": holder.packed(clusters[0]) if clusters else None,
            "loader": self._loader,
        }
        self._connection.write(lambda tx: _run(tx, _BEGIN, begun))

    def _send(self, *statements: tuple[str, Rows]) -> None:
        """Sends some rows in one transaction, when the one before has ended."""
        self._send_nothing_more()

        def work(transaction: ManagedTransaction) -> None:
            if _run(transaction, _FENCE, {"loader": self._loader}) != [[1]]:
                raise _overtaken()
            for statement, rows in statements:
                told = _run(transaction, statement, {"rows": rows})
                if statement is _LINKS and told != [[len(rows)]]:
                    raise StoreError(
                        "Somebody else changes the graph while it is loaded.", "Load it again."
                    )

        self._under_way = self._connection.write_soon(work)

    def _send_nothing_more(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            self._connection.finished(under_way)


def _overtaken() -> StoreError:
    return StoreError(
        "Another load of this database has begun; this one has stopped.",
        "What it sent is whole; the other one does the rest.",
    )


def _run(transaction: ManagedTransaction, statement: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401
    return [record.values() for record in transaction.run(statement, parameters)]


def _parts(rows: Rows, most: int | None = None) -> list[Rows]:
    most = most or _MANY
    return [rows[start : start + most] for start in range(0, len(rows), most)]
