// Notes nobody links to
// Which notes do no links lead to, membership aside, and how much do they say?
// $most (integer, default 0, example 2): how many links still count as none
// $limit (integer, default 100, example 10): the most rows

MATCH (n:Note)
WHERE COUNT { (n)<-[:LINKS_TO]-() } <= $most
RETURN n.id AS id, n.title AS title, n.words AS words, n.out_degree AS links_out
ORDER BY id
LIMIT $limit
