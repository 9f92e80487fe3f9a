// Near-duplicates by shared neighbours
// Which two notes link to nearly the same concepts, those aside that hundreds link to?
// $share (number, default 0.5, example 0.3): the least share of what either links to
// $limit (integer, default 20, example 5): the most rows

MATCH (a:Note)-[:LINKS_TO]->(x:Concept)<-[:LINKS_TO]-(b:Note)
WHERE a.id < b.id AND x.in_degree < 200
WITH a, b, count(DISTINCT x) AS shared
WHERE shared > 1
WITH a, b, shared, COUNT { (a)-[:LINKS_TO]->() } + COUNT { (b)-[:LINKS_TO]->() } AS links
WITH a.id AS a, b.id AS b, shared, round(2.0 * shared / links, 2) AS share
WHERE share >= $share
RETURN a, b, shared, share
ORDER BY share DESC, shared DESC, a, b
LIMIT $limit
