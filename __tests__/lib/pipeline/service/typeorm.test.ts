import { loadSqlJudge } from "../../../../lib/pipeline/service/migrations/sql";
import { loadTypeormJudge, type TypeormJudge } from "../../../../lib/pipeline/service/migrations/typeorm";

let judge: TypeormJudge;
beforeAll(async () => {
  judge = await loadTypeormJudge(await loadSqlJudge());
});

const DOWN = 'await queryRunner.query(`DROP TABLE "modes"`);';

/** A migration as `typeorm migration:generate` writes it, with these bodies. The first statement of `up` is in line 6. */
function migration(up: string, down = DOWN): string {
  return `import { MigrationInterface, QueryRunner } from "typeorm";
// Größe
export class Modes1700000000000 implements MigrationInterface {
    name = 'Modes1700000000000'
    public async up(queryRunner: QueryRunner): Promise<void> {
${up}
    }

    public async down(queryRunner: QueryRunner): Promise<void> {
${down}
    }
}
`;
}

const why = (text: string) => judge(text).map((finding) => finding.why);

test.each([
  'await queryRunner.query(`CREATE TABLE "modes" ("id" uuid NOT NULL DEFAULT gen_random_uuid(), PRIMARY KEY ("id"))`);',
  "await queryRunner.query('ALTER TABLE modes ADD note text'); await queryRunner.query(\"CREATE INDEX i ON modes (note)\")",
  'await queryRunner.query("UPDATE modes SET note = $1 WHERE id = $2", ["a", 1]);',
  "",
])("%s in up() destroys nothing", (up) => {
  expect(judge(migration(up))).toEqual([]);
});

test.each([
  "await queryRunner.query(`DROP TABLE modes`);",
  'await queryRunner.query("ALTER TABLE modes DROP COLUMN note");',
  "await queryRunner.query(`ALTER TABLE modes ADD a int`); await queryRunner.query(`DELETE FROM modes`);",
  'await queryRunner.dropTable("modes");',
  'await queryRunner.clearTable("modes");',
  "await queryRunner.changeColumn(table, a, b);",
])("%s in up() destroys data", (up) => {
  expect(why(migration(up))).toEqual(["destructive"]);
});

test.each([
  "await queryRunner.query(`DROP TABLE ${name}`);",
  'await queryRunner.query("DROP TABLE " + name);',
  "await queryRunner.query(statement);",
  "await queryRunner.query(...statements);",
  'await queryRunner.query("SELECT $1", [erase()]);',
  'await queryRunner.query("SELECT 1", [...values]);',
  "await queryRunner['query'](`DROP TABLE modes`);",
  "await queryRunner.manager.delete(Mode, {});",
  "await queryRunner.createTable(new Table({ name: erase() }));",
  "await other.query(`SELECT 1`);",
  "queryRunner.query(`SELECT 1`);",
  "if (true) { await queryRunner.query(`DROP TABLE modes`); }",
  "await erase();",
  "const erase = queryRunner;",
  "await queryRunner.query(`DO $$ BEGIN DROP TABLE modes; END $$`);",
  "await queryRunner.query(`not SQL`);",
])("%s in up() is not understood", (up) => {
  expect(why(migration(up))).toEqual(["not understood"]);
});

test.each([
  ["a call", (text: string) => `${text}erase();`],
  ["another import", (text: string) => `import "./erase";\n${text}`],
  ["a decorator", (text: string) => text.replace("export class", "@Erase()\nexport class")],
  ["a class that it extends", (text: string) => text.replace("implements MigrationInterface", "extends Eraser")],
  ["a constructor", (text: string) => text.replace("name =", "constructor() { erase(); }\n name =")],
  ["a block", (text: string) => text.replace("name =", "static { erase(); }\n name =")],
  ["a property that calls", (text: string) => text.replace("'Modes1700000000000'\n", "erase()\n")],
  ["a second up()", (text: string) => text.replace("name =", "async up(queryRunner) {}\n name =")],
  [
    "a default of the parameter",
    (text: string) => text.replace("(queryRunner: QueryRunner)", "(queryRunner = erase())"),
  ],
  ["CommonJS", () => "module.exports = class { async up(queryRunner) {} async down(queryRunner) {} }"],
  ["text that is no TypeScript", (text: string) => `${text}}`],
])("%s is not understood", (_what, change) => {
  expect(why(change(migration("await queryRunner.query(`SELECT 1`);")))).toContain("not understood");
});

test.each(["", "return;", 'throw new Error("one way");'])("down() with %p is no way back", (down) => {
  expect(why(migration("await queryRunner.query(`CREATE TABLE modes ()`);", down))).toEqual(["not reversible"]);
});

test("down() is not run, so that it may drop what up() created; a migration without it is refused", () => {
  const text = migration("await queryRunner.query(`CREATE TABLE modes ()`);");
  expect(judge(text)).toEqual([]);
  expect(why(text.replace("async down", "async undo"))).toContain("not reversible");
});

test("a finding names the line and the statement without its values", () => {
  const up =
    "        await queryRunner.query(`SELECT 1`);\n        await queryRunner.query(`DELETE FROM users WHERE email = 'a@example.com'`);";
  expect(judge(migration(up))).toEqual([{ line: 7, what: "DELETE FROM users WHERE email = '…'", why: "destructive" }]);
});

test.each(["", "// nothing\n"])("a file with %p holds no migration", (text) => {
  expect(judge(text)).toEqual([]);
});
