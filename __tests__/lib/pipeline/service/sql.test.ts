import fc from "fast-check";
import { loadSqlJudge, type SqlJudge } from "../../../../lib/pipeline/service/migrations/sql";

let judgeSql: SqlJudge;
beforeAll(async () => {
  judgeSql = await loadSqlJudge();
});

const why = (sql: string) => judgeSql(sql).map((finding) => finding.why);

test.each([
  "DROP TABLE orders",
  "drop table if exists orders cascade",
  "DROP SCHEMA shop",
  "DROP DATABASE shop",
  "DROP TYPE mood",
  "DROP SEQUENCE ids",
  "DROP EXTENSION citext",
  "DROP MATERIALIZED VIEW sums",
  "DROP VIEW sums CASCADE",
  "ALTER TABLE orders DROP COLUMN note",
  "ALTER TABLE orders DROP note",
  'ALTER TABLE orders DROP "constraint"',
  "ALTER TABLE orders ADD a int, DROP IF EXISTS note",
  "ALTER TABLE orders DROP CONSTRAINT owner CASCADE",
  "ALTER TABLE orders ALTER COLUMN total TYPE int",
  "ALTER TABLE orders ALTER total TYPE int",
  'ALTER TABLE orders ALTER COLUMN "total" SET DATA TYPE int USING total::int',
  "ALTER TYPE point ALTER ATTRIBUTE x TYPE int",
  "ALTER TYPE point DROP ATTRIBUTE x",
  "TRUNCATE orders",
  "DELETE FROM orders WHERE id = 1",
  "WITH gone AS (DELETE FROM orders RETURNING *) INSERT INTO archive SELECT * FROM gone",
  "CREATE TABLE a (id int); DROP TABLE orders;",
])("%s takes data away", (sql) => {
  expect(why(sql)).toEqual(["destructive"]);
});

test.each([
  "CREATE TABLE orders (id int REFERENCES people ON DELETE CASCADE, type text)",
  "ALTER TABLE orders ADD COLUMN type text",
  "ALTER TABLE orders ALTER COLUMN type SET NOT NULL",
  "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL, ALTER COLUMN total DROP DEFAULT",
  "ALTER TABLE orders DROP CONSTRAINT IF EXISTS owner",
  "ALTER TYPE mood ADD VALUE 'sad'",
  "ALTER TABLE orders RENAME COLUMN a TO b",
  "DROP INDEX CONCURRENTLY IF EXISTS orders_by_day",
  "DROP TRIGGER audit ON orders",
  "DROP VIEW IF EXISTS sums",
  "GRANT SELECT, DELETE, TRUNCATE ON orders TO app",
  "CREATE TRIGGER audit AFTER DELETE OR TRUNCATE ON orders EXECUTE FUNCTION audit()",
  "CREATE POLICY own ON orders FOR DELETE USING (owner = current_user)",
  "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $body$ DELETE FROM orders; DROP TABLE orders $body$",
  "INSERT INTO notes VALUES ('DROP TABLE orders; --', E'it\\'s; DELETE FROM orders')",
  "UPDATE orders SET note = 'x' WHERE note IS NULL",
  "COMMENT ON TABLE orders IS 'DROP TABLE'",
  "-- DROP TABLE orders\nSELECT 1",
  "/* DROP TABLE a /* DROP TABLE b */ DROP TABLE c */ SELECT 1",
  'CREATE TABLE "DROP TABLE x" (id int)',
  "SELECT setval('ids', (SELECT max(id) FROM orders))",
  "SELECT count(*) FROM orders WHERE id IN (1, 2)",
  "BEGIN; SET lock_timeout = '5s'; COMMIT;",
  "",
  " ;; ",
])("%s takes nothing away", (sql) => {
  expect(judgeSql(sql)).toEqual([]);
});

test.each([
  "DO $$ BEGIN DROP TABLE orders; END $$",
  "CALL clean_up()",
  "SELECT drop_chunks('orders')",
  'SELECT "clean up"()',
  "WITH x AS (SELECT 1) SELECT clean(1) FROM x",
  "COPY orders FROM PROGRAM 'x'",
  "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE",
  "\\i other.sql",
  ":statement",
  "INSERT INTO notes VALUES ('never ends",
  "SELECT 1 /* never ends",
  "CREATE FUNCTION f() AS $a$ never ends $b$",
  "EXPLAIN ANALYZE SELECT 1",
  "WITH x AS (MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE RETURNING a.id) SELECT * FROM x",
  "CREATE TABLE a AS EXECUTE prepared",
  "SELECT 1\u0000; DROP TABLE orders",
])("%s is not understood, and that is not safe", (sql) => {
  expect(why(sql)).toEqual(["not understood"]);
});

