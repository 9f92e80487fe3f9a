// Neighbourhood with sentences
// What is linked with a concept either way, and the sentence that says why?
// $concept (concept, example "neuromuscular junction"): in the middle
// $limit (integer, default 100, example 20): the most rows

MATCH (c:Concept {id: $concept})-[r]-(other:Concept)
RETURN other.id AS id, other.title AS title, CASE WHEN startNode(r) = c THEN 'out' ELSE 'in' END AS direction,
  type(r) AS relation, r.line AS line, r.sentence AS sentence, r.moment AS moment
ORDER BY id, direction, line, sentence
LIMIT $limit
