// Ambiguous links
// Which links could mean several notes, and which was taken?

MATCH (n:Note)-[r]->(m:Concept)
WHERE size(r.ambiguous) > 0
RETURN n.id AS note, r.line AS line, r.text AS text, m.id AS taken, r.ambiguous AS others
ORDER BY note, line, text
