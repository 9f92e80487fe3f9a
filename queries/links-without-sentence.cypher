// Links without a sentence
// Which links stand in no sentence, only in a list or a line of their own?
// $words (integer, default 3, example 2): a sentence has more words than this
// $limit (integer, default 100, example 10): the most rows

MATCH (n:Note)-[r]->(m:Concept)
WHERE size(split(r.sentence, ' ')) <= $words
RETURN n.id AS note, r.line AS line, m.title AS target, type(r) AS relation, r.sentence AS sentence
ORDER BY note, line, target
LIMIT $limit
