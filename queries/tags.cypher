// Tags
// Which tags are there, on how many notes, and which notes of them are linked to most?

MATCH (n:Note)
UNWIND n.tags AS tag
WITH tag, n ORDER BY n.in_degree DESC, n.id
RETURN tag, count(*) AS notes, collect(n.title)[..3] AS best_linked
ORDER BY notes DESC, tag
