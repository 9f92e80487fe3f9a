// Dead ends
// Which notes lead on the least?
// $limit (integer, default 20, example 5): the most rows

MATCH (n:Note)
RETURN n.id AS id, n.title AS title, COUNT { (n)-[:LINKS_TO]->() } AS links_out, n.words AS words
ORDER BY links_out, id
LIMIT $limit
