// Paths that avoid a concept
// How does one concept lead to another without going through a third?
// $from (concept, example acetylcholine): where they start
// $to (concept, example "muscle fibre"): where they end
// $avoid (concept, example "neuromuscular junction"): what they do not go through
// $limit (integer, default 10, example 5): the most paths

MATCH (a:Concept {id: $from})-[:LINKS_TO]-(x:Concept)-[:LINKS_TO]-(b:Concept {id: $to})
WHERE x.id <> $avoid AND x.id <> $from AND x.id <> $to
WITH DISTINCT a, x, b
RETURN a.title AS from, x.title AS through, b.title AS to, x.in_degree AS links_to_it
ORDER BY links_to_it, through
LIMIT $limit
