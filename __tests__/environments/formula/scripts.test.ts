/** Roles and seeds of Formula's database, run in a real PostgreSQL by the program that the tasks run. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { RUN_SQL } from "../../../environments/formula/scripts";
import { ROLES_SQL } from "../../../environments/formula/scripts/roles";
import { SEED_SQL } from "../../../environments/formula/scripts/seed";
import { loadSqlJudge } from "../../../lib/pipeline/service/migrations/sql";
import { describeWithPostgres, Postgres } from "../../support/postgres";

/** Creates roles and databases, as RDS's master user may, and is no superuser. */
const MASTER = { username: "dbadmin", password: "master" };
const SCHEMA = `
SET ROLE formula_owner;
CREATE TABLE users (id uuid PRIMARY KEY, email text UNIQUE NOT NULL);
CREATE TABLE custom_modes (id uuid PRIMARY KEY, user_id uuid REFERENCES users ON DELETE CASCADE, name text, definition jsonb);
CREATE TABLE variables (id uuid PRIMARY KEY, user_id uuid REFERENCES users ON DELETE CASCADE, name text, value text);
CREATE TABLE history (id uuid PRIMARY KEY, user_id uuid REFERENCES users ON DELETE CASCADE, formula text, result text, executed_at timestamptz);
`;
const COUNTS = `SELECT (SELECT count(*)::int FROM users) AS users, (SELECT count(*)::int FROM custom_modes) AS modes,
  (SELECT count(*)::int FROM variables) AS variables, (SELECT count(*)::int FROM history) AS history,
  (SELECT md5(string_agg(h::text, ',' ORDER BY id)) FROM history AS h) AS digest`;

test("the roles are made by statements that destroy no data", async () => {
  expect((await loadSqlJudge())(ROLES_SQL)).toEqual([]);
});

describeWithPostgres("the database of Formula", () => {
  let server: Postgres;
  const asMember = (role: string, sql: string) => server.as({ username: `a_${role}`, password: role }, sql, "formula");

  beforeAll(async () => {
    server = await Postgres.start();
    await server.asAdmin("CREATE ROLE dbadmin LOGIN CREATEROLE CREATEDB PASSWORD 'master'");
    await server.asAdmin("CREATE DATABASE formula OWNER dbadmin");
    await run(ROLES_SQL);
    await server.as(MASTER, SCHEMA, "formula");
    for (const role of ["application", "read_only", "masking"]) {
      await server.as(MASTER, `CREATE ROLE a_${role} LOGIN PASSWORD '${role}' IN ROLE formula_${role}`, "formula");
    }
    await server.asAdmin("CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(() => server.asAdmin("TRUNCATE formula.users CASCADE", "formula"));

  /** Runs a script as the task does. */
  function run(sql: string) {
    const environment = {
      DATABASE_HOST: "localhost",
      DATABASE_PORT: `${server.port}`,
      DATABASE_NAME: "formula",
      DATABASE_USERNAME: MASTER.username,
      DATABASE_PASSWORD: MASTER.password,
      NODE_EXTRA_CA_CERTS: server.certificateFile,
      SQL: sql,
    };
    return promisify(execFile)("node", ["--eval", RUN_SQL], { env: { ...process.env, ...environment } });
  }

  test("the application reads and writes rows, and changes no table", async () => {
    await asMember("application", "INSERT INTO users VALUES (gen_random_uuid(), 'a@example.com')");
    expect(await asMember("application", "UPDATE users SET email = 'b@example.com' RETURNING email")).toEqual([
      { email: "b@example.com" },
    ]);
    await asMember("application", "DELETE FROM users");
    for (const sql of ["TRUNCATE history", "DROP TABLE history", "ALTER TABLE users ADD a int", "CREATE TABLE a ()"]) {
      await expect(asMember("application", sql)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  test("a reader reads", async () => {
    expect(await asMember("read_only", "SELECT * FROM users")).toEqual([]);
    for (const sql of [
      "INSERT INTO history VALUES (gen_random_uuid())",
      "UPDATE users SET email = ''",
      "DELETE FROM users",
    ]) {
      await expect(asMember("read_only", sql)).rejects.toThrow("permission denied");
    }
  });

  test("the masking changes and empties, and adds nothing", async () => {
    await asMember("masking", "UPDATE users SET email = 'x'; TRUNCATE history");
    for (const sql of ["INSERT INTO history VALUES (gen_random_uuid())", "DELETE FROM users", "DROP TABLE users"]) {
      await expect(asMember("masking", sql)).rejects.toThrow(/permission denied|must be owner/);
    }
  });

  test("a login without one of the roles cannot connect", async () => {
    const connecting = server.as({ username: "stranger", password: "stranger" }, "SELECT 1", "formula");
    await expect(connecting).rejects.toThrow("permission denied for database");
  });

  test("seeds are the same rows after each run, all of the reserved domain", async () => {
    await run(SEED_SQL);
    const first = await asMember("read_only", COUNTS);
    expect(first).toMatchObject([{ users: 50, modes: 150, variables: 250, history: 1000 }]);
    await run(SEED_SQL);
    expect(await asMember("read_only", COUNTS)).toEqual(first);
    expect(await asMember("read_only", "SELECT FROM users WHERE email NOT LIKE '%@example.com'")).toEqual([]);
  });

  test("a database with a person's account gets no seeds", async () => {
    await asMember("application", "INSERT INTO users VALUES (gen_random_uuid(), 'person@mail.test')");
    await expect(run(SEED_SQL)).rejects.toThrow("got a user who was not seeded");
    expect(await asMember("read_only", COUNTS)).toMatchObject([{ users: 1, modes: 0 }]);
  });

  test("PostgreSQL computes the hash of a user as the state machine of erasures does", async () => {
    const [salt, id] = ["salt", "0b9f4c1e-6d0c-4a6e-9a5e-1f2a3b4c5d6e"];
    const hash = createHash("sha256").update(`${salt}:${id}`).digest("hex");
    await asMember(
      "application",
      `INSERT INTO users VALUES ('${id}', 'a@example.com'), (gen_random_uuid(), 'b@example.com')`,
    );
    const replayed = `DELETE FROM users
      WHERE encode(sha256(convert_to('${salt}:' || id, 'UTF8')), 'hex') = ANY ('{${hash}}') RETURNING email`;
    expect(await asMember("application", replayed)).toEqual([{ email: "a@example.com" }]);
  });
});
