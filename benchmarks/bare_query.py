"""A bare script that opens a saved graph with kglite and runs one query: what the engine costs."""

import sys

import kglite

for row in kglite.load(sys.argv[1]).cypher(sys.argv[2]).to_list():
    print(row)
