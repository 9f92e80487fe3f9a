// What is said about a concept
// Which sentences link to a concept, the longest first?
// $concept (concept, example dopamine): which one
// $limit (integer, default 20, example 5): the most rows

MATCH (c:Concept {id: $concept})<-[r]-(n:Note)
WITH DISTINCT n.title AS note, r.sentence AS sentence, r.heading AS heading, r.moment AS moment
RETURN note, heading, sentence, moment
ORDER BY size(sentence) DESC, note, sentence, moment
LIMIT $limit
