// Queries that people write over notes. A blank line ends each. Before one may stand: "// {…}", its
// parameters; "// refused", where the embedded engine says that it cannot; "// differs: …", where it
// is documented that the rows do; "// small vaults only", where it takes minutes otherwise.

MATCH (n:Note) RETURN count(n) AS notes

MATCH (n:Unresolved) RETURN n.title AS title, n.in_degree AS wanted ORDER BY wanted DESC, title

MATCH (n) RETURN count(*) AS nodes

MATCH ()-[r]->() RETURN type(r) AS relation, count(*) AS links ORDER BY links DESC, relation

MATCH (n:Note) RETURN n.folder AS folder, count(*) AS notes, sum(n.words) AS words, avg(n.words) AS mean ORDER BY folder

MATCH (n:Note) WHERE n.title CONTAINS 'muscle' RETURN n.title ORDER BY n.title

MATCH (n:Note) WHERE toLower(n.title) CONTAINS 'sleep' RETURN n.id ORDER BY n.id

MATCH (n:Note) WHERE n.title STARTS WITH 'M' RETURN n.title ORDER BY n.title DESC LIMIT 5

MATCH (n:Note) WHERE n.title ENDS WITH 'n' RETURN n.title ORDER BY n.title SKIP 3 LIMIT 4

MATCH (n:Note) WHERE n.title =~ '(?i).*neuro.*' RETURN n.title ORDER BY n.title

MATCH (n:Note) WHERE NOT n.title =~ '[A-M].*' RETURN count(n) AS rest

// {"id": "muscle/sarcomere"}
MATCH (n:Concept {id: $id}) RETURN n

// {"id": "training/muscle_strength"}
MATCH (n:Concept {id: $id})-[r]->(m) RETURN m.title AS title, type(r) AS relation, r.sentence AS sentence, r.line AS line ORDER BY line, title, relation, sentence

// {"id": "training/muscle_strength"}
MATCH (n:Concept {id: $id})<-[r]-(m:Note) RETURN m.id, count(r) AS times ORDER BY times DESC, m.id

// {"id": "junction/calcium"}
MATCH (n {id: $id})--(m) RETURN DISTINCT m.id ORDER BY m.id

MATCH (a:Note)-[:LINKS_TO]->(b:Note)-[:LINKS_TO]->(a) WHERE a.id < b.id RETURN DISTINCT a.id, b.id ORDER BY a.id, b.id

MATCH (a:Note)-[:PART_OF|FROM]->(b) RETURN a.id AS part, b.id AS whole ORDER BY part, whole LIMIT 20

// refused
MATCH (a)-[r:!FROM]->(b) RETURN count(r) AS links

MATCH (a)-[r]->(a) RETURN a.id, r.line ORDER BY a.id, r.line

MATCH (a:Note) WHERE NOT (a)-->() RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE NOT (a)<--() RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE NOT (a)--() RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE (a)-->(:Unresolved) RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE EXISTS { (a)-[:FROM]->() } RETURN count(a) AS members

MATCH (a:Note) WHERE EXISTS { MATCH (a)-[r]->(b) WHERE r.seconds > 3000 } RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE NOT EXISTS { (a)-->(:Unresolved) } RETURN count(*) AS c

MATCH (a:Note) WHERE exists((a)-->(:Unresolved)) RETURN count(*) AS c

MATCH (a:Note) RETURN a.id, COUNT { (a)-->() } AS out ORDER BY out DESC, a.id LIMIT 5

MATCH (a:Note) WHERE COUNT { (a)-->(:Unresolved) } > 1 RETURN a.id ORDER BY a.id

// refused
MATCH (a:Note) WHERE COUNT { MATCH (a)<-[r]-(b:Note) WHERE r.seconds IS NOT NULL RETURN DISTINCT b } > 3 RETURN a.id ORDER BY a.id

MATCH (a:Note) RETURN a.id, size([(a)-->(b) | b.id]) AS out ORDER BY out DESC, a.id LIMIT 5

MATCH (a:Note {folder: 'muscle'}) RETURN a.id, [(a)-[r]->(b:Unresolved) WHERE r.line > 0 | b.title] AS wanted ORDER BY a.id

MATCH (a:Note)-[r]->(b) WHERE r.seconds IS NOT NULL RETURN a.id, min(r.seconds) AS first, max(r.seconds) AS last, count(r) AS moments ORDER BY a.id

MATCH (a)-[r]->(b) WHERE r.seconds IS NULL RETURN count(*) AS without

MATCH (a)-[r]->(b) RETURN count(r.seconds) AS with, count(*) AS all, count(DISTINCT r.moment) AS moments

MATCH (n:Note) RETURN min(n.words) AS least, max(n.words) AS most, avg(n.words) AS mean, sum(n.words) AS total

// refused
MATCH (n:Note) RETURN stDev(n.words) > 0 AS spread, stDevP(n.words) > 0 AS spreadp

// refused
MATCH (n:Note) RETURN percentileDisc(n.words, 0.5) AS median, percentileCont(n.words, 0.9) AS ninety

MATCH (n:Note) WHERE n.words > 100000000 RETURN sum(n.words) AS s, avg(n.words) AS a, min(n.words) AS m, collect(n.id) AS ids, count(*) AS c

MATCH (n:Note) UNWIND n.tags AS tag RETURN tag, count(*) AS notes ORDER BY notes DESC, tag

MATCH (n:Note) WHERE 'brain' IN n.tags RETURN n.id ORDER BY n.id

MATCH (n:Note) WHERE any(tag IN n.tags WHERE tag STARTS WITH 'm') RETURN n.id ORDER BY n.id

MATCH (n:Note) WHERE all(tag IN n.tags WHERE size(tag) > 5) RETURN count(n) AS c

MATCH (n:Note) WHERE none(tag IN n.tags WHERE tag = 'brain') RETURN count(n) AS c

MATCH (n:Note) WHERE single(tag IN n.tags WHERE tag CONTAINS 'control') RETURN count(n) AS c

MATCH (n:Note) WHERE size(n.aliases) > 1 RETURN n.title, n.aliases ORDER BY n.title

