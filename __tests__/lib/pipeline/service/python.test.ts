import fc from "fast-check";
import { loadPythonJudge, type PythonJudge } from "../../../../lib/pipeline/service/migrations/python";
import { loadSqlJudge } from "../../../../lib/pipeline/service/migrations/sql";

let judgePython: PythonJudge;
beforeAll(async () => {
  judgePython = await loadPythonJudge(await loadSqlJudge());
});

/** A migration as Alembic writes it, with these bodies. */
function migration(upgrade: string, downgrade = 'op.drop_table("undone")'): string {
  const indented = (body: string) => body.replaceAll("\n", "\n    ");
  return `"""Add a note.

Revision ID: 2
"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
import shop.types

revision: str = "2"
down_revision: Union[str, None] = "1"


def upgrade() -> None:
    ${indented(upgrade)}


def downgrade() -> None:
    ${indented(downgrade)}
`;
}

const FIRST_LINE = 17;
const why = (upgrade: string) => judgePython(migration(upgrade)).map((finding) => finding.why);

test.each([
  'op.drop_table("orders")',
  'op.drop_column("orders", "note")',
  'op.alter_column("orders", "total", existing_type=sa.Integer(), type_=sa.String(5))',
  'op.alter_column("orders", "total", **changes)',
  'with op.batch_alter_table("orders") as batch_op:\n    batch_op.drop_column("note")',
  'with op.batch_alter_table("orders", schema=None) as batch:\n    batch.alter_column("total", type_=sa.Text())',
  'op.execute("DROP TABLE orders")',
  'op.execute("DROP "\n           "TABLE orders")',
  'op.execute(("DROP TABLE orders"))',
  'op.execute(f"DROP TABLE orders")',
  "op.execute(r'''\nDELETE FROM orders\n''')",
  'op.execute(sa.text("TRUNCATE orders"))',
  'op.execute(sqltext="DROP TABLE orders")',
  'op.execute("DROP\\x20TABLE orders")',
  'op.get_bind().execute(sa.text("DELETE FROM orders"))',
  'op.get_bind().exec_driver_sql("DROP TABLE orders")',
  "sa.delete(orders)",
  'sa.Enum(name="mood").drop(op.get_bind())',
  "op.create_table('a'); op.drop_table('b')",
  "import os; op.drop_table('b')",
  "if True: op.drop_table('b')",
  'op.drop_table("\\\\"); # op.f("',
  "print(f\"dropped {op.drop_table('orders')}\")",
  'print(f"{f"{op.drop_table("orders")}"}")',
])("upgrade: %s takes data away", (upgrade) => {
  expect(why(upgrade)).toEqual(["destructive"]);
});

test.each([
  'op.create_table("orders", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("a", postgresql.JSONB()))',
  'op.add_column("orders", sa.Column("note", shop.types.Note(20), server_default=sa.text("now()")))',
  'op.create_index(op.f("ix_orders"), "orders", ["note"], postgresql_where=sa.text("note IS NOT NULL"))',
  'op.drop_index("ix_orders", table_name="orders")',
  'op.drop_constraint("fk", "orders", type_="foreignkey")',
  'op.alter_column("orders", "note", existing_type=sa.String(), nullable=False, new_column_name="text")',
  'with op.batch_alter_table("orders") as batch_op:\n    batch_op.add_column(sa.Column("a", sa.Integer()))',
  'op.execute("CREATE EXTENSION pgaudit")',
  'op.execute(\n    sa.text("UPDATE orders SET a = :a").bindparams(a=1)\n)',
  'orders = sa.table("orders", sa.column("a"))\nop.execute(orders.update().where(orders.c.a.is_(None)).values(a=sa.func.now()))',
  'op.bulk_insert(sa.table("a", sa.column("b")), [{"b": 1}])',
  'with op.get_context().autocommit_block():\n    op.execute("CREATE INDEX CONCURRENTLY i ON orders (a)")',
  'sa.Enum("a", name="mood").create(op.get_bind(), checkfirst=True)',
  'for name in ["a", "b"]:\n    op.create_index(name, "orders", [name])',
  '# op.drop_table("orders")\npass',
  '"""op.drop_table("orders")"""',
  "print(\"op.drop_table(1)\", 'DROP TABLE orders')",
  'if "orders" in sa.inspect(op.get_bind()).get_table_names():\n    op.add_column("orders", sa.Column("a"))',
])("upgrade: %s takes nothing away", (upgrade) => {
  expect(judgePython(migration(upgrade))).toEqual([]);
});

