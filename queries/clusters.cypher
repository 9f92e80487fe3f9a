// Clusters
// How large is each cluster, into how many parts is it split, and what is linked to most in it?
// $most (integer, default 3, example 2): how many notes of each

MATCH (n:Note)
WHERE n.cluster IS NOT NULL
WITH n ORDER BY n.in_degree DESC, n.id
RETURN n.cluster AS id, n.cluster_name AS name, count(*) AS notes,
  count(DISTINCT n.subcluster) AS parts, collect(n.title)[..$most] AS best_linked
ORDER BY notes DESC, id
