// All shortest paths
// By which chains of as few links as possible does one concept lead to another, either way?
// $from (concept, example acetylcholine): where they start
// $to (concept, example bone): where they end
// $limit (integer, default 25, example 5): the most paths

MATCH (a:Concept {id: $from}), (b:Concept {id: $to})
MATCH p = allShortestPaths((a)-[*..8]-(b))
WITH DISTINCT [n IN nodes(p) | n.title] AS path, length(p) AS hops
RETURN hops, path
ORDER BY hops, path
LIMIT $limit
