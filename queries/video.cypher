// Concepts of a video
// What is linked at which moment of a video, in the order of the moments?
// $video (text, default null, example XLr2RKoD-oY): the video; the one with the most moments without it

MATCH (n:Note)-[r]->()
WHERE r.seconds IS NOT NULL AND ($video IS NULL OR n.video_id = $video)
WITH n.video_id AS video, count(*) AS moments
ORDER BY moments DESC, video
LIMIT 1
MATCH (n:Note {video_id: video})-[r]->(m:Concept)
WHERE r.seconds IS NOT NULL
RETURN r.seconds AS seconds, m.title AS concept, r.sentence AS sentence, r.moment AS moment, n.id AS note
ORDER BY seconds, concept, sentence
