// Every moment where a topic is linked
// When, in which video, and with what words is a concept linked?
// $concept (concept, example dopamine): which one

MATCH (c:Concept {id: $concept})<-[r]-(n:Note)
WHERE r.moment IS NOT NULL
RETURN n.video_id AS video, r.seconds AS seconds, n.id AS note, r.sentence AS sentence, r.moment AS moment
ORDER BY video, seconds, note, sentence
