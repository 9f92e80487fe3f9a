// Concept card
// All that the graph holds of one concept, with how many links lead there and on.
// $concept (concept, example "neuromuscular junction"): which one

MATCH (c:Concept {id: $concept})
RETURN c.id AS id, c.title AS title, labels(c) AS labels, c.folder AS folder, c.tags AS tags,
  c.aliases AS aliases, c.summary AS summary, c.in_degree AS links_in, c.out_degree AS links_out,
  COUNT { (c)<--(:Note) } AS links_from_notes, COUNT { (c)-->(:Unresolved) } AS links_to_unwritten