MATCH (n:Note) UNWIND n.tags AS one UNWIND n.tags AS two WITH one, two WHERE one < two RETURN one, two, count(*) AS together ORDER BY together DESC, one, two LIMIT 15

MATCH (n:Note) RETURN n.folder AS folder, size(collect(n.name)[0..2]) AS some, count(*) AS c ORDER BY folder

MATCH (n:Note) WITH n ORDER BY n.name RETURN n.folder AS folder, collect(n.name) AS names ORDER BY folder

MATCH (n:Note) WITH n.folder AS folder, count(*) AS notes WHERE notes > 8 RETURN folder, notes ORDER BY folder

MATCH (n:Note) WITH n ORDER BY n.in_degree DESC, n.id LIMIT 3 MATCH (n)<-[r]-(m) RETURN n.id, count(DISTINCT m) AS from ORDER BY n.id

MATCH (n:Note) WITH max(n.words) AS most MATCH (m:Note) WHERE m.words = most RETURN m.id ORDER BY m.id

MATCH (n:Note) OPTIONAL MATCH (n)-[r:PART_OF]->(w) RETURN n.id, w.id ORDER BY n.id, w.id

MATCH (n:Note) OPTIONAL MATCH (n)-->(u:Unresolved) WITH n, count(u) AS wanted WHERE wanted > 0 RETURN n.id, wanted ORDER BY wanted DESC, n.id

MATCH (n:Unresolved) OPTIONAL MATCH (n)-[r]->(m) RETURN n.id, r, m ORDER BY n.id

OPTIONAL MATCH (n:Nothing) RETURN n, n.title AS title, count(n) AS c

OPTIONAL MATCH (n:Nothing)-->(m) RETURN n, m

MATCH (n:Nothing) RETURN n

MATCH (n:Nothing) RETURN count(n) AS c

MATCH (n:Nothing) RETURN n.folder AS f, count(*) AS c

// {"from": "junction/acetylcholine", "to": "training/muscle_strength"}
MATCH p = shortestPath((a:Concept {id: $from})-[*..6]-(b:Concept {id: $to})) RETURN length(p) AS hops

// {"from": "junction/acetylcholine", "to": "training/muscle_strength"}
MATCH (a:Concept {id: $from}), (b:Concept {id: $to}), p = shortestPath((a)-[*..6]-(b)) RETURN length(p) AS hops

// {"from": "junction/acetylcholine", "to": "training/muscle_strength"}
MATCH (a:Concept {id: $from}), (b:Concept {id: $to}) MATCH p = shortestPath((a)-[:LINKS_TO*..6]->(b)) RETURN length(p) AS hops

// {"from": "junction/acetylcholine", "to": "muscle/bone"}
MATCH (a:Concept {id: $from}), (b:Concept {id: $to}) MATCH p = allShortestPaths((a)-[:LINKS_TO*..6]-(b)) RETURN [n IN nodes(p) | n.id] AS way ORDER BY way

// {"from": "junction/acetylcholine", "to": "muscle/bone"}
MATCH (a:Concept {id: $from}) MATCH (b:Concept {id: $to}) MATCH p = allShortestPaths((a)-[:LINKS_TO*..6]->(b)) RETURN length(p) AS hops, count(*) AS ways

// {"from": "junction/acetylcholine", "to": "mtor"}
MATCH (a:Concept {id: $from}), (b:Concept {id: $to}) MATCH p = shortestPath((b)-[*..6]->(a)) RETURN p

// {"id": "muscle/titin"}
MATCH (a:Concept {id: $id})-[:LINKS_TO*1..2]->(b) RETURN DISTINCT b.id ORDER BY b.id

// {"id": "muscle/titin"}
MATCH (a:Concept {id: $id})-[:LINKS_TO*2]->(b) RETURN b.id, count(*) AS ways ORDER BY ways DESC, b.id

// {"id": "muscle/titin"}
MATCH p = (a:Concept {id: $id})-[:LINKS_TO*..2]->(b:Note) RETURN length(p) AS hops, count(*) AS paths ORDER BY hops

// {"id": "muscle/titin"}
MATCH (a:Concept {id: $id})-[:PART_OF*0..3]->(b) RETURN b.id ORDER BY b.id

// {"id": "muscle/titin"}
MATCH (a:Concept {id: $id})-[rs:LINKS_TO*2..2]->(b) WHERE all(r IN rs WHERE r.line > 5) RETURN b.id, [r IN rs | r.line] AS lines ORDER BY b.id, lines

// {"id": "muscle/titin"}
MATCH p = (a:Concept {id: $id})-[:LINKS_TO*2]-(b) WHERE none(n IN nodes(p) WHERE n.id = 'muscle/sarcomere') RETURN count(p) AS ways

// {"id": "muscle/titin"}
MATCH p = (a:Concept {id: $id})-[:LINKS_TO]->(b) RETURN p ORDER BY b.id LIMIT 3

// {"id": "muscle/titin"}
MATCH p = (a:Concept {id: $id})-[:LINKS_TO]->(b) RETURN nodes(p) AS ns, relationships(p) AS rs ORDER BY b.id LIMIT 2

// {"id": "muscle/titin"}
MATCH p = (a:Concept {id: $id})-[:LINKS_TO*1..2]->(b) RETURN [n IN nodes(p) | n.title] AS titles, [r IN relationships(p) | r.sentence] AS why ORDER BY titles, why LIMIT 10

MATCH (a:Note)-[r]->(b:Note) WHERE a.folder <> b.folder RETURN a.folder AS from, b.folder AS to, count(*) AS links ORDER BY links DESC, from, to LIMIT 10

MATCH (a:Note {folder: 'muscle'})-[:LINKS_TO]->(x)<-[:LINKS_TO]-(b:Note {folder: 'junction'}) RETURN x.id, count(*) AS c ORDER BY c DESC, x.id LIMIT 10

MATCH (a:Note {folder: 'muscle'}), (b:Note {folder: 'energy'}) RETURN count(*) AS pairs

MATCH (a:Note), (b:Note) WHERE a.video_id = b.video_id AND a.id < b.id RETURN a.video_id, count(*) AS c ORDER BY c DESC, a.video_id LIMIT 5

