"""Where the graph is kept: one protocol, and the stores behind it."""
