// Triangles around a concept
// Which two neighbours of a concept are linked with each other as well?
// $concept (concept, example "motor unit"): in the middle
// $limit (integer, default 25, example 5): the most rows

MATCH (c:Concept {id: $concept})-[:LINKS_TO]-(a:Concept)-[:LINKS_TO]-(b:Concept)-[:LINKS_TO]-(c)
WHERE a.id < b.id AND a <> c AND b <> c
RETURN DISTINCT a.id AS a, b.id AS b
ORDER BY a, b
LIMIT $limit