MATCH (n:Note) WHERE n.video_id IS NULL RETURN n.id ORDER BY n.id

MATCH (n:Note) RETURN n.video_id AS video, count(*) AS c ORDER BY video LIMIT 3

MATCH (n:Note) RETURN n.video_id AS video, n.id AS id ORDER BY video DESC, id LIMIT 20

MATCH (n:Concept) RETURN n.words AS words, n.id AS id ORDER BY words, id SKIP 80

MATCH (n:Concept) RETURN coalesce(n.words, 0) AS words, n.id AS id ORDER BY words, id LIMIT 10

MATCH (n:Concept) RETURN labels(n) AS labels, count(*) AS c ORDER BY c DESC

MATCH (n:Concept) WHERE n:Note AND n.folder = 'muscle' RETURN count(n) AS c

MATCH (n:Concept) WHERE n:Unresolved OR n.folder = 'energy' RETURN n.id ORDER BY n.id

// refused
MATCH (n:Concept&!Note) RETURN n.id ORDER BY n.id

MATCH (n:Note|Unresolved) RETURN count(n) AS c

MATCH (n:Concept:Note) RETURN count(n) AS c

// refused
MATCH (n:!Concept) RETURN labels(n) AS l

MATCH (n:Note) RETURN n {.id, .title, words: n.words} AS card ORDER BY n.id LIMIT 3

MATCH (n:Note) RETURN {id: n.id, long: n.words > 200} AS card ORDER BY n.id LIMIT 3

MATCH (n:Concept {id: 'mtor'}) RETURN n {.*} AS all

MATCH (n:Concept {id: 'mtor'}) RETURN properties(n) AS p

// differs: the order of keys is not defined
MATCH (n:Concept {id: 'mtor'}) RETURN keys(n) AS k

MATCH (n:Note) UNWIND keys(n) AS key RETURN key, count(*) AS c ORDER BY c DESC, key

MATCH ()-[r]->() UNWIND keys(r) AS key RETURN key, count(*) AS c ORDER BY c DESC, key

MATCH (:Note)-[r:PART_OF]->() RETURN properties(r) AS p ORDER BY r.text, r.line

MATCH (:Note)-[r:PART_OF]->() RETURN r ORDER BY r.sentence LIMIT 3

MATCH (a)-[r:PART_OF]->(b) RETURN startNode(r).id AS s, endNode(r).id AS e, startNode(r) = a AS same ORDER BY s, e

MATCH (n:Note) RETURN n.type, n.label, n.start, n.node_type ORDER BY n.id LIMIT 2

MATCH ()-[r:PART_OF]->() RETURN r.type, r.id, r.start, r.label, r.title, r.name

MATCH (n:Note) WHERE n.type IS NULL RETURN count(n) AS c

MATCH (n:Note {type: 'Concept'}) RETURN count(n) AS c

MATCH (n:Note) WHERE n['words'] > 200 RETURN count(n) AS c

// {"key": "folder"}
MATCH (n:Note) RETURN n[$key] AS value, count(*) AS c ORDER BY value

// {"folders": ["muscle", "energy"]}
MATCH (n:Note) WHERE n.folder IN $folders RETURN n.folder, count(*) AS c ORDER BY n.folder

// {"text": "strength", "most": 5}
MATCH (n:Note) WHERE toLower(n.summary) CONTAINS $text RETURN n.id ORDER BY n.id LIMIT $most

// {"rows": [{"id": "muscle/bone", "n": 1}, {"id": "nowhere", "n": 2}]}
UNWIND $rows AS row OPTIONAL MATCH (n:Concept {id: row.id}) RETURN row.n AS n, n.title AS title ORDER BY n

// {"nothing": null}
MATCH (n:Note) WHERE n.folder = $nothing RETURN count(n) AS c

UNWIND [1, 2, 2, null, 3] AS x RETURN x ORDER BY x

UNWIND [1, 2, 2, null, 3] AS x RETURN x ORDER BY x DESC

UNWIND [3, 'a', true, null, 1.5, [1], {a: 1}] AS x RETURN x ORDER BY x

UNWIND [1, 2, 2, null, 3] AS x RETURN count(x) AS c, count(*) AS all, count(DISTINCT x) AS d, collect(x) AS l, collect(DISTINCT x) AS ld, sum(x) AS s, avg(x) AS a

UNWIND [] AS x RETURN x

UNWIND null AS x RETURN x

UNWIND [[1, 2], [3]] AS xs UNWIND xs AS x RETURN x

UNWIND range(1, 10) AS x WITH x WHERE x % 3 = 0 RETURN collect(x) AS threes

UNWIND ['b', 'a', 'C', 'ä', 'Z', 'é', '1'] AS x RETURN x ORDER BY x

UNWIND ['b', 'a', 'b'] AS x RETURN DISTINCT x

// differs: 1 and 1.0 are kept apart
UNWIND [1, 1.0, '1'] AS x RETURN DISTINCT x

UNWIND [{k: 'a', v: 1}, {k: 'b', v: 2}, {k: 'a', v: 3}] AS m RETURN m.k AS k, sum(m.v) AS v ORDER BY k

MATCH (n:Note) RETURN CASE WHEN n.words > 300 THEN 'long' WHEN n.words > 200 THEN 'middle' ELSE 'short' END AS length, count(*) AS c ORDER BY length

MATCH (n:Note) RETURN CASE n.folder WHEN 'muscle' THEN 1 WHEN 'energy' THEN 2 ELSE 0 END AS k, count(*) AS c ORDER BY k

MATCH (n:Concept) RETURN CASE WHEN n:Note THEN 'note' ELSE 'wanted' END AS kind, count(*) AS c ORDER BY kind

MATCH (n:Note) RETURN sum(CASE WHEN n.video_id IS NULL THEN 1 ELSE 0 END) AS without

MATCH (n:Note {folder: 'energy'}) RETURN n.id AS id UNION MATCH (n:Unresolved) RETURN n.id AS id

