// Notes between clusters
// Which notes are linked with notes of the most clusters beside their own?
// $limit (integer, default 20, example 5): the most rows

MATCH (n:Note)--(m:Note)
WHERE m.cluster <> n.cluster
RETURN n.id AS id, n.title AS title, n.cluster_name AS cluster,
  count(DISTINCT m.cluster) AS others, count(DISTINCT m) AS notes
ORDER BY others DESC, notes DESC, id
LIMIT $limit
