// Links between clusters
// How many links lead from one cluster to another, and from how many notes?
// $limit (integer, default 50, example 5): the most rows

MATCH (a:Note)-[r]->(b:Note)
WHERE a.cluster <> b.cluster
RETURN a.cluster AS from, b.cluster AS to, a.cluster_name AS from_name, b.cluster_name AS to_name,
  count(*) AS links, count(DISTINCT a) AS notes
ORDER BY links DESC, from, to
LIMIT $limit