MATCH (n:Note {folder: 'energy'}) RETURN n.folder AS f UNION ALL MATCH (n:Note {folder: 'muscle'}) RETURN n.folder AS f

RETURN 1 AS x UNION RETURN 1 AS x UNION RETURN 2 AS x

RETURN 1 AS x UNION ALL RETURN 1 AS x

CALL { MATCH (n:Note) RETURN n ORDER BY n.in_degree DESC, n.id LIMIT 3 } RETURN n.id AS id

MATCH (n:Note {folder: 'energy'}) CALL { WITH n MATCH (n)-->(m) RETURN count(m) AS out } RETURN n.id, out ORDER BY n.id

MATCH (n:Note {folder: 'energy'}) CALL (n) { MATCH (n)<--(m) RETURN count(DISTINCT m) AS from } RETURN n.id, from ORDER BY n.id

CALL { MATCH (n:Note) RETURN count(n) AS c UNION ALL MATCH (n:Unresolved) RETURN count(n) AS c } RETURN sum(c) AS all

MATCH (n:Note {folder: 'energy'}) CALL (n) { OPTIONAL MATCH (n)-->(u:Unresolved) RETURN collect(u.id) AS wanted } RETURN n.id, size(wanted) AS wanted ORDER BY n.id

MATCH (a:Note)-->(b:Note) WITH a, collect(DISTINCT b.id) AS out WITH a, out, size(out) AS n WHERE n > 9 RETURN a.id, n ORDER BY n DESC, a.id

MATCH (a:Note {folder: 'energy'})-->(b:Note) WITH a, b ORDER BY b.id WITH a, collect(DISTINCT b.id) AS out RETURN a.id, head(out) AS first, last(out) AS last, tail(out)[0..1] AS second, reverse(out)[0] AS back ORDER BY a.id

// small vaults only
MATCH (a:Note)-->(x:Note)<--(b:Note) WHERE a.id < b.id WITH a, b, count(DISTINCT x) AS common WHERE common > 4 RETURN a.id, b.id, common ORDER BY common DESC, a.id, b.id

MATCH (a:Note)-[:LINKS_TO]->(b:Note)-[:LINKS_TO]->(c:Note) WHERE a.folder = 'muscle' AND c.folder = 'nutrition' AND b.folder <> 'muscle' RETURN DISTINCT a.id, b.id, c.id ORDER BY a.id, b.id, c.id

MATCH (a:Note)-[:LINKS_TO]->(b)-[:LINKS_TO]->(c)-[:LINKS_TO]->(a) WHERE a.id < b.id AND a.id < c.id RETURN count(*) AS triangles

MATCH (a:Note)-[r1]->(b)-[r2]->(c) WHERE a.id = 'muscle/titin' RETURN count(*) AS ways

MATCH (a {id: 'muscle/titin'})-[r1]-(b)-[r2]-(c) RETURN count(*) AS ways

MATCH (a {id: 'muscle/titin'})-->(b), (a)-->(c) WHERE b.id < c.id RETURN count(*) AS pairs

MATCH (n:Note) RETURN substring(n.title, 0, 3) AS s, count(*) AS c ORDER BY c DESC, s LIMIT 5

MATCH (n:Note) RETURN left(n.title, 1) AS letter, count(*) AS c ORDER BY letter

MATCH (n:Note) RETURN right(n.name, 2) AS e, count(*) AS c ORDER BY c DESC, e LIMIT 5

MATCH (n:Note) RETURN split(n.path, '/')[-1] AS file ORDER BY file LIMIT 5

MATCH (n:Note) RETURN replace(n.name, '_', ' ') AS words, toUpper(n.folder) AS folder ORDER BY words LIMIT 5

MATCH (n:Note) RETURN n.title + ' (' + n.folder + ')' AS t ORDER BY t LIMIT 5

MATCH (n:Note) RETURN n.title + ': ' + n.words AS t ORDER BY t LIMIT 5

MATCH (n:Note) RETURN n.title + n.video_id AS t ORDER BY t LIMIT 3

MATCH (n:Note) RETURN size(n.title) AS s, count(*) AS c ORDER BY s DESC LIMIT 5

MATCH (n:Note) RETURN trim('  ' + n.title + ' ') = n.title AS same, count(*) AS c

MATCH (n:Note) WHERE size(split(n.title, ' ')) > 2 RETURN n.title ORDER BY n.title

MATCH (n:Note) RETURN n.words / 100 AS hundreds, count(*) AS c ORDER BY hundreds

MATCH (n:Note) RETURN n.words / 100.0 AS hundreds ORDER BY hundreds DESC LIMIT 3

MATCH (n:Note) RETURN n.words % 7 AS rest, count(*) AS c ORDER BY rest

MATCH (n:Note) RETURN round(n.words / 100.0) AS r, count(*) AS c ORDER BY r

MATCH (n:Note) RETURN round(avg(n.words), 2) AS mean, toInteger(avg(n.words)) AS whole

MATCH (n:Note) RETURN floor(n.words / 100.0) AS f, ceil(n.words / 100.0) AS c, count(*) AS k ORDER BY f, c

MATCH (n:Note) RETURN toString(n.words) AS s, toFloat(n.words) AS f ORDER BY n.id LIMIT 2

MATCH (n:Note) RETURN n.out_degree * 1.0 / (n.in_degree + 1) AS ratio, n.id ORDER BY ratio DESC, n.id LIMIT 5

MATCH ()-[r]->() WHERE r.seconds IS NOT NULL RETURN r.seconds / 60 AS minute, count(*) AS c ORDER BY minute LIMIT 5

MATCH (a)-[r]->(b) WHERE r.resolved_by = 'slug' RETURN a.id, r.text, b.id ORDER BY a.id, r.text LIMIT 5

MATCH (a)-[r]->(b) WHERE size(r.ambiguous) > 0 RETURN a.id, r.text, b.id, r.ambiguous ORDER BY a.id, r.line

MATCH (a)-[r]->(b) RETURN r.resolved_by AS rule, count(*) AS c ORDER BY c DESC, rule

MATCH (a)-[r]->(b) RETURN r.kind AS kind, r.nearest AS nearest, count(*) AS c ORDER BY kind, nearest

