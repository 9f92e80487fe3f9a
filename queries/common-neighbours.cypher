// Common neighbours
// What are two concepts both linked with?
// $a (concept, example sleep): one
// $b (concept, example "muscle strength"): the other

MATCH (a:Concept {id: $a})--(x:Concept)--(b:Concept {id: $b})
WHERE x <> a AND x <> b
RETURN x.id AS id, x.title AS title, count(*) AS ways
ORDER BY ways DESC, id
