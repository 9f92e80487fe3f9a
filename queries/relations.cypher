// Typed relations
// Which relations do links name, how often, and between what?

MATCH (a)-[r]->(b)
WITH type(r) AS relation, a, b ORDER BY relation, a.id, b.id
RETURN relation, count(*) AS links, count(DISTINCT a) AS sources, count(DISTINCT b) AS targets,
  collect(a.title + ' → ' + b.title)[0] AS for_example
ORDER BY links DESC, relation