MATCH (a)-[r]->(b) WHERE r.sentence CONTAINS 'because' RETURN a.id, b.id, r.sentence ORDER BY a.id, b.id, r.line

MATCH (a)-[r]->(b) WHERE r.heading IS NULL RETURN count(*) AS c

MATCH (a)-[r]->(b) WHERE r.alias IS NOT NULL AND toLower(r.alias) <> toLower(b.title) RETURN r.alias, b.title ORDER BY r.alias, b.title LIMIT 10

MATCH (a)-[r]->(b) WHERE a.video_id IS NOT NULL AND r.seconds >= 60 AND r.seconds < 600 RETURN a.id, r.moment ORDER BY a.id, r.seconds, r.moment LIMIT 5

MATCH (a)-[r {kind: 'markdown'}]->(b) RETURN count(r) AS c

MATCH (a)-[r:LINKS_TO {nearest: true}]->(b) RETURN count(r) AS c

// refused
MATCH (a)-[r:LINKS_TO WHERE r.line > 25]->(b) RETURN count(r) AS c

// refused
MATCH (a:Note WHERE a.words > 300)-->(b) RETURN count(*) AS c

MATCH (a:Note) WHERE a.words >= 200 AND a.words <= 210 OR a.words = 100 RETURN a.id ORDER BY a.id

// refused
MATCH (a:Note) WHERE 200 <= a.words <= 210 RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE a.words > 150 XOR a.folder = 'muscle' RETURN count(*) AS c

MATCH (a:Note) WHERE NOT (a.words > 150 AND a.folder = 'muscle') RETURN count(*) AS c

MATCH (a:Note) WHERE a.nothing = 1 OR NOT a.nothing = 1 RETURN count(*) AS c

MATCH (a:Note) WHERE a.nothing <> 'x' RETURN count(*) AS c

MATCH (a:Note) WHERE NOT a.nothing IN ['x'] RETURN count(*) AS c

MATCH (a:Note) WHERE a.words IN [null, 175] RETURN count(*) AS c

MATCH (a:Note) WHERE a.words = '175' RETURN count(*) AS c

MATCH (a:Note) WHERE a.title > 5 RETURN count(*) AS c

MATCH (a:Note) WHERE a.tags = ['muscle', 'anatomy'] OR a.tags = [] RETURN count(*) AS c

MATCH (a:Note) WHERE a.folder = '' RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE isEmpty(a.aliases) RETURN count(*) AS c

MATCH (a:Note) RETURN DISTINCT a.folder ORDER BY a.folder

MATCH (a:Note) RETURN DISTINCT a.folder AS f, size(a.tags) AS n ORDER BY f, n

MATCH (a:Note) RETURN a.folder, size(collect(DISTINCT a.tags[0])) AS first ORDER BY a.folder LIMIT 1

MATCH (a:Note) WITH DISTINCT a.folder AS f RETURN count(f) AS folders

MATCH (a:Note) WITH a.folder AS f, a ORDER BY a.words DESC, a.id WITH f, collect(a)[0] AS longest RETURN f, longest.title AS title, longest.words AS words ORDER BY f

// refused
MATCH (a:Note) WITH collect(a) AS all UNWIND all AS n RETURN count(n) AS c

MATCH (a:Note {folder: 'energy'}) WITH collect({id: a.id, words: a.words}) AS rows UNWIND rows AS row RETURN row.id, row.words ORDER BY row.id

MATCH (a:Note) RETURN reduce(total = 0, t IN a.tags | total + size(t)) AS letters, a.id ORDER BY letters DESC, a.id LIMIT 3

MATCH (a:Note) RETURN [t IN a.tags WHERE t <> 'muscle' | toUpper(t)] AS tags, a.id ORDER BY a.id LIMIT 5

MATCH (a:Note) WITH *, a.words AS w WHERE w > 300 RETURN a.id, w ORDER BY a.id

MATCH (a:Note {folder: 'energy'})-[r:PART_OF]->(b) RETURN *

WITH 1 AS b, 2 AS a RETURN *

WITH [1, 2, 3] AS list RETURN list[0], list[-1], list[1..], size(list), 2 IN list, list + 4, [0] + list

WITH {a: 1, b: {c: [1, 2]}} AS m RETURN m.a, m.b.c[1], m['a'], m.z, keys(m) AS k

RETURN date('2024-03-05') AS d, date('2024-03-05').year AS y, date('2024-03-05') + duration('P1M') AS later

RETURN datetime('2024-03-05T10:20:30Z') AS t, localdatetime('2024-03-05T10:20:30.5') AS l, time('10:20:30+01:00') AS z, localtime('10:20') AS lt

RETURN duration({days: 1, hours: 26}) AS d, duration('P1Y2M') AS e, duration.inDays(date('2024-01-01'), date('2024-03-05')).days AS n

RETURN date.truncate('month', date('2024-03-05')) AS m, date('2024-03-05') < date('2024-04-01') AS before

RETURN 1.0 AS a, 1e3 AS b, 7 / 2 AS c, 7 / 2.0 AS d, -7 % 3 AS e, 2 ^ 3 AS f, 0.1 + 0.2 AS g

RETURN null AS n, null = null AS e, null IS NULL AS i, null + 1 AS p, coalesce(null, 'x') AS c, [null][0] AS l

RETURN toInteger('42') AS a, toInteger('4.7') AS b, toInteger('x') AS c, toFloat('1.5') AS d, toBoolean('true') AS e, toString(1.5) AS f

RETURN 'it\'s' AS a, "dq" AS b, 'tab\tx' AS c, '\u00e9' AS d, 'back\\slash' AS e

RETURN '[[x]]' AS wiki, '// not a comment' AS c, '/* nor this */' AS d

RETURN 1 AS `a b`, 2 AS `RETURN`

RETURN abs(-3), sign(-2.5), sqrt(16), ceil(1.2), floor(-1.2), round(2.5), round(-2.5), log10(1000), exp(0), pi() > 3

MATCH (n:Note) WHERE n.id IN ['muscle/bone', 'muscle/actin'] RETURN n.id, n.in_degree + n.out_degree AS degree ORDER BY degree DESC, n.id

