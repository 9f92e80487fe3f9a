// Most-wanted unresolved concepts
// What is linked to most and has no note yet, and by whom?
// $limit (integer, default 20, example 5): the most rows

MATCH (u:Unresolved)<-[r]-(n:Note)
WITH u, n ORDER BY n.id
RETURN u.id AS id, u.title AS title, count(*) AS links, collect(DISTINCT n.id)[..5] AS from
ORDER BY links DESC, id
LIMIT $limit
