"""The graph in a Neo4j server: how it gets there (``load``), and how it is asked (``store``)."""