MATCH (v:GraphkitVault) RETURN v.name IS NOT NULL AS named

MATCH (n:Note) WHERE n._hash IS NULL RETURN count(n) AS c

MATCH (n:Note) RETURN count(DISTINCT n._hash) = count(n) AS each

MATCH (n:Note) RETURN n.id, n._hash ORDER BY n.id

MATCH (v:GraphkitVault) RETURN v.id, v.title, v.name, v.vault, v.schema_version

match (n:Note) where n.folder = 'energy' return n.id order by n.id asc limit 2

MATCH (n:Note)
// the long ones
WHERE n.words > 300 /* words, not letters */
RETURN n.id
ORDER BY n.id

MATCH (a:Note)-[r]->(b:Note) WITH a, b, count(r) AS times WHERE times > 1 RETURN a.id, b.id, times ORDER BY times DESC, a.id, b.id LIMIT 10

MATCH (a:Note)-[r]->(b) WITH b, collect(r.sentence) AS why, count(*) AS c ORDER BY c DESC, b.id LIMIT 1 RETURN b.id, size(why) AS n

MATCH (n:Concept) WHERE n.in_degree = 0 RETURN n.id ORDER BY n.id

MATCH (n:Concept) RETURN n.in_degree > 10 AS hub, count(*) AS c ORDER BY hub

MATCH (n:Note) RETURN avg(size(n.tags)) AS tags, avg(size(n.aliases)) AS aliases

MATCH (n:Note) WITH avg(n.words) AS mean MATCH (m:Note) WHERE m.words > 1.5 * mean RETURN m.id ORDER BY m.id

MATCH (n:Note) RETURN n.id ORDER BY size(n.title) DESC, n.title LIMIT 3

MATCH (n:Note) RETURN n.folder AS folder, n.title AS title ORDER BY n.words DESC, n.id LIMIT 3

// refused
MATCH (a:Note)-[r]->(b) RETURN a.id AS id, count(*) AS c ORDER BY count(*) DESC, a.id LIMIT 3

// refused
MATCH (n:Note) RETURN elementId(n) IS NOT NULL AS has LIMIT 1

MATCH (a)-[r1:PART_OF]->(b)<-[r2:PART_OF]-(c) RETURN a.id, b.id, c.id ORDER BY a.id, b.id, c.id

MATCH (a {id: 'muscle/titin'})-[r*1..2]->(b) RETURN size(r) AS hops, count(*) AS c ORDER BY hops

MATCH (a {id: 'muscle/titin'})-[*2..3]->(b:Unresolved) RETURN b.id, count(*) AS c ORDER BY b.id

MATCH (n:Note)-[:CAUSE|TREATS|BLOCKS]-(m) RETURN n.id, m.id ORDER BY n.id, m.id

MATCH (n:Note) RETURN n.treats AS treats, n.depends_on AS depends, n.id AS id ORDER BY treats, depends, id LIMIT 3

MATCH (n:Note) WHERE n.depends_on IS NOT NULL RETURN n.id, n.depends_on

UNWIND [1, 'a', null, 2.5] AS x RETURN max(x), min(x)

UNWIND [[1, 2], [1], [], [null], ['a']] AS x RETURN x ORDER BY x

UNWIND [1.5, 1, null, 'a', 'B', true, date('2024-01-01'), [1], {a: 1}] AS x RETURN x ORDER BY x DESC

UNWIND [1, null, 3] AS x RETURN sum(x), count(x), avg(x), min(x), max(x), collect(x), stDev(x)

UNWIND [1, 2, 3] AS x WITH x ORDER BY x DESC LIMIT 2 RETURN collect(x)

UNWIND range(1, 3) AS i UNWIND range(i, 3) AS j RETURN i, j, i * j AS k ORDER BY i, j

MATCH (a {id: 'muscle/titin'})-[*1..3]-(b) RETURN count(*) AS ways

MATCH (a {id: 'muscle/titin'})-[r*1..2 {kind: 'wiki'}]->(b) RETURN count(*) AS ways

MATCH (a)-[r]->(b), (a)-[r2]->(b) RETURN count(*) AS pairs

MATCH (a)--(b)--(a) RETURN count(*) AS ways

MATCH (n:Note) RETURN n.folder, size(collect(n)) + 1 AS x ORDER BY n.folder

MATCH (n:Note {folder: 'energy'}) OPTIONAL MATCH p = (n)-[:NOTHING]->(m) RETURN n.id, p, nodes(p) AS ns, length(p) AS l ORDER BY n.id

MATCH (n:Note {folder: 'energy'}) OPTIONAL MATCH (n)-[r:NOTHING]->(m) RETURN type(r) AS t, labels(m) AS l, properties(m) AS p, startNode(r) AS s

MATCH (n:Note {folder: 'energy'}) RETURN n.id, exists { MATCH (n)-->(m) WHERE m.folder = n.folder RETURN m } AS x ORDER BY n.id

MATCH (n:Note {folder: 'energy'}) RETURN n.id, count { MATCH (n)-->(m)-->(k) WHERE k.folder = n.folder } AS x ORDER BY n.id

MATCH (n:Note {folder: 'energy'}) CALL { WITH n MATCH (n)-->(m) RETURN m ORDER BY m.id LIMIT 2 } RETURN n.id, m.id ORDER BY n.id, m.id

MATCH (n:Note) WITH n.folder AS f, count(*) AS c MATCH (n:Note {folder: f}) RETURN f, c, count(n) AS again ORDER BY f

MATCH (n:Note)-[r]->(m) WITH n.folder AS f, count(*) AS c MATCH (n:Note)-[r:PART_OF]->(m) RETURN f, c, count(*) AS again ORDER BY f

MATCH (n:Note) WITH n.folder AS f, count(*) AS c RETURN f, c, COUNT { MATCH (n:Note {folder: 'muscle'}) } AS k ORDER BY f

MATCH (n:Note) WITH n.folder AS f, count(*) AS c RETURN f, EXISTS { MATCH (n:Note) WHERE n.folder = f AND n.words > 200 } AS k ORDER BY f

