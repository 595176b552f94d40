import fc from "fast-check";
import { Client } from "pg";
import { hasAddress, SCRUB_FUNCTIONS, textOf } from "../../modules/masking-pipeline/program/addresses";
import { mask } from "../../modules/masking-pipeline/program/mask";
import type { MaskMap } from "../../modules/masking-pipeline/program/mask-map";
import { findings } from "../../modules/masking-pipeline/program/verify";
import { describeWithPostgres, Postgres } from "../support/postgres";
import { MAP, PLANTED, REFUSED, SCHEMA } from "./masking-planted";

jest.setTimeout(120_000);

describeWithPostgres("the masking", () => {
  let postgres: Postgres;
  let client: Client;

  /** As on RDS, the master user is no superuser. */
  beforeAll(async () => {
    postgres = await Postgres.start();
    await postgres.asAdmin("CREATE ROLE dbadmin LOGIN CREATEROLE PASSWORD 'of-the-master'");
    await postgres.asAdmin("GRANT pg_read_all_data TO dbadmin WITH ADMIN OPTION");
  });

  afterAll(() => postgres?.stop());

  beforeEach(async () => {
    await postgres.asAdmin(
      "CREATE DATABASE shop OWNER dbadmin TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
    );
    await planted(SCHEMA);
    client = new Client({ host: postgres.folder, port: postgres.port, user: "dbadmin", database: "shop" });
    await client.connect();
  });

  afterEach(async () => {
    await client.end();
    await postgres.asAdmin("DROP DATABASE shop WITH (FORCE)");
    await postgres.asAdmin("DROP ROLE IF EXISTS app, masking_reader");
  });

  const planted = (sql: string) => postgres.asAdmin(sql, "shop");
  const asApp = (sql: string) => planted(`SET ROLE app; ${sql}`);

  /** Gives the check what the masking makes for it, in a database that is not masked. */
  async function unmasked(): Promise<void> {
    await planted(
      "CREATE SCHEMA masking; CREATE TABLE masking.row_counts (name text, rows bigint); CREATE ROLE masking_reader",
    );
    await planted("GRANT pg_read_all_data TO masking_reader; GRANT masking_reader TO dbadmin");
  }

  test("the check finds each planted address by its place, and no value", async () => {
    await asApp(PLANTED.map(([, sql]) => sql).join("; "));
    await unmasked();
    const rows = new Map<string, number>();
    for (const [, , place] of PLANTED) rows.set(place, (rows.get(place) ?? 0) + 1);
    rows.set("public.users.email", 2).set("public.recent.body", rows.get("public.notes.body") ?? 0);
    const found = [...rows].map(([place, number]) => {
      return `${place}: got ${place.startsWith("comment") ? "an e-mail address" : `${number} rows with an e-mail address`}`;
    });
    const addresses = (await findings(client)).filter((one) => one.includes("e-mail"));
    expect(addresses.sort()).toEqual(found.sort());
  });

  test("the masking removes each of them, keeps the rows, and truncates the sessions", async () => {
    await asApp(PLANTED.map(([, sql]) => sql).join("; "));
    await asApp("UPDATE users SET age = 7; INSERT INTO audit (old) VALUES ('bob@corp.example')");
    await mask(client, MAP);
    expect(await findings(client)).toEqual([]);
    const rows = await planted(
      "SELECT (SELECT count(*)::int FROM notes) AS notes, (SELECT count(*)::int FROM audit) AS audit, (SELECT count(*)::int FROM sessions) AS sessions, (SELECT bool_and(age = 7 AND email = 'user-' || id || '@example.invalid') FROM users) AS users",
    );
    const notes = PLANTED.filter(([, sql]) => sql.includes("INTO notes")).length;
    expect(rows).toEqual([{ notes, audit: 1, sessions: 0, users: true }]);
    expect(await planted("SELECT sender FROM archive.mails")).toEqual([{ sender: "user-1@example.invalid" }]);
  });

  test("a subset keeps the rows that its conditions name, and no row that refers to others", async () => {
    await asApp(`
      CREATE TABLE posts (id int PRIMARY KEY, author uuid REFERENCES users, answer_to int REFERENCES posts ON DELETE SET NULL);
      INSERT INTO users (id, email, age) VALUES ('00000000-0000-4000-8000-000000000001', 'bob@corp.example', 1), ('00000000-0000-4000-8000-000000000002', 'eve@corp.example', 2);
      INSERT INTO posts VALUES (1, '00000000-0000-4000-8000-000000000001', NULL), (2, '00000000-0000-4000-8000-000000000002', 1), (3, '00000000-0000-4000-8000-000000000002', 2);
      CREATE TABLE likes (post int REFERENCES posts, PRIMARY KEY (post)); INSERT INTO likes VALUES (1), (2)`);
    const more = ["posts.answer_to", "posts.author", "posts.id", "likes.post"].map((column) => [
      `public.${column}`,
      "keep",
    ]);
    await mask(client, { ...MAP, ...Object.fromEntries(more) }, { "public.users": "age = 2" });
    expect(await findings(client)).toEqual([]);
    const rows = await planted(
      "SELECT (SELECT array_agg(age) FROM users) AS users, (SELECT array_agg((id, answer_to)::text ORDER BY id) FROM posts) AS posts, (SELECT array_agg(post) FROM likes) AS likes, (SELECT count(*)::int FROM codes) AS codes, (SELECT count(*)::int FROM pg_constraint WHERE contype = 'f') AS references",
    );
    expect(rows).toEqual([{ users: [2], posts: ["(2,)", "(3,2)"], likes: [2], codes: 4, references: 4 }]);
  });

  test("a subset names tables that the database has", async () => {
    await expect(mask(client, MAP, { "public.people": "true" })).rejects.toThrow(
      "public.people: got a table of the subset that the database does not have",
    );
  });

  test("the masking keeps the text around an address, and values without one", async () => {
    await asApp(String.raw`INSERT INTO notes (id, body, meta, tags, pairs, bytes) VALUES
      (1, 'Ask bob@corp.example, or eve@corp.example. x', '{"n": [1, "a@", null, "@foo.bar"], "bob@corp.example": {}}', '{}', 'a => NULL, b => "@foo.bar"', '\xff00'),
      (2, NULL, '"ü"', ARRAY['@', NULL, 'a b', '@foo.bar x'], NULL, NULL)`);
    await mask(client, MAP);
    expect(await findings(client)).toEqual([]);
    expect(await planted("SELECT body, meta, tags, pairs::text, bytes FROM notes ORDER BY id")).toEqual([
      {
        body: "Ask [removed], or [removed]. x",
        meta: { n: [1, "a@", null, "@foo.bar"], "[removed]": {} },
        tags: [],
        pairs: '"a"=>NULL, "b"=>"@foo.bar"',
        bytes: Buffer.from([0xff, 0]),
      },
      { body: null, meta: "ü", tags: ["@", null, "a b", "@foo.bar x"], pairs: null, bytes: null },
    ]);
  });

  test("triggers stay as they were", async () => {
    const modes = "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname";
    await asApp("CREATE TRIGGER a BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION remember()");
    await asApp("CREATE TRIGGER b BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION remember()");
    await asApp("ALTER TABLE notes DISABLE TRIGGER a; ALTER TABLE notes ENABLE ALWAYS TRIGGER b");
    const before = await planted(modes);
    await mask(client, MAP);
    expect(await planted(modes)).toEqual(before);
  });

  test("columns that are not in the map, and the reverse, are refused together, and nothing is masked", async () => {
    await asApp("INSERT INTO users (email) VALUES ('bob@corp.example'); ALTER TABLE users ADD phone text");
    await asApp("CREATE TABLE archive.later (contact text)");
    const { "public.users.age": _, ...map } = MAP;
    const wrong: MaskMap = {
      ...map,
      "public.users.name": "keep",
      "public.notes.id": "email",
      "public.sessions.id": "keep",
    };
    await expect(mask(client, wrong)).rejects.toThrow(
      [
        "archive.later.contact: got a column that the mask map does not have; allowed: keep, email, text, token, truncate",
        "public.notes.id: got email for the type integer; allowed: email for text",
        "public.sessions.id: got keep; allowed: truncate, as for another column of the table",
        "public.users.age: got a column that the mask map does not have; allowed: keep, email, text, token, truncate",
        "public.users.phone: got a column that the mask map does not have; allowed: keep, email, text, token, truncate",
        "public.users.name: got a column of the mask map that the database does not have",
      ].join("\n"),
    );
    expect(await planted("SELECT email FROM users")).toEqual([{ email: "bob@corp.example" }]);
  });

  test("a masked value that PostgreSQL refuses ends the masking without the value, and nothing is masked", async () => {
    await asApp(
      "CREATE TABLE short (note varchar(8) UNIQUE); INSERT INTO short VALUES ('b@c.d'); INSERT INTO users (email) VALUES ('bob@corp.example')",
    );
    await expect(mask(client, { ...MAP, "public.short.note": "text" })).rejects.toThrow(
      /^public\.short: got the error 22001 of PostgreSQL$/,
    );
    await client.query("ROLLBACK");
    await asApp("INSERT INTO notes (id, tags) VALUES (1, ARRAY[ARRAY['a'], ARRAY['b']])");
    await expect(mask(client, { ...MAP, "public.short.note": "keep" })).rejects.toThrow(
      /^public\.notes: got the error 0A000 of PostgreSQL$/,
    );
    await client.query("ROLLBACK");
    expect(await planted("SELECT email FROM users")).toEqual([{ email: "bob@corp.example" }]);
  });

  test("the check finds what no masking changes", async () => {
    await asApp(REFUSED.map(([, sql]) => sql).join("; "));
    await mask(client, MAP);
    expect((await findings(client)).sort()).toEqual(REFUSED.map(([, , finding]) => finding).sort());
  });

  test("the check finds lost rows, composite types, and rows that row security hides", async () => {
    await asApp("INSERT INTO notes (id) VALUES (1), (2)");
    await mask(client, MAP);
    await asApp("DELETE FROM notes WHERE id = 1; CREATE TYPE pair AS (a text, b bytea); CREATE TABLE late (one pair)");
    expect(await findings(client)).toEqual([
      "public.late.one: got a composite type, which is not read; allowed: other types",
      "public.late: got 0 rows; allowed: no table",
      "public.notes: got 1 rows; allowed: 2",
    ]);
    await asApp("ALTER TABLE notes ENABLE ROW LEVEL SECURITY");
    await expect(findings(client)).rejects.toThrow("public.notes.body: got the error 42501 of PostgreSQL");
    await client.query("ROLLBACK");
  });

  test("the check may not write", async () => {
    await mask(client, MAP);
    await client.query("SET ROLE masking_reader");
    await expect(client.query("DELETE FROM codes")).rejects.toThrow("permission denied");
  });

  test("any address in any text is found, and is gone after the masking", async () => {
    await client.query(SCRUB_FUNCTIONS);
    await fc.assert(
      fc.asyncProperty(fc.array(TEXT, { minLength: 50, maxLength: 200 }), async (texts) => {
        const { rows } = await client.query(
          `SELECT text FROM unnest($1::text[]) AS t (text) WHERE NOT ${hasAddress("text")} OR ${hasAddress("pg_temp.scrub(text)")}
            OR ${hasAddress(textOf("pg_temp.scrub(jsonb_build_object(text, jsonb_build_array(text, text)))", { isArray: false, typeName: "jsonb" }))}`,
          [texts],
        );
        expect(rows).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

const WORD = fc.stringMatching(/^[a-zA-Z0-9äß例][a-zA-Z0-9äß例-]{0,8}$/);
const LOCAL = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)?$/),
  fc.stringMatching(/^"[a-z@ <>,;:.()]{0,10}"$/),
);
const AROUND = fc.stringMatching(/^([a-z ,;:<>()@."[\]{}\\]{0,10}[ ,;<>])?$/);
/** Text with an address. */
const TEXT = fc
  .tuple(
    AROUND,
    LOCAL,
    fc.constantFrom("@", "＠", "%40", "&#64;"),
    fc.array(WORD, { minLength: 2, maxLength: 4 }),
    AROUND,
  )
  .map(([before, local, at, labels, after]) => `${before}${local}${at}${labels.join(".")}${after}`);
