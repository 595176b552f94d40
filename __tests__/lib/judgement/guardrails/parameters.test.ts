/** Parameters of configurations with an alias: another region, another account. */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { z } from "zod";
import { defineModule, defineParameters, publishParameters, type Root, readParameters } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import { readersOf, unpublishedParameters } from "../../../../lib/judgement/guardrails/parameter-order";
import { parametersOf } from "../../../../lib/judgement/guardrails/parameters";
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

const DATABASE = defineParameters({
  name: "database",
  values: { endpoint: z.string().describe("Endpoint.") },
  standIns: { endpoint: "database.shop.example" },
});
const DatabasePublisher = defineModule({
  ...parts,
  name: "database-publisher",
  build: (scope) => {
    publishParameters(scope, DATABASE, "/shop", { endpoint: "database.shop.example" });
    return {};
  },
});
const DatabaseReader = defineModule({
  ...parts,
  name: "database-reader",
  build: (scope) => {
    readParameters(scope, DATABASE, "/shop");
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
  return unpublishedParameters(roots.map(({ address }) => ({ ...parametersOf(tree.root(address)), wave: undefined })));
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

test("a root is a reader of each root whose values reach it", () => {
  const PATHS = ["network", "database", "api"].map((name) => `environments/shop/dev/${name}`);
  const roots = PATHS.map((path) => newRoot({ path }));
  const [network, database, api] = roots;
  if (network === undefined || database === undefined || api === undefined) throw new Error("three roots");
  new Publisher(network, "publisher", {});
  new Reader(database, "reader", {});
  new DatabasePublisher(database, "publisher", {});
  new DatabaseReader(api, "reader", {});
  const tree = new Configurations(new Map(renderTree(roots).map(({ path, content }) => [path, content])));
  const ordered = roots.map(({ address }) => ({ ...parametersOf(tree.root(address)), wave: undefined }));
  expect(PATHS.map((path) => readersOf([path], ordered))).toEqual([PATHS.slice(1), PATHS.slice(2), []]);
  expect(readersOf(PATHS, ordered)).toEqual([]);
});