UNWIND [1, 2] AS x WITH sum(x) AS s UNWIND [5, 6] AS x RETURN s, x ORDER BY x

UNWIND [1, 2] AS x WITH sum(x) AS s RETURN s, [x IN [7] | x] AS l, reduce(x = 0, y IN [1] | x + y) AS r

MATCH (n:Note {id: 'muscle/titin'}) RETURN n.tags + n.nothing AS x, n.tags + 'y' AS y, n.words + n.tags AS z

MATCH (n:Note {id: 'muscle/titin'}) RETURN n['ti' + 'tle'] AS x, properties(n)['title'] AS z, properties(n).words AS w

MATCH (n:Note) WHERE toLower(n.title) IN [x IN ['Actin', 'BONE'] | toLower(x)] RETURN n.id ORDER BY n.id

RETURN nullIf(1, 1) AS a, nullIf(1, 2) AS b, isEmpty('') AS c, isEmpty([1]) AS d, e() AS e, upper('a') AS f, char_length('abc') AS g

RETURN 'äb' =~ '\\w+' AS a, 'ab1' =~ '\\w+\\d' AS b, 'x y' =~ '.*\\s.*' AS c, 'ABC' =~ '(?i)abc' AS d

RETURN {type: 'a', id: 1, label: 'b', start: 2} AS m, {type: 'x'}.type AS t

// {"m": {"type": "book", "n": [{"label": 1}]}}
RETURN $m AS m, $m.type AS t, $m.n[0].label AS l

RETURN 10 / 4 * 2.0 AS x, 2 * 3 % 4 AS y, -2 ^ 2 AS z, 7 - 3 - 2 AS w, 2 ^ 3 ^ 2 AS v

RETURN date('2024-02-29') + duration({years: 1}) AS a, datetime('2024-01-01T00:00:00Z') + duration('PT36H') AS b

RETURN duration.inDays(date('2024-03-05'), date('2024-01-01')) AS a, toString(duration({hours: 25})) AS b, duration({days: -1}) AS c, duration({seconds: 0.5}) AS d

RETURN 1_000 AS a, +1 AS b, 'a' || 'b' AS c, [1] || [2] AS d

MATCH (a:Note)-[r]->(b:Note) WITH a, count(r) AS out ORDER BY out DESC, a.id LIMIT 5 MATCH (a)<-[r]-(b:Note) RETURN a.id, out, count(r) AS c ORDER BY a.id

MATCH (a:Note) WITH a.folder AS folder, avg(a.words) AS mean MATCH (b:Note) WHERE b.folder = folder AND b.words > mean RETURN folder, count(b) AS above ORDER BY folder

MATCH (a:Note) WITH a.folder AS folder, collect(a) AS notes UNWIND notes AS a MATCH (a)-->(b:Note) WHERE b IN notes RETURN folder, count(*) AS inner ORDER BY folder

// small vaults only
MATCH (a:Note)-->(b:Note) WITH a, collect(DISTINCT b) AS bs MATCH (c:Note)-->(d) WHERE c IN bs AND d = a RETURN a.id, count(DISTINCT c) AS back ORDER BY back DESC, a.id LIMIT 5

MATCH (a:Note {folder:'muscle'}) OPTIONAL MATCH (a)-->(b:Note {folder:'energy'}) WITH a, collect(b.id) AS bs WHERE size(bs) > 0 RETURN a.id, size(bs) AS n ORDER BY a.id

MATCH (a:Note {folder:'muscle'}) OPTIONAL MATCH (a)-->(b:Note {folder:'energy'}) OPTIONAL MATCH (b)-->(c:Unresolved) RETURN a.id, count(DISTINCT b) AS b, count(DISTINCT c) AS c ORDER BY a.id

MATCH (a:Note {folder:'muscle'}) OPTIONAL MATCH (a)-->(b:Note) WHERE b.folder = 'energy' AND b.words > 170 RETURN a.id, count(b) AS c ORDER BY a.id

MATCH (a:Note) WHERE (a)-->(:Note {folder:'energy'}) AND NOT (a)-->(:Note {folder:'muscle'}) RETURN a.id ORDER BY a.id

MATCH (a:Note) WHERE size([(a)-->(x:Unresolved) | x]) > 0 OR a.words < 160 RETURN a.id ORDER BY a.id

MATCH (a:Note)-[r]->(b) WHERE r.line = a.words - 130 RETURN a.id, r.line ORDER BY a.id, r.line

// small vaults only
MATCH (a:Note), (b:Note) WHERE a.words = b.words AND a.id < b.id RETURN a.id, b.id ORDER BY a.id, b.id

MATCH (a:Note) MATCH (b:Note {video_id: a.video_id}) WHERE a.id < b.id RETURN count(*) AS c

// small vaults only
MATCH (a:Note) UNWIND a.tags AS tag MATCH (b:Note) WHERE tag IN b.tags AND a.id < b.id RETURN tag, count(*) AS c ORDER BY c DESC, tag LIMIT 5

MATCH (a:Note) WITH a ORDER BY a.words DESC SKIP 2 LIMIT 3 RETURN a.id, a.words ORDER BY a.words DESC, a.id

MATCH (a:Note)-[r]->(b) WITH b, count(*) AS c WHERE c > 10 WITH collect(b.id) AS ids, sum(c) AS total RETURN size(ids) AS n, total

MATCH (a:Note)-[r]->(b) WITH b, count(*) AS c WITH max(c) AS most MATCH (a)-[r]->(b) WITH b, count(*) AS c, most WHERE c = most RETURN b.id, c

MATCH p=(a:Note)-[:PART_OF*1..3]->(b) WITH a, max(length(p)) AS deep RETURN a.id, deep ORDER BY deep DESC, a.id

MATCH p=(a:Note)-[:PART_OF*1..3]->(b) RETURN [n IN nodes(p) | n.name] AS names, reduce(s = 0, n IN nodes(p) | s + n.words) AS words ORDER BY words

MATCH (a:Note {id:'muscle/titin'}) CALL (a) { MATCH (a)-->(b:Note) RETURN b UNION MATCH (a)<--(b:Note) RETURN b } RETURN count(b) AS c

