"""The live explorer: a page on which a person walks through the graph, and what serves it.

Served to this machine only. Imported by ``graphkit explore`` alone, as are starlette and uvicorn.
"""