test.each([
  "INSERT INTO audit SELECT purge_all()",
  "INSERT INTO audit VALUES (1) RETURNING purge_all()",
  "UPDATE orders SET total = purge_all()",
  "UPDATE orders SET total = shop.lower(note)",
  'UPDATE orders SET note = "Lower"(note)',
  "CREATE TABLE old AS SELECT purge_all()",
  "CREATE MATERIALIZED VIEW old AS SELECT purge_all()",
  "CREATE TABLE new PARTITION OF old FOR VALUES FROM (purge_all()) TO (2)",
  "WITH gone AS (SELECT purge_all()) INSERT INTO audit SELECT * FROM gone",
  "ALTER TABLE orders ADD COLUMN total int DEFAULT purge_all()",
  "ALTER TABLE orders ADD CHECK (purge_all(total))",
  "VALUES (purge_all())",
  "TABLE orders UNION SELECT * FROM purge_all()",
])("%s calls a function that may take data away", (sql) => {
  expect(why(sql)).toEqual(["not understood"]);
});

test.each([
  "CREATE TABLE orders (id int DEFAULT own_id(), CHECK (is_valid(id)))",
  "CREATE SCHEMA shop CREATE TABLE orders (id int DEFAULT own_id())",
  "ALTER TABLE orders ALTER id SET DEFAULT own_id()",
  "CREATE VIEW sums AS SELECT own_sum(total) FROM orders",
  "CREATE INDEX orders_by_own ON orders (own_key(total))",
  "CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC DELETE FROM orders; END",
])("%s keeps a call for later and makes none", (sql) => {
  expect(judgeSql(sql)).toEqual([]);
});

test.each([
  "UPDATE orders SET day = date_trunc('day', made), note = trim(note), year = extract(year FROM made)",
  "INSERT INTO notes SELECT pg_catalog.lower(note), made AT TIME ZONE 'UTC', current_timestamp FROM orders",
  "ALTER TABLE orders ALTER COLUMN id DROP IDENTITY",
])("%s calls only functions of PostgreSQL that change nothing", (sql) => {
  expect(judgeSql(sql)).toEqual([]);
});

test("SQL that Alembic prints is judged like SQL of one's own", () => {
  const printed = (change: string) => `BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 1

${change};

INSERT INTO alembic_version (version_num) VALUES ('1') RETURNING alembic_version.version_num;

UPDATE alembic_version SET version_num='2' WHERE alembic_version.version_num = '1';

COMMIT;
`;
  expect(judgeSql(printed("ALTER TABLE orders ADD COLUMN note VARCHAR(20) DEFAULT now() NOT NULL"))).toEqual([]);
  expect(judgeSql(printed("ALTER TABLE orders DROP COLUMN note"))).toMatchObject([{ line: 10, why: "destructive" }]);
});

test("a statement too deep for the parser is not understood, and the next one is", () => {
  expect(why(`SELECT ${"1+".repeat(200_000)}1`)).toEqual(["not understood"]);
  expect(why("DROP TABLE orders")).toEqual(["destructive"]);
});

test("a finding names its line, and shows no value", () => {
  expect(
    judgeSql("SELECT 'é';\n/* two\nlines */ DELETE FROM people -- 'x'\n WHERE email = 'who@shop.example';"),
  ).toEqual([{ line: 3, what: "DELETE FROM people WHERE email = '…'", why: "destructive" }]);
  expect(judgeSql("SELECT 'é';\n\nSELECT 'who@shop.example")).toEqual([
    { line: 3, what: "a statement that PostgreSQL cannot parse", why: "not understood" },
  ]);
});

const space = fc.constantFrom(" ", "\n", "\t", " /* DELETE */ ", " -- 'x\n", "/*/**/*/ ");
const inCase = (word: string) =>
  fc
    .tuple(...[...word].map((letter) => fc.constantFrom(letter.toLowerCase(), letter.toUpperCase())))
    .map((one) => one.join(""));
const written = (...words: string[]) =>
  fc.tuple(...words.flatMap((word) => [space, inCase(word)]), space).map((parts) => parts.join(""));
const destructive = fc.oneof(
  written("DROP", "TABLE", "orders"),
  written("ALTER", "TABLE", "orders", "DROP", "note"),
  written("ALTER", "TABLE", "orders", "ALTER", "note", "TYPE", "int"),
  written("TRUNCATE", "orders"),
  written("DELETE", "FROM", "orders"),
);
const harmless = fc.oneof(
  written("CREATE", "INDEX", "i", "ON", "t", "(", "a", ")"),
  written("SELECT", "1"),
  fc.constant(""),
);

test("a statement that destroys data is found in every spelling and at every place", () => {
  fc.assert(
    fc.property(fc.array(harmless), destructive, fc.array(harmless), (before, found, after) => {
      expect(why([...before, found, ...after].join(";"))).toEqual(["destructive"]);
    }),
  );
});

test("text in a string, in a comment or in quotes is no statement", () => {
  fc.assert(
    fc.property(destructive, (text) => {
      const quoted = `SELECT '${text.replaceAll("'", "''")}', $x$${text}$x$ AS "${text}" /*${text.replaceAll(/[*/]/g, "")}*/`;
      expect(judgeSql(quoted)).toEqual([]);
    }),
  );
});

test("every text gets a judgement", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { line } of judgeSql(text)) expect(line).toBeLessThanOrEqual(text.split("\n").length);
    }),
  );
});
