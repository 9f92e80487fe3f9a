// Links between folders
// How many links lead from one folder to another?
// $limit (integer, default 50, example 10): the most rows

MATCH (a:Note)-[r:LINKS_TO]->(b:Note)
RETURN a.folder AS from, b.folder AS to, count(*) AS links, count(DISTINCT b) AS notes
ORDER BY links DESC, from, to
LIMIT $limit
