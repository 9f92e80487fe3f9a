// Tag co-occurrence
// Which tags stand together on the same notes?
// $limit (integer, default 25, example 5): the most rows

MATCH (n:Note)
UNWIND n.tags AS a
UNWIND n.tags AS b
WITH a, b, n
WHERE a < b
RETURN a, b, count(*) AS notes
ORDER BY notes DESC, a, b
LIMIT $limit
