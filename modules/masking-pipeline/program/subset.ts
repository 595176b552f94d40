/** The subset: the rows that stay, and the rows that refer to them. */
import type { Client } from "pg";
import { z } from "zod";
import { type Relation, tableId, tableName } from "./catalog";
import { referencesIn, withoutTriggers } from "./constraints";
import { run } from "./database";

/** SQL conditions by table, `schema.table`. Rows of other tables go only if they refer to rows that go. */
export type Subset = Readonly<Record<string, string>>;

const SUBSET = z.record(z.string(), z.string().min(1));

export function parseSubset(text: string): Subset {
  return SUBSET.parse(JSON.parse(text));
}

/** @throws Error for a table that the database does not have */
export async function reduce(client: Client, subset: Subset, tables: readonly Relation[]): Promise<void> {
  const names = new Set(tables.map(tableName));
  const unknown = Object.keys(subset).filter((name) => !names.has(name));
  if (unknown.length > 0) {
    throw new Error(
      unknown.map((name) => `${name}: got a table of the subset that the database does not have`).join("\n"),
    );
  }
  if (Object.keys(subset).length === 0) return;
  const references = await referencesIn(client);
  for (const { child, off } of references) await run(client, tableName(child), off);
  for (const table of tables) {
    const condition = subset[tableName(table)];
    if (condition === undefined) continue;
    await withoutTriggers(client, table, async () => {
      await count(client, table, `DELETE FROM ${tableId(client, table)} WHERE (${condition}) IS NOT TRUE`);
    });
  }
  // A row that goes can be what others refer to.
  for (let changed = 1; changed > 0; ) {
    changed = 0;
    for (const { child, dangling, nulled } of references) {
      const id = tableId(client, child);
      await withoutTriggers(client, child, async () => {
        const change = nulled === null ? `DELETE FROM ${id} AS c` : `UPDATE ${id} AS c SET ${nulled}`;
        changed += await count(client, child, `${change} WHERE ${dangling}`);
      });
    }
  }
  for (const { child, on } of references) await run(client, tableName(child), on);
}

async function count(client: Client, table: Pick<Relation, "schema" | "table">, change: string): Promise<number> {
  const [row] = await run(
    client,
    tableName(table),
    `WITH changed AS (${change} RETURNING 1) SELECT count(*)::int AS rows FROM changed`,
  );
  return Number(row?.rows);
}
