/** What the components of an environment share: tags, boundary, keys, retention, and the way to alerts. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { workloadsBoundaryArn } from "../../../environments/common/delivery";
import { parametersPath } from "../../../environments/vitality/context";
import { dev } from "../../../environments/vitality/dev";
import { prod } from "../../../environments/vitality/prod";
import { rootParts } from "../../../lib/generator/root/root-path";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { roots } from "../../../main";
import { TREE } from "../committed-tree";

const tree = new Configurations(readTree(TREE));
const PROVIDERS = z.object({
  provider: z.object({
    aws: z.array(z.object({ region: z.string(), default_tags: z.array(z.object({ tags: z.unknown() })) })),
  }),
});

describe.each([dev, prod])("the components of $name", (environment) => {
  const components = roots
    .map(({ address }) => address)
    .filter((address) => address.startsWith(`environments/vitality/${environment.name}/`));
  const all = (type: string) =>
    components.flatMap((root) =>
      tree
        .root(root)
        .of(type)
        .map(({ address, values }) => ({ root, address, values })),
    );
  /** Values of an argument, each once, without the resources that have none. */
  const distinct = (type: string, argument: string) => [
    ...new Set(all(type).flatMap(({ values }) => (values[argument] === undefined ? [] : [values[argument]]))),
  ];

  test("have the same tags, in every region", () => {
    const tags = components.flatMap((root) => {
      const file = path.join(TREE, root, "providers.tf.json");
      return PROVIDERS.parse(JSON.parse(readFileSync(file, "utf8"))).provider.aws.map((one) => one.default_tags);
    });
    expect(tags).toEqual(
      tags.map(() => [{ tags: { App: "vitality", CostCenter: "vitality", Env: environment.name, Owner: "platform" } }]),
    );
  });

  test("have roles within the boundary for workloads only", () => {
    expect(all("aws_iam_role").length).toBeGreaterThan(1);
    expect(distinct("aws_iam_role", "permissions_boundary")).toEqual([workloadsBoundaryArn(environment.account)]);
    expect(all("aws_iam_role").filter(({ values }) => values.permissions_boundary === undefined)).toEqual([]);
  });

  test("keep every log as long as the environment's data says", () => {
    expect(all("aws_cloudwatch_log_group").length).toBeGreaterThan(1);
    expect(distinct("aws_cloudwatch_log_group", "retention_in_days")).toEqual([environment.sizing.logRetentionDays]);
  });

  test("share the keys and the topic of the network, except for what CloudFront reads and for logs in us-east-1", () => {
    const made = ["aws_kms_key", "aws_sns_topic"].flatMap(all);
    const elsewhere = made.filter(({ root }) => rootParts(root).component !== "network");
    expect(elsewhere.map(({ address }) => address.split(".").slice(0, 2).join(".")).sort()).toEqual([
      "module.edge_logs_key",
      "module.files_key",
    ]);
  });

  test("publish below one path, and read from it only", () => {
    const folder = `${parametersPath(environment)}/`;
    const names = components.flatMap((root) =>
      tree
        .root(root)
        .resources.flatMap(({ type, values }) => (type === "aws_ssm_parameter" ? [String(values.name)] : [])),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !name.startsWith(folder))).toEqual([]);
  });
});
