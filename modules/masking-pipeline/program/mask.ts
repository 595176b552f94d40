/** Static masking of the restored database, in one transaction. */
import type { Client } from "pg";
import { hasAddress, RESERVED_DOMAIN, SCRUB_FUNCTIONS, scrubbed } from "./addresses";
import {
  type Column,
  columnName,
  columnsOf,
  OWN_SCHEMAS,
  RECORDS,
  type Relation,
  relationsOf,
  tableId,
  tableName,
  WHOLE_TABLES,
} from "./catalog";
import { READER, run } from "./database";
import { checkMaskMap, type MaskMap, truncatedTables } from "./mask-map";

/** @throws Error if the map and the database have different columns, or PostgreSQL refuses a masked value: then nothing is changed */
export async function mask(client: Client, map: MaskMap): Promise<void> {
  const columns = await columnsOf(client, WHOLE_TABLES);
  checkMaskMap(map, columns);
  const tables = await relationsOf(client, WHOLE_TABLES);
  const truncated = truncatedTables(map, columns);
  await run(client, "transaction", "BEGIN");
  await actAsOwners(client);
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
  await refreshViews(client);
  await createReader(client);
  await run(client, "transaction", "COMMIT");
}

/** On RDS the master user is no superuser: it may change tables as a member of the roles that own them. */
async function actAsOwners(client: Client): Promise<void> {
  const owners = await run(
    client,
    "owners",
    `SELECT DISTINCT format('%I', pg_get_userbyid(c.relowner)) AS owner
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${OWN_SCHEMAS} AND NOT pg_has_role(c.relowner, 'USAGE')`,
  );
  for (const { owner } of owners) await run(client, `role ${owner}`, `GRANT ${owner} TO CURRENT_USER`);
}

/** In one statement, because of references between the tables. References of other tables are refused. */
async function truncate(client: Client, tables: readonly Relation[]): Promise<void> {
  if (tables.length === 0) return;
  await run(client, "truncated tables", `TRUNCATE ${tables.map((table) => tableId(client, table)).join(", ")}`);
}

async function recordRowCounts(client: Client, tables: readonly Relation[]): Promise<void> {
  await run(client, RECORDS, `CREATE SCHEMA ${RECORDS}`);
  await run(client, RECORDS, `CREATE TABLE ${RECORDS}.row_counts (name text PRIMARY KEY, rows bigint NOT NULL)`);
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
  const id = tableId(client, table);
  // A trigger could copy the original values to another table.
  const triggers = await run(
    client,
    tableName(table),
    `SELECT format('%I', tgname) AS name, CASE tgenabled WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' ELSE '' END AS mode
    FROM pg_trigger WHERE tgrelid = ${client.escapeLiteral(id)}::regclass AND NOT tgisinternal AND tgenabled <> 'D'`,
  );
  const alter = (action: string) => run(client, tableName(table), `ALTER TABLE ${id} ${action}`);
  for (const { name } of triggers) await alter(`DISABLE TRIGGER ${name}`);
  await run(client, tableName(table), `UPDATE ${id} AS t SET ${assignments.join(", ")}`);
  await run(client, tableName(table), "SET CONSTRAINTS ALL IMMEDIATE");
  for (const { name, mode } of triggers) await alter(`ENABLE ${mode}TRIGGER ${name}`);
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

/** In the order of their creation, because one can read another. */
async function refreshViews(client: Client): Promise<void> {
  const views = await run(
    client,
    "materialized views",
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind = 'm' AND c.relispopulated AND ${OWN_SCHEMAS} ORDER BY c.oid`,
  );
  for (const { name } of views) await run(client, String(name), `REFRESH MATERIALIZED VIEW ${name}`);
}

async function createReader(client: Client): Promise<void> {
  await run(client, READER, `CREATE ROLE ${READER}`);
  await run(client, READER, `GRANT pg_read_all_data TO ${READER}`);
  await run(client, READER, `GRANT ${READER} TO CURRENT_USER`);
}
