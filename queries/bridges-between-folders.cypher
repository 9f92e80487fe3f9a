// Bridges between two folders
// Which links join the notes of one folder with those of another?
// $a (text, example junction): one folder
// $b (text, example training): the other

MATCH (x:Note {folder: $a})-[r]-(y:Note {folder: $b})
RETURN x.id AS a, y.id AS b, type(r) AS relation, count(*) AS links, min(r.sentence) AS sentence
ORDER BY links DESC, a, b, relation
