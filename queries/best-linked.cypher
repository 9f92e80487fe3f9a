// Best-linked notes
// Which notes do the most links lead to?
// $limit (integer, default 10, example 5): the most rows

MATCH (n:Note)
RETURN n.id AS id, n.title AS title, n.in_degree AS links
ORDER BY links DESC, id
LIMIT $limit
