/** The check of the masked database: no e-mail address outside of the reserved domain, and as many rows as before. */
import type { Client } from "pg";
import { hasAddress, textOf } from "./addresses";
import {
  type Column,
  columnName,
  columnsOf,
  RECORDS,
  relationsOf,
  STORED_ROWS,
  tableId,
  tableName,
  WHOLE_TABLES,
} from "./catalog";
import { READER, run } from "./database";

/** Numbers, times, booleans, enumerations (whose labels are read once), network addresses, bits: no text. */
const WITHOUT_TEXT = "NDTBEIV";

/** Text of the schema, which a dump contains as well: the name of each place, and the text. */
const SCHEMA_TEXTS = [
  "SELECT 'a name in the schema', relname FROM pg_class WHERE oid >= 16384",
  "SELECT 'a name in the schema', attname FROM pg_attribute WHERE attrelid >= 16384",
  "SELECT 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description FROM pg_description WHERE objoid >= 16384",
  "SELECT 'comment on a shared object', description FROM pg_shdescription WHERE objoid >= 16384",
  "SELECT 'default of ' || pg_describe_object('pg_class'::regclass, adrelid, adnum), pg_get_expr(adbin, adrelid) FROM pg_attrdef",
  "SELECT pg_describe_object('pg_constraint'::regclass, oid, 0), pg_get_constraintdef(oid) FROM pg_constraint WHERE oid >= 16384",
  "SELECT pg_describe_object('pg_class'::regclass, oid, 0), pg_get_viewdef(oid) FROM pg_class WHERE oid >= 16384 AND relkind IN ('v', 'm')",
  "SELECT pg_describe_object('pg_class'::regclass, indexrelid, 0), pg_get_indexdef(indexrelid) FROM pg_index WHERE indexrelid >= 16384",
  "SELECT pg_describe_object('pg_proc'::regclass, oid, 0), coalesce(prosrc, '') || coalesce(pg_get_function_sqlbody(oid), '') || coalesce(pg_get_function_arguments(oid), '') FROM pg_proc WHERE oid >= 16384",
  "SELECT pg_describe_object('pg_trigger'::regclass, oid, 0), pg_get_triggerdef(oid) FROM pg_trigger WHERE oid >= 16384",
  "SELECT pg_describe_object('pg_rewrite'::regclass, oid, 0), pg_get_ruledef(oid) FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'",
  "SELECT pg_describe_object('pg_policy'::regclass, oid, 0), concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)) FROM pg_policy",
  "SELECT 'label of ' || format_type(enumtypid, NULL), enumlabel FROM pg_enum WHERE enumtypid >= 16384",
  "SELECT 'security label of ' || pg_describe_object(classoid, objoid, objsubid), label FROM pg_seclabel",
];

/** What is wrong with the database, by place and never by value: empty if it may be exported. */
export async function findings(client: Client): Promise<string[]> {
  await run(client, "transaction", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await run(client, "role", `SET LOCAL ROLE ${READER}`);
  // A policy of row security that would hide rows is an error instead.
  await run(client, "row security", "SET LOCAL row_security = off");
  const columns = await columnsOf(client, STORED_ROWS);
  const found: string[] = [];
  for (const column of columns) found.push(...(await inColumn(client, column)));
  found.push(...(await inSchema(client)), ...(await largeObjects(client)), ...(await changedRowCounts(client)));
  await run(client, "transaction", "COMMIT");
  return found;
}

/** The export refuses a database without this record. */
export async function recordCheck(client: Client): Promise<void> {
  await run(client, RECORDS, `INSERT INTO ${RECORDS}.checks VALUES (now())`);
}

async function inColumn(client: Client, column: Column): Promise<string[]> {
  if (column.typeKind === "c")
    return [`${columnName(column)}: got a composite type, which is not read; allowed: other types`];
  if (WITHOUT_TEXT.includes(column.typeCategory) || column.typeName === "uuid") return [];
  const text = textOf(client.escapeIdentifier(column.column), column);
  const sql = `SELECT count(*) AS rows FROM ONLY ${tableId(client, column)} WHERE ${hasAddress(text)}`;
  const [{ rows } = { rows: undefined }] = await run(client, columnName(column), sql);
  return rows === "0" ? [] : [`${columnName(column)}: got ${rows} rows with an e-mail address`];
}

async function inSchema(client: Client): Promise<string[]> {
  const found = await run(
    client,
    "schema",
    `SELECT DISTINCT CASE WHEN ${hasAddress("place")} THEN 'a name in the schema' ELSE place END AS place
    FROM (${SCHEMA_TEXTS.join(" UNION ALL ")}) AS texts (place, text) WHERE ${hasAddress("text")} ORDER BY place`,
  );
  return found.map(({ place }) => `${place}: got an e-mail address`);
}

/** Large objects belong to no column, so that no mask map classifies them. */
async function largeObjects(client: Client): Promise<string[]> {
  const found = await run(client, "large objects", "SELECT count(*) AS number FROM pg_largeobject_metadata");
  return found
    .filter(({ number }) => number !== "0")
    .map(({ number }) => `large objects: got ${number}; allowed: none`);
}

async function changedRowCounts(client: Client): Promise<string[]> {
  const before = await run(client, "row counts", `SELECT name, rows FROM ${RECORDS}.row_counts`);
  const expected = new Map(before.map(({ name, rows }) => [name, rows]));
  const found: string[] = [];
  for (const table of await relationsOf(client, WHOLE_TABLES)) {
    const name = tableName(table);
    const [{ rows } = { rows: undefined }] = await run(
      client,
      name,
      `SELECT count(*) AS rows FROM ${tableId(client, table)}`,
    );
    if (rows !== expected.get(name))
      found.push(`${name}: got ${rows} rows; allowed: ${expected.get(name) ?? "no table"}`);
  }
  return found;
}
