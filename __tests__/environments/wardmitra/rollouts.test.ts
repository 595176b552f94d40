/** `groundplan rollouts` on a cluster root: the connection that kubectl gets, and the workloads that belong to the root. */
import { execFile } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { EXAMPLE_AUTHORITY } from "../../../environments/wardmitra/example-connection";
import { prod } from "../../../environments/wardmitra/prod";
import { temporaryFolder } from "../../lib/terraform/sample";

jest.setTimeout(60_000);

const LAUNCHER = path.join(__dirname, "../../../lib/cli/launch.mjs");
const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const CONFIG = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([
    z.object({ user: z.object({ exec: z.object({ command: z.string(), args: z.array(z.string()) }) }) }),
  ]),
});

function rollouts(root: string, kubectl: string): Promise<{ code: unknown; stdout: string; stderr: string }> {
  writeFileSync(file("kubectl"), `#!/bin/sh\n${kubectl}\n`);
  chmodSync(file("kubectl"), 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  return new Promise((resolve) => {
    execFile(process.execPath, [LAUNCHER, "rollouts", root], { env }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test("kubectl gets the cluster of the root, whose workload without a release is known", async () => {
  const stuck = { type: "Progressing", status: "False", message: "has timed out" };
  const item = (name: string) => ({
    kind: "Deployment",
    metadata: { namespace: name, name },
    spec: {},
    status: { conditions: [stuck] },
  });
  writeFileSync(file("list.json"), JSON.stringify({ items: [item("pgbouncer"), item("api")] }));
  const kubectl = `cp "$2" ${file("config")}; echo "$2" > ${file("place")}; cat ${file("list.json")}`;
  const { code, stderr } = await rollouts("wardmitra/prod/cluster", kubectl);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/\na rollout has failed\n {2}pgbouncer\/Deployment\/pgbouncer: has timed out\n$/),
  ]);
  const { clusters, users } = CONFIG.parse(JSON.parse(readFileSync(file("config"), "utf8")));
  expect(clusters[0].cluster).toEqual({
    server: prod.cluster.endpoint,
    "certificate-authority-data": EXAMPLE_AUTHORITY,
  });
  expect(users[0].user.exec).toMatchObject({ command: "aws", args: expect.arrayContaining(["wardmitra-prod"]) });
  expect(existsSync(readFileSync(file("place"), "utf8").trim())).toBe(false);
});

test("a root without a cluster passes without kubectl", async () => {
  expect(await rollouts("wardmitra/prod/aws", "exit 1")).toMatchObject({
    code: 0,
    stdout: "wardmitra/prod/aws: has no Kubernetes cluster\n",
  });
});
