/** The import: the rows of a checked dump take the place of all rows of a database, in one transaction, while it is used. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Client } from "pg";
import { relationsOf, tableId, tableName, WHOLE_TABLES } from "./catalog";
import { actAsOwners, populatedViews, referencesIn, triggersOf } from "./constraints";
import { connected, type Login, run } from "./database";
import { CHECK, CHECK_TIME } from "./export";

const s3 = new S3Client({});

/** A statement of the application that runs longer stops the import, rather than the application behind it. */
const LOCK_SECONDS = 60;

/**
 * The definitions, owners and privileges of the database stay: the dump gives rows alone. Until the transaction ends, the
 * application waits; if it fails, the application has its rows.
 * @param kept tables whose rows stay, such as that of the migrations. The dump has no rows of them.
 * @throws Error for a dump without a passed check, and for one that does not fit into the tables
 */
export async function importDump(login: Login, Bucket: string, Key: string, kept: readonly string[]): Promise<void> {
  const { Metadata = {}, ETag = "" } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const check = CHECK_TIME.safeParse(Metadata[CHECK]);
  if (!check.success) {
    throw new Error(
      `s3://${Bucket}/${Key}: got no passed check; allowed: a dump that the export wrote after the check`,
    );
  }
  const { before, after } = await connected(login, (client) => statements(client, kept));
  // A dump that has replaced the checked one meanwhile is refused.
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: ETag }));
  if (!(Body instanceof Readable)) throw new Error(`s3://${Bucket}/${Key}: got no content`);
  await load(login, before, Body, after);
  console.log(`import: rows that passed the check at ${check.data}`);
}

async function statements(client: Client, kept: readonly string[]) {
  await actAsOwners(client);
  const tables = await relationsOf(client, WHOLE_TABLES);
  const unknown = kept.filter((name) => !tables.some((table) => tableName(table) === name));
  if (unknown.length > 0) {
    throw new Error(unknown.map((name) => `${name}: got a kept table that the database does not have`).join("\n"));
  }
  const replaced = tables.filter((table) => !kept.includes(tableName(table)));
  const references = await referencesIn(client);
  const triggers = (await Promise.all(replaced.map((table) => triggersOf(client, table)))).flat();
  const ids = replaced.map((table) => tableId(client, table));
  return {
    before: [
      `SET lock_timeout = '${LOCK_SECONDS}s'`,
      ...references.map(({ off }) => off),
      ...triggers.map(({ off }) => off),
      ...(ids.length === 0 ? [] : [`TRUNCATE ${ids.join(", ")}`]),
    ],
    after: [
      // The one of the connection that the statements were made with: a dump sets an empty one.
      "RESET search_path",
      ...(await sequencesOf(client, kept)),
      ...triggers.map(({ on }) => on),
      ...references.map(({ on }) => on),
      ...(await populatedViews(client)).map((view) => `REFRESH MATERIALIZED VIEW ${view}`),
    ],
  };
}

/** A dump sets every sequence: those of kept tables have to go on where they are. */
async function sequencesOf(client: Client, kept: readonly string[]): Promise<string[]> {
  const sequences = await run(
    client,
    "sequences",
    `SELECT format('%I.%I', n.nspname, s.relname) AS name
    FROM pg_class AS s JOIN pg_namespace AS n ON n.oid = s.relnamespace
      JOIN pg_depend AS d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      JOIN pg_class AS c ON c.oid = d.refobjid JOIN pg_namespace AS m ON m.oid = c.relnamespace
    WHERE s.relkind = 'S' AND m.nspname || '.' || c.relname = ANY (ARRAY[${kept.map((name) => client.escapeLiteral(name)).join(", ")}]::text[])`,
  );
  const found: string[] = [];
  for (const { name } of sequences) {
    const [value] = await run(client, String(name), `SELECT last_value, is_called FROM ${name}`);
    found.push(`SELECT setval(${client.escapeLiteral(String(name))}, ${value?.last_value}, ${value?.is_called})`);
  }
  return found;
}

/** psql runs one transaction, of which pg_restore writes the middle. */
async function load(login: Login, before: readonly string[], dump: Readable, after: readonly string[]): Promise<void> {
  const env = { ...process.env, PGUSER: login.username, PGPASSWORD: login.password, PGSSLMODE: "verify-full" };
  const restore = spawn("pg_restore", ["--data-only", "--no-owner", "--no-privileges", "--file=-"], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const psql = spawn("psql", ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-"], {
    env,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const [restored, loaded] = [exitOf(restore), exitOf(psql)];
  // Its exit code reports that it has stopped to read.
  psql.stdin.on("error", () => undefined);
  psql.stdin.write(script(before));
  const written = await Promise.allSettled([
    pipeline(dump, restore.stdin),
    pipeline(restore.stdout, psql.stdin, { end: false }),
  ]);
  const isWhole = (await restored) === 0 && written.every(({ status }) => status === "fulfilled");
  // At the end of its input, psql commits what it has.
  if (isWhole) psql.stdin.end(script(after));
  else psql.kill();
  const codes = `pg_restore: got the exit code ${await restored}; psql: got the exit code ${await loaded}`;
  if (!isWhole || (await loaded) !== 0) throw new Error(`${codes}; the rows are as they were`);
}

async function exitOf(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, "close");
  return code;
}

function script(statements: readonly string[]): string {
  return statements.map((statement) => `${statement};\n`).join("");
}
