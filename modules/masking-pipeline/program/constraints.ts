/** Triggers and references of tables, which are off while rows are changed in bulk. */
import type { Client } from "pg";
import { OWN_SCHEMAS, type Relation, tableId, tableName } from "./catalog";
import { run } from "./database";

/** A statement that switches something off, and the one that switches it on again. */
export interface Switch {
  readonly off: string;
  readonly on: string;
}

type Table = Pick<Relation, "schema" | "table">;

/** Triggers that people wrote. One could copy values to another table. */
export async function triggersOf(client: Client, table: Table): Promise<Switch[]> {
  const id = tableId(client, table);
  const triggers = await run(
    client,
    tableName(table),
    `SELECT format('%I', tgname) AS name, CASE tgenabled WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' ELSE '' END AS mode
    FROM pg_trigger WHERE tgrelid = ${client.escapeLiteral(id)}::regclass AND NOT tgisinternal AND tgenabled <> 'D'`,
  );
  return triggers.map(({ name, mode }) => ({
    off: `ALTER TABLE ${id} DISABLE TRIGGER ${name}`,
    on: `ALTER TABLE ${id} ENABLE ${mode}TRIGGER ${name}`,
  }));
}

/** Runs statements on a table without its triggers. */
export async function withoutTriggers(client: Client, table: Table, work: () => Promise<void>): Promise<void> {
  const triggers = await triggersOf(client, table);
  for (const { off } of triggers) await run(client, tableName(table), off);
  await work();
  await run(client, tableName(table), "SET CONSTRAINTS ALL IMMEDIATE");
  for (const { on } of triggers) await run(client, tableName(table), on);
}

export interface Reference extends Switch {
  readonly child: Table;
  /** SQL: the row `c` of the child refers to a row that is missing. */
  readonly dangling: string;
  /** Columns that become null where the reference says so; null if the row goes. */
  readonly nulled: string | null;
}

/** Foreign keys. A superuser alone could switch them off; dropped and added again, all rows are checked. */
export async function referencesIn(client: Client): Promise<Reference[]> {
  const rows = await run(
    client,
    "references",
    `SELECT n.nspname AS schema, c.relname AS "table", format('%I.%I', m.nspname, d.relname) AS parent, format('%I', f.conname) AS name,
      pg_get_constraintdef(f.oid) AS definition, f.confdeltype = 'n' AS nulls,
      string_agg(format('c.%I IS NOT NULL', a.attname), ' AND ' ORDER BY k.i) AS given,
      string_agg(format('p.%I = c.%I', b.attname, a.attname), ' AND ' ORDER BY k.i) AS matching,
      string_agg(format('%I = NULL', a.attname), ', ' ORDER BY k.i) AS assignments
    FROM pg_constraint AS f
      JOIN pg_class AS c ON c.oid = f.conrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_class AS d ON d.oid = f.confrelid JOIN pg_namespace AS m ON m.oid = d.relnamespace
      CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(own, other, i)
      JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = k.own
      JOIN pg_attribute AS b ON b.attrelid = f.confrelid AND b.attnum = k.other
    WHERE f.contype = 'f' AND f.conparentid = 0 AND ${OWN_SCHEMAS}
    GROUP BY f.oid, n.nspname, c.relname, m.nspname, d.relname ORDER BY n.nspname, c.relname, f.conname`,
  );
  return rows.map(({ schema, table, parent, name, definition, nulls, given, matching, assignments }) => {
    const child = { schema: String(schema), table: String(table) };
    const id = tableId(client, child);
    return {
      child,
      off: `ALTER TABLE ${id} DROP CONSTRAINT ${name}`,
      on: `ALTER TABLE ${id} ADD CONSTRAINT ${name} ${definition}`,
      dangling: `${given} AND NOT EXISTS (SELECT FROM ${parent} AS p WHERE ${matching})`,
      nulled: nulls === true ? String(assignments) : null,
    };
  });
}

/** On RDS the master user is no superuser: it may change tables as a member of the roles that own them. */
export async function actAsOwners(client: Client): Promise<void> {
  const owners = await run(
    client,
    "owners",
    `SELECT DISTINCT format('%I', pg_get_userbyid(c.relowner)) AS owner
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${OWN_SCHEMAS} AND NOT pg_has_role(c.relowner, 'USAGE')`,
  );
  for (const { owner } of owners) await run(client, `role ${owner}`, `GRANT ${owner} TO CURRENT_USER`);
}

/** Materialized views with rows, in the order of their creation, because one can read another. */
export async function populatedViews(client: Client): Promise<string[]> {
  const views = await run(
    client,
    "materialized views",
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'm' AND c.relispopulated AND ${OWN_SCHEMAS} ORDER BY c.oid`,
  );
  return views.map(({ name }) => String(name));
}
