import { account } from "../../../environments/accounts/account";
import { accountRoots } from "../../../environments/accounts/roots";
import { sandbox } from "../../../environments/formula/sandbox";
import { formulaSandboxes, sandboxRoots } from "../../../environments/formula/sandbox/system";
import { renderTree } from "../../../lib/generator/synth/synthesize";
import { overlaps } from "../../../modules/vpc/plan";

const [making, ending] = formulaSandboxes(sandbox);
if (making === undefined || ending === undefined) throw new Error("a root is missing");

const files = renderTree([making, ending]);
const fileOf = (root: string, name: string): string =>
  files.find(({ path }) => path === `environments/formula/${root}/${name}`)?.content ?? "";

test("both roots have one place of states and no key, so that each sandbox gets a state of its own", () => {
  const [backend, other] = ["sandbox", "sandbox-end"].map((root) => JSON.parse(fileOf(root, "versions.tf.json")));
  expect(backend.terraform.backend).toEqual(other.terraform.backend);
  expect(backend.terraform.backend.s3).not.toHaveProperty("key");
});

test("of the account, a sandbox names its own resources, the images of one repository, and the boundary of its roles", () => {
  const main = fileOf("sandbox", "main.tf.json");
  const named = [...main.matchAll(/"(arn:aws:[^"]*|formula-[^"]*|[0-9]{12}\.dkr[^"]*)"/g)].map(([, text]) => text);
  const foreign = [...new Set(named)].filter((text) => !text?.startsWith("formula-sandbox-${var.name}"));
  expect(foreign.sort()).toEqual([
    "181818181818.dkr.ecr.us-east-1.amazonaws.com/formula-dev/api:initial",
    "arn:aws:ecr:us-east-1:181818181818:repository/formula-dev/api",
    "arn:aws:iam::181818181818:policy/delivery-workloads-boundary",
  ]);
});

test("a sandbox has no way to another network, and reads no parameters of other roots", () => {
  const { module } = JSON.parse(fileOf("sandbox", "main.tf.json"));
  const sources = Object.values(module).map((call) => String(Object(call).source).split("/").at(-1));
  expect(sources.sort()).toEqual([
    "ecs-cluster",
    "ecs-service",
    "ecs-task-definition",
    "kms",
    "rds",
    "security-groups",
    "sns-topic",
    "vpc",
    "vpc-gateway-endpoints",
    "vpc-interface-endpoints",
  ]);
  expect(module.vpc).not.toHaveProperty("nat_gateways");
  expect(Object.keys(module.security_groups.peers)).toEqual(["s3"]);
  expect(module.gateway_endpoints.bucket_arns).toEqual([]);
});

test("the root that ends sandboxes calls no module, and destroys or forgets each resource of the other root", () => {
  const main = JSON.parse(fileOf("sandbox-end", "main.tf.json"));
  expect(Object.keys(main).filter((key) => key !== "//")).toEqual(["removed"]);
  expect(ending.calls.size).toBe(making.calls.size);
  expect(fileOf("sandbox-end", "variables.tf.json")).toBe("");
});

test("the pool has a block for each slot, and the blocks share no address", () => {
  const [first = ""] = sandbox.pool.split("/");
  const [a, b] = first.split(".");
  const blocks = Array.from({ length: sandbox.sandboxes.slots }, (_, slot) => `${a}.${b}.${slot * 16}.0/20`);
  expect(blocks.every((block) => overlaps(sandbox.pool, block))).toBe(true);
  expect(blocks.flatMap((one, i) => blocks.slice(i + 1).filter((other) => overlaps(one, other)))).toEqual([]);
});

test("the roles of both roots read and write the states of sandboxes, and no other state", () => {
  const [some] = accountRoots;
  if (some === undefined) throw new Error("no account");
  const root = account({ ...some, otherRoots: sandboxRoots(sandbox) });
  const main = renderTree([root]).find(({ path }) => path === `${root.address}/main.tf.json`)?.content ?? "{}";
  const { module } = JSON.parse(main);
  for (const [name, path] of [
    ["apply_formula_sandbox_role", "environments/formula/sandbox"],
    ["apply_formula_sandbox_end_role", "environments/formula/sandbox-end"],
  ] as const) {
    const { statements, jobs } = module[name];
    expect(jobs).toBe(`environment:formula-${path.split("/").at(-1)}`);
    expect(statements.DenyReadingOtherObjects.not_resources).toEqual([
      "${module.state.arn}/formula/sandbox/*/terraform.tfstate*",
      `\${module.plans.arn}/plans/${path}/*`,
      `\${module.plans.arn}/applied/${path}/*`,
    ]);
  }
});
