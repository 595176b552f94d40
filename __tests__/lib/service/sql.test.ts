import fc from "fast-check";
import { judgeSql } from "../../../lib/service/migrations/sql";

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
])("%s is not understood, and that is not safe", (sql) => {
  expect(why(sql)).toEqual(["not understood"]);
});

test("a finding names its line, and shows no value", () => {
  expect(judgeSql("SELECT 1;\n/* two\nlines */ DELETE FROM people\n WHERE email = 'who@shop.example';")).toEqual([
    { line: 3, what: "DELETE FROM PEOPLE WHERE EMAIL = '…'", why: "destructive" },
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
const harmless = fc.oneof(written("CREATE", "INDEX", "i", "ON", "t"), written("SELECT", "1"), fc.constant(""));

test("however it is written, and wherever it stands, what takes data away is found", () => {
  fc.assert(
    fc.property(fc.array(harmless), destructive, fc.array(harmless), (before, found, after) => {
      expect(why([...before, found, ...after].join(";"))).toEqual(["destructive"]);
    }),
  );
});

test("what stands in a string, in a comment or in quotes is no statement", () => {
  fc.assert(
    fc.property(destructive, (text) => {
      const quoted = `SELECT '${text.replaceAll("'", "''")}', $x$${text}$x$ AS "${text}" /*${text.replaceAll(/[*/]/g, "")}*/`;
      expect(judgeSql(quoted)).toEqual([]);
    }),
  );
});

test("any text is judged, and none without an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { line } of judgeSql(text)) expect(line).toBeLessThanOrEqual(text.split("\n").length);
    }),
  );
});
