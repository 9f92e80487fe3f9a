// Components, at a glance
// How many concepts hang on nothing, on one other, on two, on more?

MATCH (n:Concept)
OPTIONAL MATCH (n)-[:LINKS_TO]-(m:Concept)
WHERE m <> n
WITH n, count(DISTINCT m) AS neighbours ORDER BY n.id
RETURN CASE WHEN neighbours > 3 THEN '4 or more' ELSE toString(neighbours) END AS neighbours_of_each,
  count(*) AS concepts, collect(n.id)[..3] AS some
ORDER BY neighbours_of_each
