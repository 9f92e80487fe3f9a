// A shortest path, to draw
// One chain of as few links as possible, with its notes and links: for --view, dot and mermaid.
// $from (concept, example acetylcholine): where it starts
// $to (concept, example bone): where it ends

MATCH (a:Concept {id: $from}), (b:Concept {id: $to})
MATCH p = shortestPath((a)-[*..8]-(b))
RETURN p
