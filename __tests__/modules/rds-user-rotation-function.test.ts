import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ARCHIVE, archiveOf, FUNCTIONS } from "../../.ci/archive";
import { verifierOf } from "../../modules/rds-user-rotation/function/scram";
import { LambdaFunction } from "../support/lambda";
import { describeWithPostgres, Postgres } from "../support/postgres";
import { SecretsServer } from "../support/secrets-server";

jest.setTimeout(30_000);

const repository = path.resolve(__dirname, "../..");
const archive = path.join(repository, FUNCTIONS[0].folder, ARCHIVE);
const LOGIN = z.object({ username: z.string(), password: z.string() });
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
const secret = "shop/database-application";

test.each(FUNCTIONS)(
  "the archive in $folder is what its program gives: .ci/function-archives writes it",
  async (program) => {
    const committed = readFileSync(path.join(repository, program.folder, ARCHIVE), "ascii");
    expect((await archiveOf(repository, program)) === committed).toBe(true);
  },
);

test("a verifier is that of RFC 7677's example", () => {
  const salt = Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64");
  expect(verifierOf("pencil", salt)).toBe(
    "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
  );
});

describeWithPostgres("the function", () => {
  let postgres: Postgres;
  let secrets: SecretsServer;
  let lambda: LambdaFunction;
  let variables: Record<string, string>;

  /** As on RDS, the master user is no superuser. */
  beforeAll(async () => {
    [postgres, secrets] = await Promise.all([Postgres.start(), SecretsServer.start()]);
    await postgres.asAdmin("CREATE ROLE dbadmin LOGIN CREATEROLE CREATEDB PASSWORD 'of-the-master'");
  });

  afterAll(async () => {
    await Promise.all([postgres?.stop(), secrets?.stop()]);
  });

  beforeEach(async () => {
    await postgres.asAdmin("CREATE DATABASE shop OWNER dbadmin");
    secrets.secrets.clear();
    secrets.secrets.set("master", new Map([["1", { value: MASTER, labels: new Set(["AWSCURRENT"]) }]]));
    variables = {
      ...secrets.environment,
      PGHOST: "localhost",
      PGPORT: String(postgres.port),
      PGDATABASE: "shop",
      PGSSLROOTCERT: postgres.certificateFile,
      LOGIN_USERNAME: "shop",
      MASTER_SECRET_ARN: "master",
    };
    lambda = new LambdaFunction(archive, variables);
  });

  afterEach(async () => {
    await lambda.stop();
    await postgres.asAdmin("DROP DATABASE shop WITH (FORCE)");
    await postgres.asAdmin("DROP ROLE IF EXISTS shop, shop_clone, shop_owner");
  });

  const MASTER = JSON.stringify({ username: "dbadmin", password: "of-the-master" });
  const step = (Step: string, ClientRequestToken: string) =>
    lambda.call({ SecretId: secret, ClientRequestToken, Step });
  const login = (label: string) => LOGIN.parse(JSON.parse(secrets.value(secret, label) ?? "{}"));
  const query = (label: string, sql: string) => postgres.as(login(label), sql, "shop");

  async function rotate(token: string, steps: readonly string[] = STEPS): Promise<void> {
    secrets.rotate(secret, token);
    for (const name of steps) expect([name, await step(name, token)]).toEqual([name, null]);
  }

  test("makes the first login of a secret without a value", async () => {
    await rotate("first");
    expect(login("AWSCURRENT").username).toBe("shop");
    expect(login("AWSCURRENT").password).toMatch(/^[\w-]{43}$/);
    expect(await query("AWSCURRENT", "SELECT session_user, current_user")).toEqual([
      { session_user: "shop", current_user: "shop_owner" },
    ]);
  });

  test("alternates between two users, and the login before the last rotation stays valid", async () => {
    await rotate("first");
    await rotate("second");
    expect([login("AWSCURRENT"), login("AWSPREVIOUS")].map(({ username }) => username)).toEqual(["shop_clone", "shop"]);
    for (const label of ["AWSCURRENT", "AWSPREVIOUS"])
      expect(await query(label, "SELECT 1 AS one")).toEqual([{ one: 1 }]);

    const oldest = login("AWSPREVIOUS");
    await rotate("third");
    expect([login("AWSCURRENT"), login("AWSPREVIOUS")].map(({ username }) => username)).toEqual(["shop", "shop_clone"]);
    await expect(postgres.as(oldest, "SELECT 1", "shop")).rejects.toThrow("password authentication failed");
  });

  test("gives both users the same rights on all objects", async () => {
    await rotate("first");
    await query("AWSCURRENT", "CREATE SCHEMA reports; CREATE TABLE reports.one (id int); CREATE TABLE two (id int)");
    await rotate("second");
    await query(
      "AWSCURRENT",
      "ALTER TABLE two ADD COLUMN place text; INSERT INTO reports.one VALUES (1); DROP TABLE two",
    );
    await query("AWSCURRENT", "CREATE TABLE three (id int)");
    expect(await query("AWSPREVIOUS", "DROP TABLE three; SELECT id FROM reports.one")).toEqual([{ id: 1 }]);
    expect(
      await postgres.asAdmin("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'reports'", "shop"),
    ).toEqual([{ tableowner: "shop_owner" }]);
  });

  test("gives the users no right beyond their database", async () => {
    await rotate("first");
    const roles = await postgres.asAdmin(
      "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'shop%' AND NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls) ORDER BY rolname",
    );
    expect(roles).toEqual([
      { rolname: "shop", rolcanlogin: true },
      { rolname: "shop_owner", rolcanlogin: false },
    ]);
  });

  test("repeats a step without another password, also after the last step", async () => {
    await rotate(
      "first",
      STEPS.flatMap((name) => [name, name]),
    );
    const made = login("AWSCURRENT");
    await rotate("first");
    expect(login("AWSCURRENT")).toEqual(made);
    expect(await query("AWSCURRENT", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("keeps the current login when the test of the new one fails", async () => {
    await rotate("first");
    await rotate("second", ["createSecret", "setSecret"]);
    await postgres.asAdmin("ALTER ROLE shop_clone NOLOGIN");
    expect(await step("testSecret", "second")).toBe('role "shop_clone" is not permitted to log in');
    expect(login("AWSCURRENT").username).toBe("shop");
    expect(await query("AWSCURRENT", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("refuses a login whose sessions do not act as the owner", async () => {
    await rotate("first", ["createSecret", "setSecret"]);
    await postgres.asAdmin("ALTER ROLE shop RESET role");
    expect(await step("testSecret", "first")).toBe("user shop: got the role shop; allowed: shop_owner");
  });

  test("refuses a late step of a rotation that another one replaced", async () => {
    await rotate("first");
    await rotate("second", ["createSecret", "setSecret"]);
    await rotate("third");
    for (const name of ["setSecret", "testSecret", "finishSecret"]) {
      expect(await step(name, "second")).toBe("The VersionStage is not associated to the provided VersionId.");
    }
    expect(await query("AWSCURRENT", "SELECT session_user")).toEqual([{ session_user: "shop_clone" }]);
  });

  test("refuses to change the password that is in use", async () => {
    await rotate("first");
    const { username } = login("AWSCURRENT");
    secrets.rotate(secret, "second");
    const pending = { value: JSON.stringify({ username, password: "another" }), labels: new Set(["AWSPENDING"]) };
    secrets.secrets.get(secret)?.set("second", pending);
    expect(await step("setSecret", "second")).toBe(
      `secret ${secret}: got the current user shop; allowed: the other user`,
    );
    expect(await query("AWSCURRENT", "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("names unknown users, contents and steps, without a value of a secret", async () => {
    const current = (value: string) =>
      secrets.secrets.set(secret, new Map([["0", { value, labels: new Set(["AWSCURRENT"]) }]]));
    current(JSON.stringify({ username: "other", password: "hidden-value" }));
    expect(await step("createSecret", "1")).toBe(`secret ${secret}: got the user other; allowed: shop, shop_clone`);
    current("hidden-value");
    expect(await step("createSecret", "1")).toBe(
      `secret ${secret}: got another content; allowed: JSON with the texts username and password`,
    );
    expect(await step("deleteSecret", "1")).toBe(
      "Step: got deleteSecret; allowed: createSecret, setSecret, testSecret, finishSecret",
    );
    expect(lambda.log).not.toContain("hidden-value");
  });

  test("connects only to a server whose certificate has its name and a known authority", async () => {
    for (const [changed, problem] of [
      [{ PGHOST: "127.0.0.1" }, /does not match certificate|altnames/],
      [{ PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt" }, /self-signed certificate/],
    ] as const) {
      const other = new LambdaFunction(archive, { ...variables, ...changed });
      secrets.rotate(secret, "first");
      const call = (Step: string) => other.call({ SecretId: secret, ClientRequestToken: "first", Step });
      expect(await call("createSecret")).toBeNull();
      expect(await call("setSecret")).toMatch(problem);
      await other.stop();
    }
  });

  test("writes no password into a log of the function or of the server", async () => {
    await rotate("first");
    await rotate("second");
    await postgres.asAdmin("ALTER ROLE shop_clone NOLOGIN");
    await step("testSecret", "second");
    expect(lambda.log).toContain("is not permitted to log in");
    expect(postgres.log()).toContain("PASSWORD 'SCRAM-SHA-256$4096:");
    for (const label of ["AWSCURRENT", "AWSPREVIOUS"]) {
      expect(postgres.log()).not.toContain(login(label).password);
      expect(lambda.log).not.toContain(login(label).password);
    }
  });
});
