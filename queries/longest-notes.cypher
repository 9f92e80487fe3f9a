// Longest notes
// Which notes have the most words, and how many links for a hundred words?
// $limit (integer, default 10, example 5): the most rows

MATCH (n:Note)
WHERE n.words > 0
RETURN n.id AS id, n.title AS title, n.words AS words, n.out_degree AS links,
  round(100.0 * n.out_degree / n.words, 1) AS links_per_hundred_words
ORDER BY words DESC, id
LIMIT $limit
