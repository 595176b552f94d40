/** A database with e-mail addresses in odd places, for the tests of the masking. */
import type { MaskMap } from "../../modules/masking-pipeline/program/mask-map";

/** Written by the role of an application. The codes look like addresses and are none. */
export const SCHEMA = `
CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE ROLE app;
GRANT CREATE ON DATABASE shop TO app;
GRANT CREATE, USAGE ON SCHEMA public TO app;
SET ROLE app;
CREATE DOMAIN label AS varchar(200);
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email citext UNIQUE NOT NULL, age int, reset_token text);
CREATE TABLE notes (id int PRIMARY KEY, body text, meta jsonb, raw json, tags text[], pairs hstore, doc xml, bytes bytea, more bytea[], nick label, nicks label[]);
CREATE TABLE sessions (id int PRIMARY KEY, user_id uuid REFERENCES users, secret text);
CREATE TABLE audit (at timestamptz DEFAULT now(), old text);
CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit (old) VALUES (OLD.body); RETURN NEW; END $$;
CREATE TRIGGER remember AFTER UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION remember();
CREATE SCHEMA archive;
CREATE TABLE archive.mails (sent date, sender text) PARTITION BY RANGE (sent);
CREATE TABLE archive.mails_2026 PARTITION OF archive.mails FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE MATERIALIZED VIEW recent AS SELECT body FROM notes;
CREATE TABLE codes (code text PRIMARY KEY);
INSERT INTO codes VALUES ('formula @ work'), ('5@3'), ('@handle'), ('user-1@example.invalid');
`;

export const MAP: MaskMap = {
  "archive.mails.sender": "email",
  "archive.mails.sent": "keep",
  "public.audit.at": "keep",
  "public.audit.old": "text",
  "public.codes.code": "keep",
  "public.notes.body": "text",
  "public.notes.bytes": "text",
  "public.notes.doc": "text",
  "public.notes.id": "keep",
  "public.notes.meta": "text",
  "public.notes.more": "text",
  "public.notes.nick": "text",
  "public.notes.nicks": "text",
  "public.notes.pairs": "text",
  "public.notes.raw": "text",
  "public.notes.tags": "text",
  "public.sessions.id": "truncate",
  "public.sessions.secret": "truncate",
  "public.sessions.user_id": "truncate",
  "public.users.age": "keep",
  "public.users.email": "email",
  "public.users.id": "keep",
  "public.users.reset_token": "token",
};

