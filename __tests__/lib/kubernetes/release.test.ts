import type { Construct } from "constructs";
import { z } from "zod";
import { CHART_PATH, CHART_VERSION, defineModule, helmRelease, repositoryChart } from "../../../lib";
import { evaluatedCluster } from "../../support/evaluated";
import { emitted, failure } from "../generator/support";

function chartOf(values: object) {
  return defineModule({
    name: "shop-chart",
    description: "d",
    providers: ["helm"],
    inputs: { chartVersion: CHART_VERSION.describe("d"), chartPath: CHART_PATH },
    outputs: { name: z.string().describe("d") },
    example: { chartVersion: "1.2.3" },
    build(scope: Construct, input) {
      const chart = repositoryChart("https://charts.example.com", "shop", input);
      return { name: helmRelease(scope, { name: "shop", namespace: "shop", ...chart, values }).name };
    },
  });
}

test("values are JSON with sorted keys, in which Terraform evaluates nothing", () => {
  const Chart = chartOf({ zone: "${var.x} %{if}", account: "111122223333", on: true, octal: "0123" });
  const cluster = evaluatedCluster((root) => {
    new Chart(root, "shop", { chartVersion: "1.2.3" });
  });
  expect(cluster.values("module.shop.helm_release.this").values).toEqual([
    '{"account":"111122223333","octal":"0123","on":true,"zone":"${var.x} %{if}"}',
  ]);
});

test("a chart comes from its repository, or from a folder of the same version", () => {
  const Chart = chartOf({});
  const cluster = evaluatedCluster((root) => {
    new Chart(root, "remote", { chartVersion: "1.2.3" });
    new Chart(root, "vendored", { chartVersion: "1.2.3", chartPath: "../../../../charts/shop" });
  });
  expect(cluster.values("module.remote.helm_release.this")).toMatchObject({
    chart: "shop",
    repository: "https://charts.example.com",
    version: "1.2.3",
  });
  expect(cluster.values("module.vendored.helm_release.this")).toMatchObject({
    chart: "../../../../charts/shop",
    repository: null,
    version: "1.2.3",
  });
});

test("a number that templates would print with an exponent is an error", () => {
  expect(failure(() => emitted(chartOf({ server: { limits: [1, 1_000_000] } }), "main.tf.json")).message).toContain(
    "values.server.limits.1: got 1000000; allowed: numbers below 1000000, and text for larger ones",
  );
});
