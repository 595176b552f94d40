import { once } from "node:events";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { readState, type TerraformState } from "../../../../lib/pipeline/bootstrap/state";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { temporaryFolder } from "../../terraform/sample";
import { BackendRoot, BUCKET, KMS_KEY, TABLE } from "./backend-root";

jest.setTimeout(300_000);

const folder = temporaryFolder();
let servers: LoopbackServers;

beforeAll(async () => {
  servers = await startServers({ buckets: [BUCKET], tables: [TABLE] });
});
afterAll(() => servers.stop());

async function newBackendRoot(environment: string, lock?: "dynamodb" | "s3" | "both"): Promise<BackendRoot> {
  const root = new BackendRoot(path.join(folder, environment), servers, environment, lock);
  root.data({ one: { input: 1 } });
  expect(await root.terraform("init")).toMatchObject({ exitCode: 0 });
  return root;
}

/** Every state that was stored, the oldest first. */
function statesOf(root: BackendRoot): TerraformState[] {
  return servers.versions(BUCKET, root.key).map((body) => readState(root.key, body.toString()));
}

describeWithTerraform("the backend that the generator emits", () => {
  test("stores the state encrypted with the key", async () => {
    const root = await newBackendRoot("stored");
    expect(await root.terraform("apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
    expect(statesOf(root)).toMatchObject([{ serial: 1, resources: [{ type: "terraform_data", name: "one" }] }]);
    const encryption = {
      "x-amz-server-side-encryption": "aws:kms",
      "x-amz-server-side-encryption-aws-kms-key-id": KMS_KEY,
    };
    expect(servers.headers(BUCKET, root.key)).toMatchObject([encryption]);
    expect(servers.headers(BUCKET, `${root.key}.tflock`)).toMatchObject([encryption]);
    expect(await root.locks()).toEqual({});
  });

  test.each([
    ["both", ["s3", "dynamodb"]],
    ["s3", ["s3"]],
    ["dynamodb", ["dynamodb"]],
  ] as const)("locked by %s: a second apply is refused, and told who holds which lock", async (lock, places) => {
    const root = await newBackendRoot(`locked-${lock}`, lock);
    const other = root.copyTo(path.join(folder, `other-${lock}`));
    const { process, letGo } = await root.heldApply();
    const locks = await root.locks();
    const [id] = Object.values(locks);
    expect(Object.keys(locks)).toEqual(places);
    expect(new Set(Object.values(locks)).size).toBe(1);
    const { exitCode, stderr } = await other.terraform("apply", "-auto-approve", "-no-color");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Error acquiring the state lock");
    expect(stderr).toMatch(new RegExp(`ID: +${id}\n`));
    expect(stderr).toMatch(new RegExp(`Who: +\\S*@${hostname()}\n`));
    letGo();
    await once(process, "exit");
    expect(await root.locks()).toEqual({});
    expect(await other.terraform("apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
  });

  test("a killed apply leaves its locks; the next plan names their holder, and they can be released", async () => {
    const root = await newBackendRoot("killed");
    const { process, letGo } = await root.heldApply();
    process.kill("SIGKILL");
    await once(process, "exit");
    letGo();
    const { s3: id = "", dynamodb } = await root.locks();
    expect(dynamodb).toBe(id);
    const { exitCode, stderr } = await root.terraform("plan", "-no-color");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`ID: +${id}\n[\\s\\S]*Operation: +OperationTypeApply\n *Who: +\\S*@${hostname()}\n`),
    );
    expect(await root.terraform("force-unlock", "-force", id)).toMatchObject({ exitCode: 0 });
    expect(await root.locks()).toEqual({});
    expect(await root.terraform("apply", "-auto-approve")).toMatchObject({ exitCode: 0 });
  });

  test("Terraform's own migration keeps the resources of a local state", async () => {
    const root = await newBackendRoot("migrated");
    root.keepStateIn("a local file");
    await root.terraform("init", "-reconfigure");
    await root.terraform("apply", "-auto-approve");
    const file = path.join(root.folder, "terraform.tfstate");
    const local = readState(file, readFileSync(file, "utf8"));
    root.keepStateIn("the backend");
    expect(await root.terraform("init", "-migrate-state", "-force-copy")).toMatchObject({ exitCode: 0 });
    expect(statesOf(root)).toMatchObject([{ resources: local.resources }]);
    expect(await root.terraform("plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });
    // Where no state is yet, Terraform begins a new lineage: this is why bootstrap stores the file itself.
    expect(statesOf(root)[0]?.lineage).not.toBe(local.lineage);
  });

  test("100 concurrent writers lose no version of the state and no change of another writer", async () => {
    const root = await newBackendRoot("writers");
    const writers = Array.from({ length: 100 }, (_, n) => String(n));
    root.data({ writer: { for_each: `\${toset(${JSON.stringify(writers)})}`, input: "${each.key}" } });
    const queue = writers.values();
    await Promise.all(
      FOLDERS.map(async (name) => {
        const { terraform } = root.copyTo(path.join(folder, name));
        for (const writer of queue)
          await untilApplied(() => terraform(...APPLY, `-target=terraform_data.writer["${writer}"]`));
      }),
    );
    const states = statesOf(root);
    expect(states.map(({ serial }) => serial)).toEqual(writers.map((n) => Number(n) + 1));
    expect(new Set(states.map(({ lineage }) => lineage)).size).toBe(1);
    expect(INSTANCES.parse(states.at(-1)?.resources).flatMap(({ instances }) => instances)).toHaveLength(100);
    expect(await root.terraform("plan", "-detailed-exitcode")).toMatchObject({ exitCode: 0 });
  });
});

const INSTANCES = z.array(z.object({ instances: z.array(z.unknown()) }));

/** More at once take longer: those that wait for the lock look for it less and less often. */
const FOLDERS = ["writer-a", "writer-b", "writer-c"];
const APPLY = ["apply", "-auto-approve", "-refresh=false", "-no-color", "-lock-timeout=100s"];

/**
 * Terraform does not wait for a lock that is released just when it reads whose it is, but refuses as if it were held.
 * It has changed nothing then.
 */
async function untilApplied(apply: () => Promise<{ exitCode: number | null; stderr: string }>): Promise<void> {
  for (;;) {
    const { exitCode, stderr } = await apply();
    if (exitCode === 0) return;
    expect(stderr).toContain("Error acquiring the state lock");
  }
}
