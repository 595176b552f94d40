/** Static masking of the restored database, in one transaction. */
import type { Client } from "pg";
import { hasAddress, RESERVED_DOMAIN, SCRUB_FUNCTIONS, scrubbed } from "./addresses";
import {
  type Column,
  columnName,
  columnsOf,
  RECORDS,
  type Relation,
  relationsOf,
  tableId,
  tableName,
  WHOLE_TABLES,
} from "./catalog";
import { actAsOwners, populatedViews, withoutTriggers } from "./constraints";
import { READER, run } from "./database";
import { checkMaskMap, type MaskMap, truncatedTables } from "./mask-map";
import { reduce, type Subset } from "./subset";

/**
 * @param subset rows that stay; all if it has no table
 * @throws Error if the map and the database have different columns, or PostgreSQL refuses a masked value: then nothing is changed
 */
export async function mask(client: Client, map: MaskMap, subset: Subset = {}): Promise<void> {
  const columns = await columnsOf(client, WHOLE_TABLES);
  checkMaskMap(map, columns);
  const tables = await relationsOf(client, WHOLE_TABLES);
  const truncated = truncatedTables(map, columns);
  await run(client, "transaction", "BEGIN");
  await actAsOwners(client);
  await reduce(client, subset, tables);
  await run(client, "functions", SCRUB_FUNCTIONS);
  await run(client, "numbers", "CREATE TEMPORARY SEQUENCE numbers");
  await truncate(
    client,
    tables.filter((table) => truncated.has(tableName(table))),
  );
  await recordRowCounts(client, tables);
  const others = tables.filter((table) => !truncated.has(tableName(table)));
  for (const table of others) await maskTable(client, table, columns, map);
  await removeComments(client);
  for (const view of await populatedViews(client)) await run(client, view, `REFRESH MATERIALIZED VIEW ${view}`);
  await createReader(client);
  await run(client, "transaction", "COMMIT");
}

/** In one statement, because of references between the tables. References of other tables are refused. */
async function truncate(client: Client, tables: readonly Relation[]): Promise<void> {
  if (tables.length === 0) return;
  await run(client, "truncated tables", `TRUNCATE ${tables.map((table) => tableId(client, table)).join(", ")}`);
}

async function recordRowCounts(client: Client, tables: readonly Relation[]): Promise<void> {
  await run(client, RECORDS, `CREATE SCHEMA ${RECORDS}`);
  await run(client, RECORDS, `CREATE TABLE ${RECORDS}.row_counts (name text PRIMARY KEY, rows bigint NOT NULL)`);
  await run(client, RECORDS, `CREATE TABLE ${RECORDS}.checks (passed_at timestamptz NOT NULL)`);
  for (const table of tables) {
    const count = `SELECT ${client.escapeLiteral(tableName(table))}, count(*) FROM ${tableId(client, table)}`;
    await run(client, tableName(table), `INSERT INTO ${RECORDS}.row_counts ${count}`);
  }
}

async function maskTable(client: Client, table: Relation, columns: readonly Column[], map: MaskMap): Promise<void> {
  const assignments = columns
    .filter((column) => tableName(column) === tableName(table))
    .flatMap((column) => {
      const value = maskedValue(client, table, column, map);
      return value === undefined ? [] : [`${client.escapeIdentifier(column.column)} = ${value}`];
    });
  if (assignments.length === 0) return;
  await withoutTriggers(client, table, async () => {
    await run(client, tableName(table), `UPDATE ${tableId(client, table)} AS t SET ${assignments.join(", ")}`);
  });
}

/** SQL for the masked value; undefined for a column that is kept. */
function maskedValue(client: Client, table: Relation, column: Column, map: MaskMap): string | undefined {
  const own = `t.${client.escapeIdentifier(column.column)}`;
  const unlessNull = (value: string) => `CASE WHEN ${own} IS NOT NULL THEN (${value})::${column.declaredType} END`;
  switch (map[columnName(column)]) {
    case "email":
      return unlessNull(`'user-' || ${identifier(client, table, map)} || '@${RESERVED_DOMAIN}'`);
    case "text":
      return `(${scrubbed(own, column)})::${column.declaredType}`;
    case "token":
      return unlessNull(column.typeName === "bytea" ? "uuid_send(gen_random_uuid())" : "gen_random_uuid()::text");
    default:
      return undefined;
  }
}

/** The row's key, or a number if a key of one column is missing or masked itself. */
function identifier(client: Client, { schema, table, primaryKey }: Relation, map: MaskMap): string {
  const isKept = primaryKey !== null && map[`${schema}.${table}.${primaryKey}`] === "keep";
  return isKept ? `t.${client.escapeIdentifier(primaryKey)}` : "nextval('pg_temp.numbers')";
}

/** Comments with an address are dropped. */
async function removeComments(client: Client): Promise<void> {
  const comments = await run(
    client,
    "comments",
    `SELECT format('COMMENT ON %s %s IS NULL',
      regexp_replace(regexp_replace(o.type, '^.* column$', 'column'), '^(table|domain) constraint$', 'constraint'), o.identity) AS sql
    FROM pg_description AS d, pg_identify_object(d.classoid, d.objoid, d.objsubid) AS o
    WHERE d.objoid >= 16384 AND ${hasAddress("d.description")}`,
  );
  for (const { sql } of comments) await run(client, "comments", String(sql));
}

async function createReader(client: Client): Promise<void> {
  await run(client, READER, `CREATE ROLE ${READER}`);
  await run(client, READER, `GRANT pg_read_all_data TO ${READER}`);
  await run(client, READER, `GRANT ${READER} TO CURRENT_USER`);
}
