// Bridges between two tags
// Which concepts are linked with notes of one tag and with notes of another?
// $a (text, example brain): one tag
// $b (text, example nutrition): the other
// $limit (integer, default 20, example 5): the most rows

MATCH (x:Note)-[:LINKS_TO]-(m:Concept)
WHERE $a IN x.tags AND m <> x
WITH m, count(DISTINCT x) AS of_a
MATCH (y:Note)-[:LINKS_TO]-(m)
WHERE $b IN y.tags AND m <> y
RETURN m.id AS id, m.title AS title, of_a, count(DISTINCT y) AS of_b
ORDER BY of_a * of_b DESC, id
LIMIT $limit
