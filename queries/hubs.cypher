// Hubs
// Which concepts have the most links, both ways together?
// $limit (integer, default 10, example 5): the most rows

MATCH (n:Concept)
RETURN n.id AS id, n.title AS title, n.in_degree AS links_in, n.out_degree AS links_out,
  n.in_degree + n.out_degree AS links
ORDER BY links DESC, id
LIMIT $limit
