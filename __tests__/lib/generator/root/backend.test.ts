/** State backends other than S3: their arguments, the name of the state, and what is refused. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Backend, RootProps } from "../../../../lib";
import { snakeCase } from "../../../../lib/generator/expression/names";
import { type TerraformType, terraformType } from "../../../../lib/generator/inputs/types";
import { backendBlock } from "../../../../lib/generator/root/backend";
import { BACKEND_TYPES, type BackendArguments } from "../../../../lib/generator/root/backend-types";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { runTerraform } from "../../../../lib/terraform";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder } from "../../terraform/sample";
import { failure, jsonOf, newRoot } from "../support";

const start = process.cwd();
afterEach(() => process.chdir(start));

const URL_OF_STATE = "https://state.example.com/shop";
const BACKENDS: readonly Exclude<Backend, { type?: never }>[] = [
  { type: "azurerm", storageAccountName: "shopstate", containerName: "state" },
  { type: "consul", address: "consul.example.com:8501" },
  {
    type: "cos",
    bucket: "state-1250000000",
    region: "ap-guangzhou",
    assumeRole: { roleArn: "qcs::cam::uin/1:roleName/state", sessionName: "shop", sessionDuration: 900 },
  },
  { type: "gcs", bucket: "state", kmsEncryptionKey: "projects/a/locations/b/keyRings/c/cryptoKeys/d" },
  { type: "http", address: URL_OF_STATE, lockAddress: `${URL_OF_STATE}/lock` },
  { type: "kubernetes", namespace: "terraform", labels: { ownerTeam: "platform" } },
  {
    type: "oss",
    bucket: "state",
    tablestoreEndpoint: "https://a.cn-beijing.ots.aliyuncs.com",
    tablestoreTable: "locks",
  },
  { type: "pg", connStr: "postgres://state@db.example.com/terraform" },
  { type: "remote", organization: "shop" },
];

const blockOf = (backend: Backend, root = "environments/shop/dev") => backendBlock({ path: root, backend });
const problemsOf = (backend: object) =>
  failure(() => newRoot(Object.assign<Partial<RootProps>, object>({}, { backend }))).message;

test("each type has a block with its arguments, the name of the state, and what protects it", () => {
  expect(BACKENDS.map((backend) => blockOf(backend))).toEqual([
    { azurerm: { storage_account_name: "shopstate", container_name: "state", key: "shop/dev/terraform.tfstate" } },
    { consul: { address: "consul.example.com:8501", lock: true, path: "shop/dev", scheme: "https" } },
    {
      cos: {
        bucket: "state-1250000000",
        region: "ap-guangzhou",
        assume_role: { role_arn: "qcs::cam::uin/1:roleName/state", session_name: "shop", session_duration: 900 },
        acl: "private",
        encrypt: true,
        key: "shop/dev/terraform.tfstate",
      },
    },
    {
      gcs: {
        bucket: "state",
        kms_encryption_key: "projects/a/locations/b/keyRings/c/cryptoKeys/d",
        prefix: "shop/dev",
      },
    },
    { http: { address: URL_OF_STATE, lock_address: `${URL_OF_STATE}/lock` } },
    { kubernetes: { namespace: "terraform", labels: { ownerTeam: "platform" }, secret_suffix: "shop-dev-state" } },
    {
      oss: {
        bucket: "state",
        tablestore_endpoint: "https://a.cn-beijing.ots.aliyuncs.com",
        tablestore_table: "locks",
        acl: "private",
        encrypt: true,
        key: "shop/dev/terraform.tfstate",
      },
    },
    { pg: { conn_str: "postgres://state@db.example.com/terraform", schema_name: "shop-dev" } },
    { remote: { organization: "shop", workspaces: { name: "shop-dev" } } },
  ]);
  expect(BACKENDS.map(({ type }) => type)).toEqual(Object.keys(BACKEND_TYPES));
});

test("CDKTF's command line reads the type", () => {
  const files = renderTree([newRoot({ backend: { type: "remote", organization: "shop" } })]);
  expect(jsonOf(files, "environments/shop/dev/versions.tf.json")).toMatchObject({
    "//": { metadata: { backend: "remote" } },
    terraform: { backend: { remote: {} } },
  });
});

test.each<[string, object, string]>([
  [
    "a disk",
    { type: "local" },
    'backend.type: got "local"; allowed: azurerm, consul, cos, gcs, http, kubernetes, oss, pg, remote, or nothing for s3; the state would be on the disk of one machine',
  ],
  ["HCP Terraform", { type: "cloud" }, "past the gate; remote stores only the state there"],
  ["a type of no backend", { type: "toString" }, 'backend.type: got "toString"; allowed: azurerm,'],
  [
    "an argument of another type",
    { type: "remote", organization: "a", bucket: "b" },
    'backend.bucket: got "b"; allowed: nothing of this name, only organization, hostname',
  ],
  [
    "a missing argument",
    { type: "gcs", bucket: "state" },
    "backend.kmsEncryptionKey: got nothing; allowed: text, projects/<project>/",
  ],
  [
    "plain HTTP",
    { type: "http", address: "http://a" },
    'backend.address: got "http://a"; allowed: text, a URL that begins with https://',
  ],
  [
    "the short form without its table",
    { bucket: "state", region: "eu-central-1", kmsKeyArn: "arn:aws:kms:a" },
    "backend.dynamodbTable: got nothing",
  ],
])("%s is refused", (_, backend, message) => {
  expect(problemsOf(backend)).toContain(message);
});

test.each<[object, string, string]>([
  [
    { type: "pg", connStr: "postgres://state:hunter2@db/state" },
    "backend.connStr",
    "allowed: a password in Terraform's environment",
  ],
  [
    { type: "pg", connStr: "host=db password = hunter2" },
    "backend.connStr",
    "allowed: a password in Terraform's environment",
  ],
  [
    { type: "http", address: "https://user:hunter2@a" },
    "backend.address",
    "allowed: a password in Terraform's environment",
  ],
  [{ type: "http", address: "https://a", password: "hunter2" }, "backend.password", "TF_HTTP_PASSWORD"],
  [{ type: "azurerm", sas_token: "hunter2" }, "backend.sas_token", "ARM_SAS_TOKEN"],
  [{ accessKey: "hunter2" }, "backend.accessKey", "AWS_ACCESS_KEY_ID"],
])("the credential in %j is refused and not shown", (backend, place, variable) => {
  const message = problemsOf(backend);
  expect(message).toContain(`${place}: got `);
  expect(message).toContain(variable);
  expect(message).not.toContain("hunter2");
});

describe("with names from project.ts", () => {
  const project = temporaryFolder();
  beforeAll(() => {
    const name = '(root, type) => (type === "pg" ? "states" : `states/${root}`)';
    writeFileSync(path.join(project, "project.ts"), `exports.project = { stateKey: ${name} };`);
  });

  test("the name is in the argument of the type", () => {
    process.chdir(project);
    expect(blockOf({ type: "gcs", bucket: "state", kmsEncryptionKey: "a" })).toMatchObject({
      gcs: { prefix: "states/environments/shop/dev" },
    });
  });

  test("a name that the backend does not accept is refused", () => {
    process.chdir(project);
    expect(failure(() => blockOf({ type: "kubernetes" })).message).toBe(
      'environments/shop/dev\n  state in the backend kubernetes: got the name "states/environments/shop/dev"; allowed: up to 63 lower-case letters, digits and inner hyphens, no number after the last hyphen; stateKey in project.ts decides',
    );
  });

  test("two roots with one name in one place are refused, and in two places they are not", () => {
    process.chdir(project);
    const treeOf = (...hosts: string[]) =>
      renderTree(
        hosts.map((host, i) =>
          newRoot({
            path: `environments/shop/e${i}`,
            backend: { type: "pg", connStr: `postgres://${host}/terraform` },
          }),
        ),
      );
    expect(failure(() => treeOf("a", "a")).message).toContain('got "pg: postgres://a/terraform states"');
    expect(treeOf("a", "b").length).toBeGreaterThan(0);
  });
});

test("two roots with one address in http are refused", () => {
  const backend = { type: "http", address: URL_OF_STATE } as const;
  const roots = ["dev", "prod"].map((name) => newRoot({ path: `environments/shop/${name}`, backend }));
  expect(failure(() => renderTree(roots)).message).toContain(`got "http: ${URL_OF_STATE}"`);
});

describeWithTerraform("real Terraform", () => {
  const folder = temporaryFolder();

  test.each(BACKENDS.map((backend) => [backend.type, backend] as const))(
    "knows every argument and credential of %s, and reports an argument that it does not know",
    async (type, backend) => {
      const { schema, credentials }: BackendArguments = BACKEND_TYPES[type];
      const samples = sampleOf(terraformType(schema, type));
      const block = { ...Object(blockOf(backend)[type]), ...Object(samples), ...mapped(credentials), probe: 1 };
      mkdirSync(path.join(folder, type));
      writeFileSync(
        path.join(folder, type, "main.tf.json"),
        JSON.stringify({ terraform: { backend: { [type]: block } } }),
      );
      const { PATH } = process.env;
      const options = { name: type, folder: path.join(folder, type), environment: { PATH, CHECKPOINT_DISABLE: "1" } };
      const { stderr } = await runTerraform(["init", "-input=false", "-no-color"], options);
      expect(stderr.match(/Error: .*|No argument .*/g)).toEqual([
        "Error: Extraneous JSON object property",
        'No argument or block type is named "probe".',
      ]);
    },
  );
});

function mapped(credentials: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.keys(credentials).map((name) => [name, "a"]));
}

function sampleOf(type: TerraformType): unknown {
  switch (type.kind) {
    case "object":
      return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [snakeCase(name), sampleOf(field)]));
    case "map":
      return { a: sampleOf(type.element) };
    case "list":
    case "set":
      return [sampleOf(type.element)];
    case "number":
      return 1;
    case "bool":
      return true;
    default:
      return "a";
  }
}
