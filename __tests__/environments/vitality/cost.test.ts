/** The estimate of costs adds up, and has the quantities of the tree and of the environments' data. */
import path from "node:path";
import { dev } from "../../../environments/vitality/dev";
import { prod } from "../../../environments/vitality/prod";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { roots } from "../../../main";
import { TREE } from "../committed-tree";
import { pageOf } from "../system-page";

const HOURS = 730;
const tree = new Configurations(readTree(TREE));
const page = pageOf([path.join(__dirname, "../../../docs/systems/vitality/cost.md")]);
const number = (text = "") => Number(text.replace(/[$,]/g, ""));
const rows = page
  .rows("Cost of Vitality")
  .map((cells) => cells.map(({ text }) => text))
  .map(([item = "", inDev, inProd, price, ofDev, ofProd, , basis]) => ({
    item,
    quantities: [number(inDev), number(inProd)],
    price: number(price),
    basis,
    costs: [number(ofDev), number(ofProd)],
  }));
const items = rows.filter(({ item }) => item !== "total");
const total = rows.find(({ item }) => item === "total")?.costs;

test("each cost is the quantity times the price, and the total is their sum", () => {
  expect(items.length).toBeGreaterThan(15);
  for (const { item, quantities, price, costs } of items) {
    for (const [i, cost] of costs.entries()) {
      expect([item, Math.abs((quantities[i] ?? 0) * price - cost) < 0.01]).toEqual([item, true]);
    }
  }
  for (const [i, cost] of (total ?? []).entries()) {
    expect(items.reduce((sum, { costs }) => sum + (costs[i] ?? 0), 0)).toBeCloseTo(cost, 2);
  }
  expect(total).toHaveLength(2);
});

test("each price is on a page of AWS, or an estimate from the price of a region", () => {
  expect(items.filter(({ basis = "" }) => !["page", "eu-west-1", "us-east-1"].includes(basis))).toEqual([]);
});

test.each([
  ["dev", dev, 0],
  ["prod", prod, 1],
] as const)("the quantities of %s are those of the tree", (name, { zones, sizing }, column) => {
  const { database, api, frontend } = sizing;
  const resources = roots
    .filter(({ address }) => address.startsWith(`environments/vitality/${name}/`))
    .flatMap(({ address }) => tree.root(address).resources.filter(({ mode }) => mode !== "data"));
  const count = (type: string) => resources.filter((resource) => resource.type === type).length;
  const interfaces = resources.filter(
    ({ type, values }) => type === "aws_vpc_endpoint" && values.vpc_endpoint_type === "Interface",
  );
  const readers = Object.keys(database.instances).length - 1;
  const quantity = (item: string) => items.find((row) => row.item.startsWith(item))?.quantities[column];
  expect({
    endpoints: quantity("interface endpoints"),
    keys: quantity("keys"),
    readers: quantity("database: reader"),
    insights: quantity("Database Insights"),
    memory: quantity("API: memory"),
    webAcls: quantity("web ACLs"),
    canary: quantity("runs of the canary"),
    alarms: quantity("alarms"),
    dashboards: quantity("dashboards"),
  }).toEqual({
    endpoints: interfaces.length * Object.keys(zones).length * HOURS,
    keys: count("aws_kms_key"),
    readers: readers * database.capacity.minAcus * HOURS,
    insights: database.databaseInsightsMode === "advanced" ? (readers + 1) * database.capacity.minAcus * HOURS : 0,
    memory: (api.minInstances * api.memoryMiB * HOURS) / 1024,
    webAcls: count("aws_wafv2_web_acl"),
    canary: (HOURS * 60) / frontend.canaryIntervalMinutes,
    alarms: count("aws_cloudwatch_metric_alarm"),
    dashboards: count("aws_cloudwatch_dashboard"),
  });
});
