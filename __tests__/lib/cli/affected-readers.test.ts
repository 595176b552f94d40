/** A changed root can publish other values, so that roots that read them are planned again after it. */
import { readFileSync } from "node:fs";
import { commitTree, git, shopProps } from "../pipeline/delivery/shop";
import { Project } from "./project";

jest.setTimeout(120_000);

const project = new Project();
const NETWORK = "terraform/environments/shop/network/main.tf.json";
const SERVERS = "terraform/environments/shop/servers/main.tf.json";

beforeAll(async () => {
  project.write("modules/both/index.ts", MODULES);
  project.write("main.ts", MAIN);
  const { exitCode, stderr } = await project.run(["synth"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  project.write(".gitignore", "");
  git(project.folder, "init", "--quiet", "--initial-branch=main");
  commitTree(project);
});

async function affectedBy(file: string): Promise<unknown> {
  const before = readFileSync(project.file(file), "utf8");
  project.write(file, `${before}\n`);
  const { exitCode, stdout, stderr } = await project.run(["affected", "--base", "main"]);
  project.write(file, before);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const [{ waves }] = JSON.parse(stdout).systems;
  return waves.map((rows: readonly { name: string }[]) => rows.map(({ name }) => name));
}

test("a change of the publisher affects the reader, in its later wave", async () => {
  expect(await affectedBy(NETWORK)).toEqual([["shop/network"], ["shop/servers"], [], []]);
});

test("a change of the reader affects no publisher", async () => {
  expect(await affectedBy(SERVERS)).toEqual([[], ["shop/servers"], [], []]);
});

const MODULES = `import { z } from "zod";
import { defineModule, defineParameters, publishParameters, readParameters } from "../../lib";

const NETWORK = defineParameters({
  name: "network",
  values: { vpcId: z.string().describe("VPC.") },
  standIns: { vpcId: "vpc-1" },
});
const parts = { description: "The network.", inputs: {}, example: {} };

export const Network = defineModule({
  ...parts,
  name: "network",
  outputs: {},
  build(scope) {
    publishParameters(scope, NETWORK, "/shop", { vpcId: "vpc-2" });
    return {};
  },
});

export const Lookup = defineModule({
  ...parts,
  name: "lookup",
  outputs: NETWORK.values,
  build: (scope) => readParameters(scope, NETWORK, "/shop"),
});
`;

const MAIN = `import { Root } from "./lib";
import { Lookup, Network } from "./modules/both";

const network = new Root(${JSON.stringify(shopProps("network", 1))});
new Network(network, "network", {});
const servers = new Root(${JSON.stringify(shopProps("servers", 2))});
new Lookup(servers, "network", {});

export const roots = [network, servers];
`;
