/** Effects of the calls in a migration, by the names of the functions. */

import { isHarmlessFunction } from "./sql-functions";

export type Effect =
  | "harmless"
  | "destructive"
  | "not understood"
  /** Of SQL, which may be part of a statement that something else runs. */
  | "makes a text"
  | "runs its first argument"
  | "alters a column";

/**
 * Operations of `op` and of a batch. Those that are not here are not understood.
 * @see https://alembic.sqlalchemy.org/en/latest/ops.html
 */
const OPERATIONS: Readonly<Record<string, Effect>> = {
  ...all(
    "add_column batch_alter_table bulk_insert create_check_constraint create_exclude_constraint create_foreign_key create_index create_primary_key create_table create_table_comment create_unique_constraint drop_constraint drop_index drop_table_comment f get_bind get_context inline_literal rename_table",
    "harmless",
  ),
  ...all("drop_column drop_table", "destructive"),
  alter_column: "alters a column",
  execute: "runs its first argument",
};

/**
 * Functions of SQLAlchemy that make a value and run nothing; its classes do so too.
 * @see https://docs.sqlalchemy.org/en/20/core/expression_api.html
 */
const EXPRESSIONS = all(
  "and_ asc between bindparam case cast column desc distinct exists extract false insert inspect literal nullsfirst nullslast not_ null or_ quoted_name select table true tuple_ type_coerce union union_all update values",
  "harmless",
);

/** Methods that are harmless on every object. */
const METHODS: Readonly<Record<string, Effect>> = {
  ...all(
    "all append as_scalar autocommit_block begin begin_nested bindparams columns commit create dict fetchall fetchone first format get get_check_constraints get_columns get_foreign_keys get_indexes get_pk_constraint get_schema_names get_table_names get_unique_constraints has_table in_ insert is_ is_not items join keys label lower mappings on_conflict_do_nothing on_conflict_do_update one one_or_none order_by replace returning scalar_one scalar_subquery select split strip update upper values where with_variant",
    "harmless",
  ),
  ...all("delete drop drop_all truncate", "destructive"),
  ...all("exec_driver_sql execute scalar scalars", "runs its first argument"),
};

const BUILTINS = all(
  "Exception NotImplementedError RuntimeError ValueError all any bool dict enumerate float frozenset int isinstance len list max min print range repr reversed round set sorted str sum super tuple zip",
  "harmless",
);

const STANDARD_LIBRARY =
  /^(?:collections|datetime|decimal|enum|itertools|json|logging|math|re|textwrap|time|typing|uuid)\./;

/** @param path import path of a name: `alembic.op.drop_table` */
export function effectOfImported(path: string): Effect {
  const name = path.split(".").at(-1) ?? path;
  if (path.startsWith("alembic.op.")) return effectIn(OPERATIONS, name);
  if (STANDARD_LIBRARY.test(path)) return "harmless";
  if (path.startsWith("sqlalchemy.")) {
    if (name === "text" || name === "DDL") return "makes a text";
    if (/^(?:drop|delete)/i.test(name)) return "destructive";
    const [, called] = path.toLowerCase().split(".func.");
    if (called !== undefined) return isHarmlessFunction(called.split(".")) ? "harmless" : "not understood";
    if (Object.hasOwn(EXPRESSIONS, name)) return "harmless";
  }
  return isConstructor(name) ? "harmless" : "not understood";
}

/** @param name of a method of a value that is not known */
export function effectOfMethod(name: string): Effect {
  return isConstructor(name) ? "harmless" : effectIn(METHODS, name);
}

export function effectOfBuiltin(name: string): Effect {
  return effectIn(BUILTINS, name);
}

/** A class, such as the type of a column: it makes a value and runs no statement. */
function isConstructor(name: string): boolean {
  return /^[A-Z]/.test(name) && !/^(?:Drop|Delete|DDL)/.test(name);
}

function effectIn(table: Readonly<Record<string, Effect>>, name: string): Effect {
  return Object.hasOwn(table, name) ? (table[name] ?? "not understood") : "not understood";
}

function all(names: string, effect: Effect): Readonly<Record<string, Effect>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, effect]));
}
