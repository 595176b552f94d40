/** The tasks of the masking as the image runs them: one process a command, with the login from Secrets Manager. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { startServers } from "../support/loopback";
import { describeWithPostgres, Postgres } from "../support/postgres";
import { SecretsServer } from "../support/secrets-server";
import { MAP, SCHEMA } from "./masking-planted";

jest.setTimeout(120_000);

const repository = path.resolve(__dirname, "../..");
const folder = path.join(repository, "modules/masking-pipeline/program");
const image = readFileSync(path.join(folder, "Dockerfile"), "utf8");

describeWithPostgres("the tasks", () => {
  let postgres: Postgres;
  let secrets: SecretsServer;
  let s3: Awaited<ReturnType<typeof startServers>>;
  let output: string;
  let variables: Record<string, string>;

  beforeAll(async () => {
    output = mkdtempSync(path.join(tmpdir(), "groundplan-masking-"));
    const build = /^RUN npx esbuild (.+) --outfile=masking\.cjs$/m.exec(image)?.[1] ?? "";
    const esbuild = path.join(repository, "node_modules/.bin/esbuild");
    const flags = ["--log-level=error", `--outfile=${path.join(output, "masking.cjs")}`];
    execFileSync(esbuild, [...build.split(" "), ...flags], { cwd: repository });
    [postgres, secrets, s3] = await Promise.all([
      Postgres.start(),
      SecretsServer.start(),
      startServers({ buckets: ["shop-masked"], tables: [] }),
    ]);
    await postgres.asAdmin("CREATE ROLE dbadmin LOGIN CREATEROLE PASSWORD 'of-the-master'");
    await postgres.asAdmin("GRANT pg_read_all_data TO dbadmin WITH ADMIN OPTION");
    await postgres.asAdmin("CREATE DATABASE shop OWNER dbadmin TEMPLATE template0 ENCODING 'UTF8'");
    await postgres.asAdmin(
      `${SCHEMA} INSERT INTO users (email, reset_token) VALUES ('bob@corp.example', 'secret-1')`,
      "shop",
    );
    await postgres.asAdmin(
      "SET ROLE app; CREATE TABLE migrations (id serial PRIMARY KEY, name text); INSERT INTO migrations (name) VALUES ('first')",
      "shop",
    );
    await postgres.asAdmin("CREATE DATABASE running OWNER dbadmin TEMPLATE shop");
    const login = JSON.stringify({ username: "dbadmin", password: "of-the-master" });
    secrets.secrets.set("master", new Map([["1", { value: login, labels: new Set(["AWSCURRENT"]) }]]));
    variables = {
      PATH: process.env.PATH ?? "",
      // The image has a newer version of Node.js than the tests need.
      NODE_NO_WARNINGS: "1",
      ...secrets.environment,
      ...s3.environment,
      MASTER_SECRET_ARN: "master",
      MASK_MAP: JSON.stringify({ ...MAP, "public.migrations.id": "keep", "public.migrations.name": "keep" }),
      SUBSET: JSON.stringify({ "public.migrations": "false" }),
      PGHOST: "localhost",
      PGPORT: String(postgres.port),
      PGDATABASE: "shop",
      PGSSLROOTCERT: postgres.certificateFile,
      EXPORT_BUCKET: "shop-masked",
      EXPORT_KEY: "shop.dump",
    };
  });

  afterAll(async () => {
    await Promise.all([postgres?.stop(), secrets?.stop(), s3?.stop()]);
    rmSync(output, { recursive: true, force: true });
  });

  async function task(command: string, changed: Record<string, string> = {}) {
    const child = spawn(process.execPath, [path.join(output, "masking.cjs"), command], {
      env: { ...variables, ...changed },
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
    const [code] = await once(child, "close");
    return [code, log];
  }

  const dump = async () => {
    const client = new S3Client({
      endpoint: s3.s3Endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: "shop-masked", Key: "shop.dump" }));
    return Body?.transformToByteArray() ?? new Uint8Array();
  };

  test("mask, verify and export a database, whose dump has no address, no token and nothing of the masking", async () => {
    expect(await task("verify")).toEqual([1, "role: got the error 22023 of PostgreSQL\n"]);
    expect(await task("export")).toEqual([1, "check: got the error 42P01 of PostgreSQL\n"]);
    await expect(dump()).rejects.toThrow();

    expect(await task("mask")).toEqual([0, "mask: done\n"]);
    expect(await task("export")).toEqual([
      1,
      "check: got none that passed; allowed: a database that verify accepted\n",
    ]);
    await expect(dump()).rejects.toThrow();
    expect(await task("verify")).toEqual([0, "verify: done\n"]);
    expect(await task("export")).toEqual([0, "export: done\n"]);

    const file = path.join(output, "shop.dump");
    writeFileSync(file, await dump());
    const sql = execFileSync("pg_restore", ["--file=-", file], { encoding: "utf8" });
    expect(sql).toMatch(/COPY public\.users .*\n\S+\tuser-\S+@example\.invalid\t\\N\t[0-9a-f-]{36}\n/);
    expect(sql).not.toMatch(/bob|corp|secret-1|masking/);
  });

  describe("import the dump into a database in use", () => {
    const running = { PGDATABASE: "running", KEPT_TABLES: "public.migrations" };
    const rows = () =>
      postgres.asAdmin(
        "SELECT (SELECT array_agg(email::text) FROM users) AS users, (SELECT array_agg(name) FROM migrations) AS migrations",
        "running",
      );

    beforeEach(async () => {
      await postgres.asAdmin("UPDATE users SET email = 'of-staging@corp.example'; DELETE FROM migrations", "running");
      await postgres.asAdmin("INSERT INTO migrations (id, name) VALUES (41, 'of staging')", "running");
      await postgres.asAdmin("SELECT setval('migrations_id_seq', 41)", "running");
    });

    test("whose rows it replaces, but not its migrations, its references and its owners", async () => {
      expect(await task("import", running)).toEqual([
        0,
        expect.stringMatching(/^import: rows that passed the check at 20/),
      ]);
      expect(await rows()).toEqual([
        { users: [expect.stringMatching(/^user-.+@example\.invalid$/)], migrations: ["of staging"] },
      ]);
      const [definition] = await postgres.asAdmin(
        "SELECT pg_get_constraintdef(oid) AS reference, nextval('public.migrations_id_seq')::int AS next, (SELECT tableowner FROM pg_tables WHERE tablename = 'users') AS owner FROM pg_constraint WHERE contype = 'f' AND conrelid = 'sessions'::regclass",
        "running",
      );
      expect(definition).toEqual({ reference: "FOREIGN KEY (user_id) REFERENCES users(id)", next: 42, owner: "app" });
    });

    test("which keeps its rows if the dump does not fit", async () => {
      await postgres.asAdmin("ALTER TABLE users RENAME age TO years", "running");
      const [code, log] = await task("import", running);
      await postgres.asAdmin("ALTER TABLE users RENAME years TO age", "running");
      expect([code, log]).toEqual([1, expect.stringMatching(/the rows are as they were\n$/)]);
      expect(await rows()).toEqual([{ users: ["of-staging@corp.example"], migrations: ["of staging"] }]);
    });

    test("only if the dump has passed the check", async () => {
      const client = new S3Client({
        endpoint: s3.s3Endpoint,
        region: "us-east-1",
        credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
      });
      await client.send(new PutObjectCommand({ Bucket: "shop-masked", Key: "other.dump", Body: await dump() }));
      expect(await task("import", { ...running, EXPORT_KEY: "other.dump" })).toEqual([
        1,
        "s3://shop-masked/other.dump: got no passed check; allowed: a dump that the export wrote after the check\n",
      ]);
      expect(await rows()).toEqual([{ users: ["of-staging@corp.example"], migrations: ["of staging"] }]);
    });
  });

  test("name the command and the secret that they cannot use, and no value", async () => {
    expect(await task("unmask")).toEqual([1, "command: got unmask; allowed: mask, verify, export, import\n"]);
    secrets.secrets.set("other", new Map([["1", { value: "hidden-value", labels: new Set(["AWSCURRENT"]) }]]));
    expect(await task("verify", { MASTER_SECRET_ARN: "other" })).toEqual([
      1,
      "secret other: got another content; allowed: JSON with the texts username and password\n",
    ]);
  });

  test("connect only to a server whose certificate has a known authority", async () => {
    const other = { PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt" };
    expect(await task("mask", other)).toEqual([1, "self-signed certificate\n"]);
  });
});
