"""A bare script that opens a saved graph with kglite and runs one query: what the engine costs."""

import sys
from typing import Any

import kglite

view: Any = kglite.load(sys.argv[1]).cypher(sys.argv[2])
for row in view.to_list():
    print(row)
