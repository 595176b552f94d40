/** Parameters of configurations with an alias: another region, another account. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { z } from "zod";
import { defineModule, defineParameters, publishParameters, type Root, readParameters } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { unpublishedParameters } from "../../../../lib/judgement/guardrails/parameters";
import { newRoot } from "../../generator/support";

const NETWORK = defineParameters({
  name: "network",
  values: { vpcId: z.string().describe("VPC.") },
  standIns: { vpcId: "vpc-1" },
});
const parts = { description: "d", inputs: {}, outputs: {}, example: {} };
const Publisher = defineModule({
  ...parts,
  name: "publisher",
  build: (scope) => {
    publishParameters(scope, NETWORK, "/shop", { vpcId: "vpc-2" });
    return {};
  },
});
const Reader = defineModule({
  ...parts,
  name: "reader",
  build: (scope) => {
    readParameters(scope, NETWORK, "/shop");
    return {};
  },
});

type Place = "default" | "far" | "other account";

function aliasOf(root: Root, place: Place) {
  if (place === "default") return {};
  const other = place === "far" ? { region: "us-east-1" } : { allowedAccountIds: ["999999999999"] };
  return { providers: { aws: root.provider(AwsProvider, { alias: "other", ...other }) } };
}

function problemsOf(publishedIn: Place, readIn: Place): string[] {
  const [publisher, reader] = [newRoot(), newRoot({ path: "environments/orders/dev" })];
  new Publisher(publisher, "publisher", {}, aliasOf(publisher, publishedIn));
  new Reader(reader, "reader", {}, aliasOf(reader, readIn));
  const roots = [publisher, reader];
  const tree = new Configurations(new Map(renderTree(roots).map(({ path, content }) => [path, content])));
  return unpublishedParameters(roots.map(({ address }) => ({ configuration: tree.root(address), wave: undefined })));
}

test.each<[Place, Place]>([
  ["default", "default"],
  ["far", "far"],
  ["other account", "other account"],
])("a parameter that is published in the configuration %s is read in %s", (publishedIn, readIn) => {
  expect(problemsOf(publishedIn, readIn)).toEqual([]);
});

test.each<[Place, Place]>([
  ["default", "far"],
  ["far", "default"],
  ["default", "other account"],
  ["other account", "far"],
])("a parameter that is published in the configuration %s is not read in %s", (publishedIn, readIn) => {
  expect(problemsOf(publishedIn, readIn)).toEqual([
    expect.stringContaining("got /shop/network/vpc_id, which no root of the same account and region publishes"),
  ]);
});
