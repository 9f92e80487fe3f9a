// Component of a concept
// What hangs together with a concept in up to so many steps, counted by folder?
// $concept (concept, example sarcomere): where to start

MATCH (c:Concept {id: $concept})-[:LINKS_TO*0..3]-(n:Concept)
WITH DISTINCT n
RETURN n.folder AS folder, count(*) AS concepts, sum(CASE WHEN n:Note THEN 0 ELSE 1 END) AS unwritten
ORDER BY concepts DESC, folder
