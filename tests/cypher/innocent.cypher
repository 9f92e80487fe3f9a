// Each of these is let through. A blank line ends each.

RETURN 'CREATE (n)'

RETURN "DELETE everything"

RETURN 'it\'s SET in stone'

RETURN '// CREATE (n)'

RETURN '/* */ LOAD CSV FROM x'

RETURN 'CALL apoc.load.json(x)'

RETURN 'a; CREATE (n); b'

RETURN '\u00e9 SET'

MATCH (n) RETURN n.create

MATCH (n) RETURN n.set, n.delete, n.remove, n.merge

MATCH (n) WHERE n.set = 1 RETURN n

MATCH (n) RETURN n.call AS call

MATCH (n) RETURN n . /* which */ set

MATCH (n:SET) RETURN n

MATCH (n:Create) RETURN n

MATCH (n:`DETACH DELETE`) RETURN n

MATCH (n:Note|Delete) RETURN n

MATCH (n:Note&Set) RETURN n

MATCH (n)-[:CREATE]->(m) RETURN m

MATCH (n)-[:SET|DELETE|MERGE]->(m) RETURN m

MATCH (n)-[set:LINKS_TO]->(m) RETURN type(set)

MATCH (n)-[r:`LOAD CSV`]->(m) RETURN r

MATCH (set) RETURN set

MATCH (set:Note) WHERE set.title = 'x' RETURN set.title

MATCH (create)-->(delete) RETURN create, delete

MATCH (start)-[*..3]-(end) RETURN start, end

MATCH (start:Concept {id: $start}), (stop:Concept {id: $stop}) RETURN start.id, stop.id

RETURN {set: 1, create: 2, `delete`: 3} AS map

RETURN {call: 1}.call AS call

RETURN $set AS set

RETURN $create, $delete, $`load csv`

MATCH (n {set: 1}) RETURN n

MATCH (n) RETURN n {.set, .create, delete: 1}

UNWIND [1, 2] AS set RETURN set

UNWIND [1, 2] AS set RETURN set + 1

UNWIND [1, 2] AS set WITH set WHERE set > 1 RETURN set

UNWIND [1, 2] AS set RETURN set ORDER BY set DESC LIMIT 1

WITH 1 AS set MATCH (n) WHERE n.x = set RETURN n

WITH 1 AS set, 2 AS remove RETURN set + remove AS load

WITH [1] AS merge RETURN [x IN merge | x]

WITH [1] AS merge UNWIND merge AS x RETURN x

WITH 1 AS use WHERE use IS NOT NULL RETURN use

WITH 1 AS show RETURN CASE WHEN show = 1 THEN show ELSE 0 END AS start

WITH 'a' AS set WHERE set STARTS WITH 'a' AND NOT set IN ['b'] RETURN set

RETURN [set IN [1, 2] WHERE set > 1 | set] AS list

RETURN reduce(set = 0, x IN [1] | set + x)

RETURN any(set IN [1] WHERE set = 1)

RETURN 1 AS `CREATE (n)`

RETURN 1 // CREATE (n)

// DELETE everything
RETURN 1

RETURN /* SET n.x = 1 */ 1

/* LOAD CSV FROM 'x' AS y */ MATCH (n) RETURN n;

RETURN 1;

RETURN 1 ;
// and no more

CALL db.labels() YIELD label RETURN label

CALL db.relationshipTypes()

CALL db.index.fulltext.queryNodes('notes', 'set') YIELD node, score RETURN node, score

MATCH (n) CALL { WITH n RETURN 1 AS set } RETURN set

MATCH (n) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN n, c

MATCH (n) WHERE EXISTS { (n)-[:CREATE]->() } RETURN n

MATCH (n) RETURN COUNT { (n)-->(:Set) } AS create

MATCH (n) RETURN date.truncate('month', date(n.date)) AS month

RETURN duration.between(date('2024-01-01'), date('2024-02-01')) AS d

MATCH (n) WHERE n.title CONTAINS 'DROP' OR n.title =~ '(?i).*create.*' RETURN n

MATCH (n) WHERE 'delete' IN n.tags RETURN n

MATCH (a)-[r]->(b) WHERE type(r) = 'SET' RETURN r

MATCH (a)-[r]->(b) WHERE r.kind <> 'create' AND NOT r.set RETURN r

MATCH (n) RETURN n.title AS title UNION MATCH (m) RETURN m.name AS title

MATCH p = shortestPath((a {id: $create})-[*]-(b {id: $delete})) RETURN p

MATCH (n) RETURN count(*) AS set

MATCH (n) RETURN n.reset, n.settings, n.created, n.deleted_at

MATCH (creates) RETURN creates

MATCH (n) WHERE n.start <= 5 <= n.end RETURN n

RETURN set

MATCH (n) RETURN n ORDER BY n.create DESC, n.set
