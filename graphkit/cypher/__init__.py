"""Cypher over the graph: read, checked, run by an engine in this process or by Neo4j."""
