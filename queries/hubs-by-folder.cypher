// Hubs by folder
// Which notes of each folder are linked to most?
// $most (integer, default 3, example 2): how many of each folder

MATCH (n:Note)
WITH n ORDER BY n.in_degree DESC, n.id
WITH n.folder AS folder, collect(n.title) AS notes, count(*) AS size, sum(n.in_degree) AS links
RETURN folder, size, links, notes[..$most] AS hubs
ORDER BY links DESC, folder
