"""Which functions of Cypher the embedded engine answers as Neo4j does, and how each is asked."""

from __future__ import annotations

from typing import Final

SAME: Final = frozenset(
    "abs acos asin atan atan2 ceil cos cot degrees exp floor haversin pi radians rand sign sin tan"
    " coalesce count sum avg min max collect head last tail size length range reverse reduce"
    " all any none single exists keys labels type nodes relationships startnode endnode properties"
    " tointeger tofloat toboolean tostring toupper tolower trim ltrim rtrim btrim substring left"
    " right replace split round sqrt log log10 stdev date datetime localdatetime localtime time"
    " duration randomuuid shortestpath allshortestpaths id elementid".split()
)
"""Asked by their own name; some of them are checked or mended by ``dialect``."""

RENAMED: Final = {
    "upper": "toUpper",
    "lower": "toLower",
    "char_length": "size",
    "character_length": "size",
}

DOTTED: Final = frozenset(
    "date.truncate datetime.truncate localdatetime.truncate time.truncate localtime.truncate"
    " duration.indays duration.inmonths duration.inseconds".split()
)

TEMPORAL: Final = frozenset("date datetime localdatetime localtime time duration".split())

REFUSED: Final = {
    "id": "It gives numbers that only the engine knows; a concept's own id is its property id.",
    "elementid": "It gives a name that only the engine knows; use the property id.",
    "duration.between": "duration.inDays, inMonths and inSeconds are the same on both engines.",
    "valuetype": "The order of types in its text differs.",
}
"""Those that exist but answer otherwise, with what to do instead."""

AGGREGATES: Final = frozenset(
    "count sum avg min max collect stdev stdevp percentilecont percentiledisc".split()
)

NUMERIC: Final = frozenset(
    "size length tointeger tofloat abs ceil floor round sign count sum avg sqrt".split()
)
"""Those that never give a list."""

KEYWORDS: Final = frozenset(
    "MATCH OPTIONAL WHERE RETURN WITH UNWIND UNION ALL CALL YIELD ORDER BY SKIP LIMIT AND OR XOR"
    " NOT IN IS AS STARTS ENDS CONTAINS DISTINCT CASE WHEN THEN ELSE END ASC DESC ASCENDING"
    " DESCENDING EXISTS COUNT COLLECT ON FINISH OFFSET NULL TRUE FALSE".split()
)
