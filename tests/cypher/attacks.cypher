// Each of these is refused. A blank line ends each.

CREATE (n)

create (n:Note {id: 'x'}) return n

MATCH (n) SET n.x = 1

MATCH (n) SET n += {x: 1} RETURN n

MATCH (n) SET n:Label

MATCH (n) DELETE n

MATCH (n) DETACH DELETE n

MATCH (n) NODETACH DELETE n

MATCH (n) REMOVE n.title

MATCH (n) REMOVE n:Note

MERGE (n:Note {id: 'x'}) ON CREATE SET n.x = 1

MERGE (n:Note {id: 'x'}) ON MATCH SET n.x = 1

MATCH (n) FOREACH (x IN [1] | SET n.x = x)

FOREACH (x IN [1, 2] | CREATE (:Note {id: x}))

INSERT (n:Note)

MATCH (a), (b) CREATE (a)-[:LINKS_TO]->(b)

MATCH (n) WITH n CREATE (m) RETURN m

CALL { CREATE (n) RETURN n } RETURN n

MATCH (n) CALL { WITH n SET n.x = 1 } RETURN n

MATCH (n) CALL (n) { DETACH DELETE n } RETURN 1

MATCH (n) CALL { WITH n DELETE n } IN TRANSACTIONS

MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS OF 10 ROWS RETURN x

MATCH (n) CALL { WITH n RETURN 1 AS x } IN 3 CONCURRENT TRANSACTIONS RETURN x

CALL { CALL { CREATE (n) RETURN n } RETURN n } RETURN n

MATCH (n) WHERE EXISTS { CREATE (m) RETURN m } RETURN n

MATCH (n) RETURN COUNT { MERGE (m:Note) RETURN m }

RETURN COLLECT { MATCH (n) SET n.x = 1 RETURN n }

LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row

load csv with headers from 'https://example.org/x.csv' as row return row

LoAd /* between */ CsV // and on
FROM 'file:///etc/passwd' AS row RETURN row

LOAD
  CSV FROM $file AS row RETURN row

MATCH (n) WITH n LOAD CSV FROM n.path AS row RETURN row

CALL { LOAD CSV FROM 'file:///x' AS row RETURN row } RETURN row

USING PERIODIC COMMIT 500 LOAD CSV FROM 'file:///x' AS row CREATE (n)

\u0043REATE (n)

MATCH (n) S\u0045T n.x = 1

RETURN '\u0027 CREATE (n) //'

RETURN "\u0022 CREATE (n) //"

RETURN '\\u0027 CREATE (n) //'

RETURN 1 // \u000aCREATE (n)

RETURN 1 /* \u002a/ CREATE (n) /* */

RETURN 1 // \uu000aCREATE (n)

MATCH (n:`\u0060) SET n.x = 1 //`) RETURN n

RETURN 'it\'s' SET x.y = 1

RETURN 1; CREATE (n)

RETURN 1; RETURN 2

; CREATE (n)

MATCH (n) RETURN n;
MATCH (m) DETACH DELETE m;

CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value

CALL apoc.load.csv('file:///etc/passwd') YIELD map RETURN map

CALL apoc.cypher.doIt('CREATE (n)', {}) YIELD value RETURN value

CALL apoc.cypher.runWrite('CREATE (n)', {})

CALL `apoc`.`load`.`json`('http://example.org') YIELD value RETURN value

CALL apoc /* dot */ . load . json('http://example.org') YIELD value RETURN value

CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DELETE n', {})

CALL apoc.export.csv.all('/tmp/x.csv', {})

CALL db.createLabel('X')

CALL db.index.fulltext.createNodeIndex('x', ['Note'], ['title'])

CALL dbms.setConfigValue('x', 'y')

CALL dbms.killQuery('x')

MATCH (n) CALL apoc.create.setProperty(n, 'x', 1) YIELD node RETURN node

CALL dbms.security.createUser('x', 'y')

RETURN apoc.cypher.runFirstColumnSingle('CREATE (n) RETURN n', {})

RETURN apoc.load.jsonArray('http://example.org/')

CREATE INDEX FOR (n:Note) ON (n.title)

CREATE CONSTRAINT FOR (n:Note) REQUIRE n.id IS UNIQUE

DROP INDEX x

DROP CONSTRAINT x IF EXISTS

CREATE DATABASE other

CREATE OR REPLACE USER x SET PASSWORD 'y'

ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'

GRANT ROLE admin TO x

SHOW USERS

SHOW DATABASES

USE system MATCH (n) RETURN n

USE graph.byName('x') MATCH (n) RETURN n

TERMINATE TRANSACTIONS 'x'

START DATABASE x

ENABLE SERVER 'x'

PROFILE MATCH (n) DELETE n

EXPLAIN CREATE (n)

CYPHER 5 CREATE (n)

MATCH (where) WITH where SET where.x = 1

MATCH (in) WITH in SET in['x'] = 1

MATCH (where) WITH where DELETE where

MATCH (not) WITH not DELETE not

MATCH (n) WHERE n.x = 1.SET n.y = 2

MATCH (n) WITH *SET n.x = 1

MATCH (n) RETURN n.x * SET n.y = 1

MATCH (n) WHERE n.x IS NOT TYPED LIST<INTEGER> SET n.x = 1

MATCH (n) WITH n ORDER BY n.x DESC SET n.x = 1

MATCH (n) WITH n LIMIT 1 SET n.x = 1

MATCH (n)/**/SET/**/n.x = 1

MATCH (n)//
SET n.x = 1

MATCH (n) WITH n, CASE WHEN true THEN 1 END AS x SET n.x = x

MATCH (n) WITH collect(n) AS ns UNWIND ns AS n SET n.x = 1

OPTIONAL MATCH (n) DETACH DELETE n

MATCH (n) RETURN n UNION CREATE (n) RETURN n

MATCH (n) UNION ALL MATCH (n) SET n.x = 1

MATCH (n {x: 1})SET n.x = 2

MATCH (n)-[r]->()DELETE r

MATCH (n) WITH n.title AS `a b`SET n.x = 1

MATCH (n) WHERE n.title = 'x'SET n.x = 1

MATCH (n) WHERE n.x = $x SET n.x = 1

RETURN 1 FINISH CREATE (n)

DRYRUN REALLOCATE DATABASES