test.each([
  "op.execute(STATEMENT)",
  'op.execute(f"DROP TABLE {name}")',
  'op.execute("DROP TABLE %s" % name)',
  'op.execute("DROP TABLE {}".format(name))',
  'op.execute("DROP " + kind)',
  "op.execute(statement())",
  'op.execute(sa.text("SELECT 1") if sa.true() else statement)',
  "op.execute(sa.select(1) or statement)",
  "op.execute(sa.text(statement))",
  "op.execute(sa.select(sa.func.clean_up()))",
  "op.execute(sa.select(sa.func.shop.lower(1)))",
  "op.execute(*statements)",
  'op.execute("SELECT clean_up()")',
  "op.get_bind().execute(query)",
  "shop.types.clean_up()",
  "clean_up()",
  "session.flush()",
  "downgrade()",
  'eval("x")',
  "for drop in [op.drop_table]:\n    pass",
  'op.execute("\\N{BULLET}")',
  "op.run_async(work)",
  'print("never ends)',
  "@decorated\ndef inner():\n    pass",
  "(lambda: 1)()",
])("upgrade: %s is not understood, and that is not safe", (upgrade) => {
  const reasons = why(upgrade);
  expect(reasons).toContain("not understood");
  expect(reasons).not.toContain("destructive");
});

test("a finding names line and call; in a text of several lines, the line of the statement", () => {
  const upgrade =
    'op.f("x")\nop.drop_column("orders", "note")\nop.execute("""\n    SELECT 1;\n    DROP TABLE orders;\n""")';
  expect(judgePython(migration(upgrade))).toEqual([
    { line: FIRST_LINE + 1, what: 'op.drop_column("orders"…)', why: "destructive" },
    { line: FIRST_LINE + 4, what: "DROP TABLE orders", why: "destructive" },
  ]);
});

test("calls in the header of downgrade(), which run when the file is loaded, count", () => {
  const text = migration("pass").replace("def downgrade()", "def downgrade(done=op.drop_table('orders'))");
  expect(judgePython(text)).toMatchObject([{ what: "op.drop_table('orders')", why: "destructive" }]);
});

test("invalid Python is not understood", () => {
  expect(judgePython(migration("op.f('x'"))).toContainEqual({
    line: expect.any(Number),
    what: "Python that cannot be parsed",
    why: "not understood",
  });
});

test("a helper of the file is judged, too, above or below its call", () => {
  const helper = 'def clean_up():\n    op.drop_table("orders")\n';
  for (const text of [`${helper}\n${migration("clean_up()")}`, `${migration("clean_up()")}\n${helper}`]) {
    expect(judgePython(text).map((finding) => finding.why)).toContain("destructive");
  }
});

test("names that were imported otherwise are followed", () => {
  const text = migration("drop_table('a')").replace(
    "import shop.types",
    "from alembic.op import (\n    drop_table,\n)",
  );
  expect(judgePython(text)).toMatchObject([{ what: "drop_table('a')", why: "destructive" }]);
  const renamed = migration("o.drop_table('a')\no.execute(t('DROP TABLE a'))").replace(
    "import shop.types",
    "from alembic import op as o\nfrom sqlalchemy import text as t",
  );
  expect(judgePython(renamed).map((finding) => finding.why)).toEqual(["destructive", "destructive"]);
});

test.each([
  ["no downgrade()", migration("op.f('x')").replace(/def downgrade[\s\S]*/, "")],
  ["a downgrade() that undoes nothing", migration("op.f('x')", "pass")],
  ["a downgrade() that undoes nothing", migration("op.f('x')", '"""No way back."""\nreturn None')],
  ["a downgrade() that undoes nothing", migration("op.f('x')", 'raise NotImplementedError("no way back")')],
])("%s is no way back", (what, text) => {
  expect(judgePython(text)).toMatchObject([{ what, why: "not reversible" }]);
});

test("an empty downgrade() is fine if upgrade() is empty, too, as in a merge", () => {
  expect(judgePython(migration("pass", "pass"))).toEqual([]);
});

test("a file without upgrade() is not understood, and an empty one is no migration", () => {
  expect(judgePython("revision = 1\n")).toEqual([{ line: 1, what: "no upgrade()", why: "not understood" }]);
  expect(judgePython("")).toEqual([]);
  expect(judgePython('"""Migrations."""\n')).toEqual([]);
});

const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const inner = fc.constantFrom("", " ", "  # DROP\n", "\n", "\\\n");
const drop = fc
  .record({ table: name, space: inner, quote: fc.constantFrom('"', "'", '"""') })
  .map(({ table, space, quote }) => `op.drop_table(${space === "\\\n" ? "" : space}${quote}${table}${quote}${space})`);
const harmless = fc.oneof(
  name.map((table) => `op.create_index("i", "${table}", ["a"])`),
  name.map((text) => `# op.drop_table("${text}")`),
  name.map((text) => `print('''op.drop_table("${text}")\n''')`),
);

test("a destructive call is found among any others, and the calls of downgrade() do not count", () => {
  fc.assert(
    fc.property(fc.array(harmless), drop, fc.array(harmless), drop, (before, found, after, undone) => {
      const upgrade = [...before, found, ...after].join("\n");
      expect(judgePython(migration(upgrade, undone)).map((finding) => finding.why)).toEqual(["destructive"]);
      expect(judgePython(migration([...before, "pass", ...after].join("\n"), undone))).toEqual([]);
    }),
  );
});

test("every text gets a judgement", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(Array.isArray(judgePython(migration(text, text)))).toBe(true);
    }),
  );
});
