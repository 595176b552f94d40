import { Root } from "../../../../lib";
import { readCustody } from "../../../../lib/pipeline/delivery/custody";
import { putPlan } from "../../../../lib/pipeline/delivery/put";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { describeWithTerraform } from "../../../support/terraform-needed";
import { Project } from "../../cli/project";
import { commitTree, git, loopbackEnvironment, shopProps } from "./shop";

jest.setTimeout(240_000);

const NOTE = `import { DataResource } from "cdktf";
import { z } from "zod";
import { defineModule, ephemeral, local, resource } from "../../lib";

export const Note = defineModule({
  name: "note",
  description: "A note in the state.",
  inputs: {
    text: z.string().describe("What it says."),
    token: ephemeral(z.string().describe("A token.")),
  },
  outputs: { id: z.string().describe("Its id.") },
  example: { text: "hello", token: "t" },
  build(scope, input) {
    local(scope, "token", input.token);
    return { id: resource(scope, DataResource, "this", { triggersReplace: { text: input.text } }).id };
  },
});
`;

const MAIN = `import { z } from "zod";
import { ephemeral, Root } from "./lib";
import { Note } from "./modules/note";

const root = new Root(${JSON.stringify(shopProps("dev"))});
const text = root.input("note", z.string().describe("Text."), { standIn: "offline" });
const token = root.input("token", ephemeral(z.string().describe("Token.")), { standIn: "offline" });
new Note(root, "note", { text, token });

export const roots = [root];
`;

const inputs = (note: string) => ({ GROUNDPLAN_INPUTS: JSON.stringify({ "shop/dev": { note } }) });
const secrets = { GROUNDPLAN_EPHEMERAL_INPUTS: JSON.stringify({ "shop/dev": { token: "swordfish" } }) };

describeWithTerraform("inputs of a root in the pipeline", () => {
  const project = new Project();
  const kept = project.file("kept");
  let servers: LoopbackServers;
  let digest: string;

  const run = (args: readonly string[], values: Record<string, string> = {}) =>
    project.run(args, { ...loopbackEnvironment(servers), ...values });
  const apply = (values: Record<string, string>) =>
    run(["apply", "shop/dev", "--custody", `${kept}/custody.json`, "--digest", digest], values);

  beforeAll(async () => {
    servers = await startServers({ buckets: ["state", "plans"], tables: ["locks"] });
    Object.assign(process.env, loopbackEnvironment(servers));
    project.write("modules/note/index.ts", NOTE);
    project.write("main.ts", MAIN);
    const { exitCode, stderr } = await project.run(["synth"]);
    if (exitCode !== 0) throw new Error(stderr);
    project.write(".gitignore", ".terraform/\n*.tfstate\n");
    git(project.folder, "init", "--quiet", "--initial-branch=main");
    commitTree(project);
  });
  afterAll(() => servers.stop());

  test("a plan without a value is an error that names the input and the variable", async () => {
    const { exitCode, stderr } = await run(["plan", "shop/dev", "--keep", kept]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("input note: got no value; allowed: one in the environment variable GROUNDPLAN_INPUTS");
  });

  test("a saved plan is bound to the digest of each value that it holds, and needs no secret", async () => {
    const { exitCode, stderr } = await run(["plan", "shop/dev", "--keep", kept], inputs("hello"));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr).toContain("shop/dev: input token has its stand-in");
    const custody = readCustody(`${kept}/custody.json`);
    expect(custody.inputs).toEqual({ note: expect.stringMatching(/^[0-9a-f]{64}$/) });
    digest = await putPlan(new Root(shopProps("dev")), `${kept}/custody.json`, custody);
  });

  test("an apply with another value, or without the secret, is refused", async () => {
    const other = await apply({ ...inputs("other"), ...secrets });
    expect(other.stderr).toMatch(
      /input note: got SHA-256 [0-9a-f]{64}; allowed: [0-9a-f]{64}; give the value of the plan/,
    );
    const without = await apply(inputs("hello"));
    expect(without.stderr).toContain(
      "input token: got no value; allowed: one in the environment variable GROUNDPLAN_EPHEMERAL_INPUTS",
    );
    expect([other.exitCode, without.exitCode]).toEqual([1, 2]);
  });

  test("an apply with the secret succeeds, and no state holds the secret", async () => {
    const { exitCode, stderr } = await apply({ ...inputs("hello"), ...secrets });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const states = servers.versions("state", "shop/dev/terraform.tfstate");
    expect(String(states.at(-1))).toContain('"hello"');
    expect(states.join("")).not.toContain("swordfish");
  });
});
