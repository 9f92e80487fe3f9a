"""Puts a graph into a Neo4j that runs already, row by row as the embedded engine gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkit.stores.stored import hash_of, stored_link, stored_node, stored_vault

if TYPE_CHECKING:
    import neo4j

    from graphkit.stores.embedded import EmbeddedStore


def load(driver: neo4j.Driver, store: EmbeddedStore, database: str | None = None) -> None:
    """Empties a database and fills it with a store's graph."""

    def run(query: str, **parameters: Any) -> None:  # noqa: ANN401 - as the driver takes them
        driver.execute_query(query, parameters, database_=database)

    while driver.execute_query(
        "MATCH (n) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS gone", database_=database
    ).records[0]["gone"]:
        pass
    run("CREATE CONSTRAINT concept_id IF NOT EXISTS FOR (c:Concept) REQUIRE c.id IS UNIQUE")
    links = list(store.all_links())
    out: dict[str, list[Any]] = {}
    for link in links:
        out.setdefault(link.source, []).append(link)
    for label in ("Note", "Unresolved"):
        rows = []
        for node in store.all_nodes():
            if node.note == (label == "Note"):
                told = stored_node(node)
                rows.append(
                    told | {"_hash": hash_of(node, out.get(node.id, []))} if node.note else told
                )
        run(f"UNWIND $rows AS row CREATE (c:Concept:{label}) SET c = row", rows=rows)
    run("CREATE (v:GraphkitVault) SET v = $row", row=stored_vault(store.stats().vault))
    for relation in {link.relation for link in links}:
        rows = [
            {"from": link.source, "to": link.target, "told": stored_link(link)}
            for link in links
            if link.relation == relation
        ]
        name = relation.replace("`", "``")
        run(
            "UNWIND $rows AS row MATCH (a:Concept {id: row.from}) MATCH (b:Concept {id: row.to})"
            f" CREATE (a)-[r:`{name}`]->(b) SET r = row.told",
            rows=rows,
        )
