// Reading list
// What to read after a concept, nearest first, then what most of those notes lead to?
// $concept (concept, example sarcomere): where to start
// $limit (integer, default 20, example 10): the most notes

MATCH p = (c:Concept {id: $concept})-[:LINKS_TO*1..3]->(n:Note)
WHERE n <> c
RETURN n.id AS id, n.title AS title, min(length(p)) AS steps, count(*) AS ways, n.words AS words
ORDER BY steps, ways DESC, id
LIMIT $limit