/** Planted addresses: each as SQL that plants it, and the place in which the check finds it. */
export const PLANTED: readonly (readonly [name: string, sql: string, place: string])[] = [
  ["a column of addresses", "INSERT INTO users (email) VALUES ('bob@corp.example')", "public.users.email"],
  [
    "a second user",
    "INSERT INTO users (email, reset_token) VALUES ('Eve@Corp.Example', 'eve@corp.example')",
    "public.users.reset_token",
  ],
  [
    "free text",
    "INSERT INTO notes (id, body) VALUES (1, 'Ask bob@corp.example, or eve@corp.example.')",
    "public.notes.body",
  ],
  ["upper case", "INSERT INTO notes (id, body) VALUES (2, 'BOB@CORP.EXAMPLE')", "public.notes.body"],
  ["a plus sign", "INSERT INTO notes (id, body) VALUES (3, '<bob+news@corp.example>')", "public.notes.body"],
  [
    "a quoted local part",
    `INSERT INTO notes (id, body) VALUES (4, '"bob the builder"@corp.example')`,
    "public.notes.body",
  ],
  [
    "an internationalized domain",
    "INSERT INTO notes (id, body) VALUES (5, 'info@münchen.example 用户@例え.テスト')",
    "public.notes.body",
  ],
  [
    "percent encoding",
    "INSERT INTO notes (id, body) VALUES (6, 'https://x.example/?to=bob%40corp%2Eexample&b=1')",
    "public.notes.body",
  ],
  ["twofold percent encoding", "INSERT INTO notes (id, body) VALUES (7, 'bob%2540corp.example')", "public.notes.body"],
  [
    "HTML",
    "INSERT INTO notes (id, body) VALUES (8, 'bob&#64;corp&#46;example bob&commat;corp.example')",
    "public.notes.body",
  ],
  ["an address literal", "INSERT INTO notes (id, body) VALUES (9, 'bob@[192.0.2.1]')", "public.notes.body"],
  [
    "before the reserved domain",
    "INSERT INTO notes (id, body) VALUES (10, 'bob@corp.example@example.invalid')",
    "public.notes.body",
  ],
  [
    "a quoted address before the reserved domain",
    `INSERT INTO notes (id, body) VALUES (11, '"bob@corp.example"@example.invalid')`,
    "public.notes.body",
  ],
  [
    "below the reserved domain",
    "INSERT INTO notes (id, body) VALUES (12, 'bob@example.invalid.corp.example')",
    "public.notes.body",
  ],
  ["a JSON value", `INSERT INTO notes (id, meta) VALUES (20, '{"to": "bob@corp.example"}')`, "public.notes.meta"],
  ["a JSON key", `INSERT INTO notes (id, meta) VALUES (21, '{"bob@corp.example": 1}')`, "public.notes.meta"],
  [
    "nested JSON",
    `INSERT INTO notes (id, meta) VALUES (22, '{"a": [[1, {"b": {"c": "bob@corp.example"}}]]}')`,
    "public.notes.meta",
  ],
  [
    "JSON in JSON",
    String.raw`INSERT INTO notes (id, meta) VALUES (23, '{"a": "{\"b\": \"\\\"x y\\\"@corp.example\"}"}')`,
    "public.notes.meta",
  ],
  [
    "JSON with escapes",
    String.raw`INSERT INTO notes (id, raw) VALUES (24, '{"a": "bob\u0040corp.example"}')`,
    "public.notes.raw",
  ],
  [
    "JSON text with escapes",
    String.raw`INSERT INTO notes (id, meta) VALUES (25, '{"a": "{\"b\": \"bob\\u0040corp.example\"}"}')`,
    "public.notes.meta",
  ],
  ["an array", `INSERT INTO notes (id, tags) VALUES (30, ARRAY['a', '"x y"@corp.example', NULL])`, "public.notes.tags"],
  [
    "hstore",
    "INSERT INTO notes (id, pairs) VALUES (31, 'to => bob@corp.example, \"bob@corp.example\" => x')",
    "public.notes.pairs",
  ],
  [
    "XML",
    "INSERT INTO notes (id, doc) VALUES (32, '<a to=\"bob@corp.example\">bob&#64;corp.example</a>')",
    "public.notes.doc",
  ],
  [
    "bytes",
    "INSERT INTO notes (id, bytes) VALUES (33, convert_to('ü bob@corp.example', 'UTF8'))",
    "public.notes.bytes",
  ],
  [
    "bytes in UTF-16",
    String.raw`INSERT INTO notes (id, bytes) VALUES (34, '\x62006f006200400063002e0064006500')`,
    "public.notes.bytes",
  ],
  [
    "an array of bytes",
    "INSERT INTO notes (id, more) VALUES (35, ARRAY['a'::bytea, 'bob@corp.example'])",
    "public.notes.more",
  ],
  ["a domain", "INSERT INTO notes (id, nick) VALUES (36, 'bob@corp.example')", "public.notes.nick"],
  [
    "an array of a domain",
    "INSERT INTO notes (id, nicks) VALUES (37, ARRAY['bob@corp.example'::label])",
    "public.notes.nicks",
  ],
  [
    "a partition of another schema",
    "INSERT INTO archive.mails VALUES ('2026-05-01', 'bob@corp.example')",
    "archive.mails_2026.sender",
  ],
  ["a table that is truncated", "INSERT INTO sessions VALUES (1, NULL, 'bob@corp.example')", "public.sessions.secret"],
  ["a comment", "COMMENT ON COLUMN users.email IS 'Ask bob@corp.example'", "comment on column email of table users"],
  [
    "a comment on a constraint",
    "COMMENT ON CONSTRAINT users_pkey ON users IS 'bob@corp.example'",
    "comment on constraint users_pkey on table users",
  ],
  ["a materialized view", "REFRESH MATERIALIZED VIEW recent", "public.recent.body"],
];

/** What no masking changes: the check refuses the export. */
export const REFUSED: readonly (readonly [name: string, sql: string, finding: string])[] = [
  [
    "a kept column",
    "INSERT INTO codes VALUES ('bob@corp.example')",
    "public.codes.code: got 1 rows with an e-mail address",
  ],
  [
    "a default",
    "ALTER TABLE users ALTER reset_token SET DEFAULT 'bob@corp.example'",
    "default of column reset_token of table users: got an e-mail address",
  ],
  [
    "a function",
    "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'bob@corp.example' $$",
    "function f(): got an e-mail address",
  ],
  ["a view", "CREATE VIEW v AS SELECT 'bob@corp.example' AS a", "view v: got an e-mail address"],
  ["a label", "CREATE TYPE e AS ENUM ('bob@corp.example')", "label of e: got an e-mail address"],
  [
    "names of a view and its column",
    `CREATE VIEW "bob@corp.example" AS SELECT 1 AS "eve@corp.example"`,
    "a name in the schema: got an e-mail address",
  ],
  ["a large object", "SELECT lo_from_bytea(0, 'bob@corp.example')", "large objects: got 1; allowed: none"],
];
