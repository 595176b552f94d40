import { readFileSync } from "node:fs";
import { custodyText, planKey } from "../../../lib/pipeline/delivery/custody";
import { sha256 } from "../../../lib/pipeline/delivery/tree-digest";
import { type LoopbackServers, startServers } from "../../support/loopback";
import { makeShop, shopProps } from "../pipeline/delivery/shop";
import { Project } from "./project";

jest.setTimeout(120_000);

const project = new Project();
let servers: LoopbackServers;

beforeAll(async () => {
  servers = await startServers({ buckets: ["plans"], tables: [] });
  await makeShop(project, shopProps("dev"));
});
afterAll(() => servers.stop());

const planned = { root: "environments/shop/dev", commit: "a".repeat(40), planSha256: sha256("a plan") };

test("custody put uploads the plan and nothing else, and prints the digest of custody.json and nothing else", async () => {
  project.write("kept/plan.tfplan", "a plan");
  project.write("kept/plan.json", "{}");
  project.write(
    "kept/custody.json",
    custodyText({
      format: 1,
      ...planned,
      lastApply: null,
      commits: [planned.commit],
      treeSha256: sha256("a tree"),
      state: { lineage: null, serial: 0 },
      terraform: "1.11.4",
      providers: {},
      plannedAt: "2026-03-01T12:00:00.000Z",
    }),
  );
  const { exitCode, stdout } = await project.run(["custody", "put", project.file("kept")], servers.environment);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `${sha256(readFileSync(project.file("kept/custody.json")))}\n`,
  });
  expect(servers.versions("plans", planKey(planned)).map(String)).toEqual(["a plan"]);
  expect(JSON.parse(readFileSync(project.file("kept/custody.json"), "utf8"))).toMatchObject({
    object: { bucket: "plans", key: planKey(planned), versionId: expect.any(String) },
  });
});

test("a folder without a plan is a wrong use", async () => {
  const file = project.file("gone/custody.json");
  expect(await project.run(["custody", "put", project.file("gone")])).toMatchObject({
    exitCode: 2,
    stdout: "",
    stderr: `${file}\n  got no such file; allowed: the files that \`groundplan plan --keep\` wrote\n`,
  });
});
