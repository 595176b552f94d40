/** Encryption and locks of states, by the type of the backend. */
import { isBackendJudged, STATE } from "../../../../lib/judgement/guardrails/state";
import type { HclValue } from "../../../../lib/judgement/hcl";
import { proveRows } from "./rows";

const backend = (type: string, block: { readonly [argument: string]: HclValue } = {}) => ({
  terraform: { backend: { [type]: block } },
});
const encrypted = { encrypt: true, kms_key_id: "alias/terraform-state" };
const key = "projects/shop/locations/europe-west3/keyRings/state/cryptoKeys/state";
const https = "https://state.example.com/shop/dev";

proveRows(STATE, {
  "state-encrypted": [
    ["holds if it is", backend("s3", encrypted), "holds"],
    ["is broken for a key of AWS", backend("s3", { encrypt: true }), "broken: backend.s3.kms_key_id = null"],
    ["is broken on a disk", backend("local"), "broken: backend local"],
    ["is broken for a type of no row", backend("constructor"), "broken: backend constructor"],
    ["is broken without a backend", {}, "broken: no backend"],
    ["holds in gcs with a key", backend("gcs", { kms_encryption_key: key }), "holds"],
    ["is broken in gcs without one", backend("gcs"), "broken: backend.gcs.kms_encryption_key = null"],
    [
      "is broken in gcs through plain HTTP",
      backend("gcs", { kms_encryption_key: key, storage_custom_endpoint: "http://gcs" }),
      'broken: backend.gcs.storage_custom_endpoint = "http://gcs"',
    ],
    ["holds in azurerm", backend("azurerm"), "holds"],
    ["holds in cos, whose default it is", backend("cos"), "holds"],
    ["is broken in cos without", backend("cos", { encrypt: false }), "broken: backend.cos.encrypt = false"],
    ["holds in oss with encrypt", backend("oss", { encrypt: true }), "holds"],
    ["is broken in oss without", backend("oss"), "broken: backend.oss.encrypt = null"],
    ["is left to the gate in http over TLS", backend("http", { address: https, lock_address: https }), "holds"],
    [
      "is broken in http without TLS",
      backend("http", { address: "HTTP://state.example.com" }),
      'broken: backend.http.address = "HTTP://state.example.com"',
    ],
    [
      "is broken if the server is not verified",
      backend("http", { address: https, skip_cert_verification: true }),
      "broken: backend.http.skip_cert_verification = true",
    ],
    [
      "is broken in a cluster that is not verified",
      backend("kubernetes", { insecure: true }),
      "broken: backend.kubernetes.insecure = true",
    ],
    ["is broken in consul without TLS", backend("consul"), "broken: backend.consul.scheme = null"],
    ["is left to the gate in consul over TLS", backend("consul", { scheme: "https" }), "holds"],
    [
      "is broken in pg without TLS, without showing the string",
      backend("pg", { conn_str: "host=db password=hunter2 sslmode=disable" }),
      "broken: backend.pg.conn_str with sslmode=disable",
    ],
    ["is left to the gate in pg with TLS", backend("pg", { conn_str: "host=db sslmode=verify-full" }), "holds"],
  ],
  "state-locked": [
    ["holds with a file", backend("s3", { use_lockfile: true }), "holds"],
    ["holds with a table", backend("s3", { dynamodb_table: "terraform-locks" }), "holds"],
    [
      "is broken if it is not",
      backend("s3", { use_lockfile: false }),
      "broken: backend.s3.use_lockfile = false and backend.s3.dynamodb_table = null",
    ],
    ["holds without a shared backend, which breaks a rule of its own", backend("local"), "holds"],
    ...["azurerm", "cos", "gcs", "kubernetes", "pg", "remote"].map(
      (type) => [`holds in ${type}, which always locks`, backend(type), "holds"] as const,
    ),
    ["holds in http with an address of the lock", backend("http", { lock_address: https }), "holds"],
    ["is broken in http without", backend("http"), "broken: backend.http.lock_address = null"],
    ["holds in consul, whose default it is", backend("consul"), "holds"],
    ["is broken in consul without", backend("consul", { lock: false }), "broken: backend.consul.lock = false"],
    ["holds in oss with a table", backend("oss", { tablestore_table: "locks" }), "holds"],
    ["is broken in oss without", backend("oss"), "broken: backend.oss.tablestore_table = null"],
  ],
});

test.each(["azurerm", "cos", "gcs", "oss", "s3"])("%s is judged", (type) => {
  expect(isBackendJudged(type, [])).toBe(true);
});

test.each(["consul", "http", "kubernetes", "pg", "remote", "toString"])(
  "%s is not judged, unless the project has",
  (type) => {
    const judgement = { reason: "The disks are encrypted.", owner: "platform", day: "2026-11-29" };
    expect(isBackendJudged(type, [{ type: "random_pet", ...judgement }])).toBe(false);
    expect(isBackendJudged(type, [{ backend: type, ...judgement }])).toBe(true);
  },
);
