import { readFileSync, writeFileSync } from "node:fs";
import { inOfflineCopy, planJson, readPlan } from "../../../lib/terraform";
import { describeWithTerraform } from "../../support/terraform-needed";
import { withVerifiedProvider } from "../../support/verified-provider";
import { shopProps } from "../pipeline/delivery/shop";
import { Project } from "./project";

const CONTRACT = `import { defineParameters } from "../lib";
import { z } from "zod";

export const NETWORK = defineParameters({
  name: "network",
  values: {
    vpcId: z.string().describe("VPC."),
    subnetIds: z.array(z.string()).describe("Subnets."),
    size: z.object({ hostBits: z.int() }).describe("Size."),
  },
  standIns: { vpcId: "vpc-0123456789abcdef0", subnetIds: ["subnet-0123456789abcdef0"], size: { hostBits: 8 } },
});
`;

const PUBLISHER = `import { z } from "zod";
import { defineModule, publishParameters } from "../../lib";
import { NETWORK } from "../../contracts/network";

export const Network = defineModule({
  name: "network",
  description: "Publishes a network.",
  inputs: { path: z.string().describe("Path."), vpcId: z.string().describe("VPC.") },
  outputs: {},
  example: { path: "/shop/dev", vpcId: "vpc-1" },
  build(scope, { path, vpcId }) {
    publishParameters(scope, NETWORK, path, { vpcId, subnetIds: ["subnet-1"], size: { hostBits: 8 } });
    return {};
  },
});
`;

const READER = `import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { z } from "zod";
import { defineModule, hcl, readParameters, resource } from "../../lib";
import { NETWORK } from "../../contracts/network";

export const Service = defineModule({
  name: "service",
  description: "A group in the network.",
  inputs: { path: z.string().describe("Path.") },
  outputs: {},
  example: { path: "/shop/dev" },
  build(scope, { path }) {
    const { vpcId, subnetIds, size } = readParameters(scope, NETWORK, path);
    resource(scope, SecurityGroup, "this", {
      name: "service",
      description: \`network of \${size.hostBits} bits\`,
      tags: { Subnets: hcl<string>\`join(",", \${subnetIds})\` },
      vpcId,
    });
    return {};
  },
});
`;

const PROPS = {
  publisher: { ...shopProps("dev"), delivery: undefined },
  reader: { ...shopProps("dev-service", 2), delivery: undefined },
};

function main({ path = "/shop/dev", roots = "[network, service]", waves = [1, 2] as readonly [number, number] } = {}) {
  const delivery = (wave: number) => JSON.stringify({ ...shopProps("dev").delivery, wave });
  return `import { Root } from "./lib";
import { Network } from "./modules/network";
import { Service } from "./modules/service";

const network = new Root({ ...${JSON.stringify(PROPS.publisher)}, delivery: ${delivery(waves[0])} } as const);
new Network(network, "network", { path: "/shop/dev", vpcId: "vpc-0123456789abcdef0" });
const service = new Root({ ...${JSON.stringify(PROPS.reader)}, delivery: ${delivery(waves[1])} } as const);
new Service(service, "service", { path: "${path}" });

export const roots = ${roots};
`;
}

describe("parameters that one root publishes and another one reads", () => {
  const project = new Project();
  beforeAll(() => {
    project.write("contracts/network.ts", CONTRACT);
    project.write("modules/network/index.ts", PUBLISHER);
    project.write("modules/service/index.ts", READER);
  });
  const synth = (composition = main()) => {
    project.write("main.ts", composition);
    return project.run(["synth"]);
  };

  test("are typed on both sides and have the same names", async () => {
    const { exitCode, stderr } = await synth();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const read = (module: string) =>
      JSON.parse(readFileSync(project.file(`terraform/modules/${module}/main.tf.json`), "utf8"));
    const name = "${var.path}/network/vpc_id";
    expect(read("network").resource.aws_ssm_parameter.network_vpc_id).toMatchObject({
      name,
      insecure_value: "${var.vpc_id}",
    });
    expect(read("service").data.aws_ssm_parameter.network_vpc_id).toEqual({ name, with_decryption: false });
  }, 60_000);

  test("are an error of the guardrails if the committed tree reads one that no root publishes", async () => {
    await synth();
    const file = project.file("terraform/environments/shop/dev-service/main.tf.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"/shop/dev"', '"/shop/prod"'));
    const { exitCode, stdout } = await project.run(["guardrails"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("got /shop/prod/network/vpc_id, which no root of the same account and region publishes");
    await synth();
    expect(await project.run(["guardrails"])).toMatchObject({ exitCode: 0, stderr: "" });
  }, 60_000);

  test.each([
    [
      "another path",
      main({ path: "/shop/prod" }),
      "got /shop/prod/network/vpc_id, which no root of the same account and region",
    ],
    [
      "a root that is gone",
      main({ roots: "[service]" }),
      "got /shop/dev/network/vpc_id, which no root of the same account",
    ],
    [
      "a root of the same wave",
      main({ waves: [2, 2] }),
      "which is applied in wave 2, and the reader in wave 2; allowed: a later",
    ],
  ])(
    "are an error at synth if they come from %s",
    async (_, composition, message) => {
      const { exitCode, stderr } = await synth(composition);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain(message);
    },
    60_000,
  );

  test("are an error of the compiler if the publisher gives a value of another type", async () => {
    project.write("modules/network/index.ts", PUBLISHER.replace('["subnet-1"]', '"subnet-1"'));
    const { exitCode, stderr, stdout } = await synth();
    project.write("modules/network/index.ts", PUBLISHER);
    expect(exitCode).not.toBe(0);
    expect(stderr + stdout).toContain("modules/network/index.ts");
  }, 60_000);

  describeWithTerraform("real Terraform, without an account,", () => {
    test("plans the reader with the stand-ins of the contract", async () => {
      await synth();
      const text = await inOfflineCopy(project.file("terraform"), "environments/shop/dev-service", async (copy) =>
        planJson(await withVerifiedProvider(copy)),
      );
      const [group] = readPlan("plan", text).resource_changes;
      expect(group?.change.after).toMatchObject({
        vpc_id: "vpc-0123456789abcdef0",
        description: "network of 8 bits",
        tags: { Subnets: "subnet-0123456789abcdef0" },
      });
    }, 120_000);
  });
});