MATCH (a:Note) CALL (a) { MATCH (a)-[r]->() RETURN max(r.line) AS last } WITH a, last WHERE last > 30 RETURN a.id, last ORDER BY a.id

MATCH (a:Note) WHERE EXISTS { MATCH (a)-->(b:Note) WHERE EXISTS { MATCH (b)-->(:Unresolved) } } RETURN count(a) AS c

MATCH (a:Note) RETURN a.folder AS f, count(CASE WHEN a.words > 180 THEN 1 END) AS long, count(*) AS all ORDER BY f

MATCH (a:Note) WITH a ORDER BY a.id RETURN a.folder AS f, collect(CASE WHEN a.words > 200 THEN a.name END) AS l, min(a.name) AS m ORDER BY f

MATCH (a:Note) WITH a.folder AS f, count(*) AS c ORDER BY c DESC, f RETURN collect(f)[..3] AS top, sum(c) AS total

MATCH (a:Note) WITH a.folder AS f, count(*) AS c ORDER BY f WITH collect({f: f, c: c}) AS rows RETURN [r IN rows WHERE r.c > 9 | r.f] AS l

MATCH (a:Note)-[:LINKS_TO]->(b:Note) WHERE a.folder = b.folder WITH a.folder AS f, count(*) AS inner MATCH (a:Note {folder: f})-[:LINKS_TO]->(b:Note) RETURN f, inner, count(*) AS all ORDER BY f

MATCH (a:Note)-[r1:LINKS_TO]->(b:Note)<-[r2:LINKS_TO]-(c:Note) WHERE a.id = 'muscle/actin' AND c.folder = 'energy' RETURN c.id, b.id, r1.line, r2.line ORDER BY c.id, b.id, r1.line, r2.line

MATCH (a {id:'muscle/actin'})-[:LINKS_TO]-(b)-[:LINKS_TO]-(c {id:'muscle/bone'}) RETURN b.id, count(*) AS c ORDER BY b.id

MATCH (a:Note) WHERE a.title = 'Actin' SKIP 0 RETURN a.id

MATCH (a:Note) WITH a SKIP 80 RETURN count(a) AS c

MATCH (a:Note) RETURN a.id AS id, a.words AS w ORDER BY a.words, id LIMIT 3

MATCH (a:Note) RETURN DISTINCT a.words / 50 AS w ORDER BY w DESC

MATCH (a:Note) WITH a.words / 50 AS w, a RETURN w, count(a) AS c, min(a.id) AS m ORDER BY w

MATCH (a:Note)-->(b:Note)-->(c:Note) WHERE a.folder = 'energy' AND b.folder = 'energy' AND c.folder = 'energy' AND a <> c RETURN count(*) AS c

MATCH (a:Note)-->(b:Note), (b)-->(c:Note), (c)-->(a) WHERE a.folder = 'energy' RETURN count(*) AS c

MATCH (a:Note)-[r:LINKS_TO|PART_OF]->(b) WHERE type(r) IN ['PART_OF'] RETURN count(r) AS c

MATCH (a:Note)-[r]->(b) WHERE type(r) STARTS WITH 'C' RETURN type(r) AS t, count(*) AS c ORDER BY t

MATCH (a:Note)-[r]-(b:Note) WHERE a.id = 'muscle/titin' AND startNode(r) = a RETURN count(r) AS c

MATCH (a:Note) WHERE a.aliases[0] STARTS WITH 'A' RETURN a.aliases[0] AS x ORDER BY x

MATCH (a:Note) WHERE 'ACh' IN a.aliases OR a.name = 'atp' RETURN a.id ORDER BY a.id

MATCH (a:Concept) WHERE a.folder IS NULL OR a.folder IN ['energy'] RETURN a.id ORDER BY a.id

MATCH (a:Concept) WHERE a.words > 200 OR a.words IS NULL RETURN count(*) AS c

MATCH (a:Concept) RETURN a.folder AS f, count(a.words) AS w, count(*) AS c ORDER BY f DESC

MATCH (a:Note) WITH a, [x IN a.tags WHERE size(x) > 6] AS long WHERE size(long) = size(a.tags) RETURN count(a) AS c

MATCH (a:Note) WHERE a.words > 200 WITH collect(a) AS many MATCH (b:Note) WHERE NOT b IN many AND b.words > 190 RETURN b.id ORDER BY b.id

MATCH (a:Note) WITH collect(a.words) AS ws RETURN ws[0] IS NOT NULL AS x, size(ws) AS n, reduce(m = 0, w IN ws | CASE WHEN w > m THEN w ELSE m END) AS most

MATCH (n:Note) WHERE n.folder = 'energy' WITH n.name AS name ORDER BY name RETURN collect(name) AS names, head(collect(name)) AS first

MATCH (n:Note) WHERE n.folder = 'energy' WITH n ORDER BY n.name DESC WITH collect(n) AS ns RETURN [i IN range(0, size(ns) - 1) | i + ': ' + ns[i].name] AS l

MATCH (n:Concept) RETURN n.id, n.cluster, n.subcluster, n.cluster_name, n.subcluster_name ORDER BY n.id

MATCH (n:Note) WHERE n.cluster IS NOT NULL RETURN n.cluster_name AS name, count(*) AS notes, count(DISTINCT n.subcluster) AS parts ORDER BY notes DESC, name

MATCH (n:Note {cluster: 'c1'}) RETURN n.id ORDER BY n.id

MATCH (n:Unresolved) RETURN count(n.cluster) + count(n.cluster_name) AS none

MATCH (a:Note)-[:LINKS_TO]->(b:Note) WHERE a.cluster = b.cluster RETURN a.cluster AS cluster, count(*) AS links ORDER BY cluster

MATCH (a:Note)--(b:Note) WHERE a.cluster <> b.cluster RETURN a.id AS id, count(DISTINCT b.cluster) AS others ORDER BY others DESC, id LIMIT 10

MATCH (v:GraphkitVault) UNWIND [k IN keys(v) WHERE k <> 'last_whole'] AS key RETURN key ORDER BY key
