// Mutual links
// Which notes link to each other?
// $limit (integer, default 100, example 10): the most rows

MATCH (a:Note)-[:LINKS_TO]->(b:Note)-[:LINKS_TO]->(a)
WHERE a.id < b.id
RETURN a.id AS a, b.id AS b, count(*) AS times
ORDER BY times DESC, a, b
LIMIT $limit
