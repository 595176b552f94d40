/** The state of a root: encrypted, locked, and in a backend that somebody has judged. */
import { BACKEND_TYPES } from "../../generator/root/backend-types";
import type { ProjectJudgement } from "../../generator/synth/project-judgement";
import { type RootConfiguration, show } from "../configuration";
import { type HclValue, isMapping } from "../hcl";
import { judgeKeys, KEY_OF_ACCOUNT } from "./account-keys";
import { judgeAt, worst } from "./attributes";
import { noCredentials } from "./credentials";
import { broken, HOLDS, type RootGuardrail, type Verdict } from "./guardrail";
import { holdsNoSecret } from "./secret-values";
import { isText, itemsOf, valuesAt } from "./values";

interface BackendRow {
  /** Whether the state is encrypted where it is stored; undefined if the source cannot show it. */
  readonly encrypted?: (root: RootConfiguration) => Verdict;
  /** Undefined for a backend that always locks. */
  readonly locked?: (root: RootConfiguration) => Verdict;
}

/** `local` and `inmem` are no place for a shared state. */
const ROWS: Readonly<Record<string, BackendRow>> = {
  /** A blob is always encrypted; its key is a setting of the storage account. A lease locks it. */
  azurerm: { encrypted: () => HOLDS },
  consul: { locked: argument("consul.lock", (value) => value !== false) },
  cos: { encrypted: argument("cos.encrypt", (value) => value !== false) },
  gcs: { encrypted: argument("gcs.kms_encryption_key", isText) },
  http: { locked: argument("http.lock_address", isText) },
  kubernetes: {},
  oss: {
    encrypted: argument("oss.encrypt", (value) => value === true),
    locked: argument("oss.tablestore_table", isText),
  },
  pg: {},
  remote: {},
  s3: {
    encrypted: (root) =>
      worst([
        judgeAt(root.terraform, "backend.s3.encrypt", (value) => value === true),
        judgeKeys(root.terraform, "backend.s3.kms_key_id", root),
      ]),
    locked: ({ terraform }) => {
      const [lockfile = null] = valuesAt(terraform, "backend.s3.use_lockfile");
      const [table = null] = valuesAt(terraform, "backend.s3.dynamodb_table");
      if (lockfile === true || isText(table)) return HOLDS;
      return broken(`backend.s3.use_lockfile = ${show(lockfile)} and backend.s3.dynamodb_table = ${show(table)}`);
    },
  },
};

export const STATE = [
  {
    id: "state-encrypted",
    title:
      "State is encrypted in a shared backend, with a customer managed key where the backend has an argument for it",
    why: "State contains all values of resources, including passwords; a customer managed key restricts and logs who reads it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `backend s3 with encrypt = true, and kms_key_id with ${KEY_OF_ACCOUNT}; gcs with kms_encryption_key; azurerm; cos or oss with encrypt = true; another backend over TLS, with the approval of security at the gate`,
    types: "root",
    judgeRoot: (root) => {
      const backends = backendsOf(root);
      if (backends.length === 0) return broken("no backend");
      return worst(
        backends.map(([type, block]) => {
          const row = rowOf(type);
          if (row === undefined) return broken(`backend ${type}`);
          return worst([overTls(type, block), row.encrypted?.(root) ?? HOLDS]);
        }),
      );
    },
  },
  {
    id: "state-locked",
    title: "State is locked during changes",
    why: "Two concurrent applies overwrite each other's state, and resources are forgotten.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC8.1", "A1.2"] },
    allowed:
      "backend s3 with use_lockfile = true or a dynamodb_table; http with lock_address; oss with tablestore_table; consul without lock = false; azurerm, cos, gcs, kubernetes, pg or remote",
    types: "root",
    judgeRoot: (root) => worst(backendsOf(root).map(([type]) => rowOf(type)?.locked?.(root) ?? HOLDS)),
  },
] as const satisfies readonly RootGuardrail[];

/** Whether a person has judged how the backend encrypts what it stores. */
export function isBackendJudged(type: string, judged: readonly ProjectJudgement[]): boolean {
  return rowOf(type)?.encrypted !== undefined || judged.some((one) => "backend" in one && one.backend === type);
}

/** The root's backends: one, unless the root has none. */
export function backendsOf({ terraform: { backend = null } }: RootConfiguration): [type: string, block: HclValue][] {
  return itemsOf(backend).flatMap(argumentsOf);
}

function argumentsOf(block: HclValue): [name: string, value: HclValue][] {
  return isMapping(block) ? Object.entries(block) : [];
}

export function backendsWithoutCredentials(root: RootConfiguration): Verdict {
  return worst(
    backendsOf(root).flatMap(([type, block]) => [
      noCredentials(`backend.${type}`, block, CREDENTIALS),
      ...argumentsOf(block).map(([name, value]) => holdsNoSecret(`backend.${type}.${name}`, value)),
    ]),
  );
}

/** Arguments of any backend. */
const CREDENTIALS = [
  "access_key",
  "secret_key",
  "token",
  ...Object.values(BACKEND_TYPES).flatMap(({ credentials }) => Object.keys(credentials)),
];

function rowOf(type: string): BackendRow | undefined {
  return Object.hasOwn(ROWS, type) ? ROWS[type] : undefined;
}

function argument(path: string, test: (value: HclValue) => boolean): (root: RootConfiguration) => Verdict {
  return ({ terraform }) => judgeAt(terraform, `backend.${path}`, test);
}

/** Terraform reads and writes the state over TLS, and verifies the server. */
function overTls(type: string, block: HclValue): Verdict {
  const place = `backend.${type}.`;
  return worst([
    ...URLS.map((name) => judgeAt(block, name, (value) => !/^http:/i.test(String(value)), place)),
    ...UNVERIFIED.map((name) => judgeAt(block, name, (value) => value !== true, place)),
    ...(type === "consul" ? [judgeAt(block, "scheme", (value) => value === "https", place)] : []),
    ...(type === "pg" ? [withSslMode(block)] : []),
  ]);
}

const URLS = ["address", "lock_address", "unlock_address", "host", "endpoint", "storage_custom_endpoint"] as const;
const UNVERIFIED = ["insecure", "skip_cert_verification"] as const;

/** The message does not show the connection string, which can hold a password. */
function withSslMode(block: HclValue): Verdict {
  const mode = valuesAt(block, "conn_str").flatMap((text) => /\bsslmode=([\w-]+)/.exec(String(text))?.[1] ?? [])[0];
  return mode === undefined || ENCRYPTED_MODES.has(mode) ? HOLDS : broken(`backend.pg.conn_str with sslmode=${mode}`);
}

/** Terraform's driver has `require` if the connection string says nothing. @see https://pkg.go.dev/github.com/lib/pq */
const ENCRYPTED_MODES: ReadonlySet<string> = new Set(["require", "verify-ca", "verify-full"]);
