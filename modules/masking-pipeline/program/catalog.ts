/** Tables and columns of the database. */
import type { Client } from "pg";
import type { ColumnType } from "./addresses";

/** Schema of the records that the masking makes for its check. It is not exported. */
export const RECORDS = "masking";

export interface Column extends ColumnType {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** The column's own type, without a limit of its length: a cast to the limit would cut values off. */
  readonly declaredType: string;
  readonly typeKind: string;
  readonly typeCategory: string;
}

export interface Relation {
  readonly schema: string;
  readonly table: string;
  /** Only column of the primary key, if it has one. */
  readonly primaryKey: string | null;
}

export const OWN_SCHEMAS = `n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', '${RECORDS}')`;

/** Tables and foreign tables; partitions belong to their tables. */
export const WHOLE_TABLES = "c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition";
/** What contains rows: tables, partitions, materialized views. */
export const STORED_ROWS = "c.relkind IN ('r', 'm', 'f')";

/** Columns of relations of the kinds, in order. */
export async function columnsOf(client: Client, kinds: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(`
    WITH RECURSIVE types (relation, number, type, is_array) AS (
      SELECT a.attrelid, a.attnum, a.atttypid, false FROM pg_attribute AS a WHERE a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT s.relation, s.number, CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.typelem END,
        s.is_array OR t.typcategory = 'A' AND t.typtype <> 'd'
      FROM types AS s JOIN pg_type AS t ON t.oid = s.type
      WHERE t.typtype = 'd' OR t.typcategory = 'A'
    )
    SELECT n.nspname AS schema, c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS "declaredType",
      s.is_array AS "isArray", t.typname AS "typeName", t.typtype AS "typeKind", t.typcategory AS "typeCategory"
    FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_attribute AS a ON a.attrelid = c.oid
      JOIN types AS s ON s.relation = a.attrelid AND s.number = a.attnum
      JOIN pg_type AS t ON t.oid = s.type
    WHERE ${kinds} AND ${OWN_SCHEMAS} AND t.typtype <> 'd' AND t.typcategory <> 'A'
    ORDER BY n.nspname, c.relname, a.attnum`);
  return rows;
}

export async function relationsOf(client: Client, kinds: string): Promise<Relation[]> {
  const { rows } = await client.query<Relation>(`
    SELECT n.nspname AS schema, c.relname AS table,
      (SELECT a.attname FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1) AS "primaryKey"
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE ${kinds} AND ${OWN_SCHEMAS}
    ORDER BY n.nspname, c.relname`);
  return rows;
}

export function tableName({ schema, table }: Pick<Column, "schema" | "table">): string {
  return `${schema}.${table}`;
}

export function columnName(column: Column): string {
  return `${tableName(column)}.${column.column}`;
}

export function tableId(client: Client, { schema, table }: Pick<Column, "schema" | "table">): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
}
