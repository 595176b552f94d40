import fc from "fast-check";
import { CloudwatchDashboard } from "../../modules/cloudwatch-dashboard";
import { onGrid } from "../../modules/cloudwatch-dashboard/layout";
import { describePlan } from "../support/planned";

const cpu = { label: "CPU", namespace: "AWS/RDS", metricName: "CPUUtilization" };

describePlan(
  "a dashboard",
  (root) => {
    new CloudwatchDashboard(root, "dashboard", {
      name: "orders",
      region: "eu-central-1",
      widgets: onGrid([
        { title: "CPU", statistic: "Average", metrics: [{ ...cpu, dimensions: { DBInstanceIdentifier: "orders" } }] },
        { title: "Latency", statistic: "p95", metrics: [{ label: "API", namespace: "Orders", metricName: "Latency" }] },
      ]),
    });
  },
  (plan) => {
    test("has one graph in each widget, in the form of CloudWatch", () => {
      const graph = { region: "eu-central-1", view: "timeSeries", period: 300 };
      expect(plan().values("module.dashboard.aws_cloudwatch_dashboard.this").dashboard_name).toBe("orders");
      expect(plan().document("module.dashboard.aws_cloudwatch_dashboard.this", "dashboard_body")).toEqual({
        widgets: [
          {
            type: "metric",
            ...{ x: 0, y: 0, width: 8, height: 6 },
            properties: {
              ...graph,
              title: "CPU",
              stat: "Average",
              metrics: [["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", "orders", { label: "CPU" }]],
            },
          },
          {
            type: "metric",
            ...{ x: 8, y: 0, width: 8, height: 6 },
            properties: { ...graph, title: "Latency", stat: "p95", metrics: [["Orders", "Latency", { label: "API" }]] },
          },
        ],
      });
    });
  },
);

describe("the layout of a dashboard", () => {
  const widgets = fc.array(fc.record({ title: fc.string() }), { maxLength: 50 });

  test("keeps the widgets and their order", () => {
    fc.assert(
      fc.property(widgets, (list) => {
        expect(onGrid(list).map(({ title }) => ({ title }))).toEqual(list);
      }),
    );
  });

  test("stays within the 24 columns", () => {
    fc.assert(
      fc.property(widgets, (list) =>
        onGrid(list).every(({ x, y, width, height }) => x >= 0 && x + width <= 24 && y >= 0 && height >= 1),
      ),
    );
  });

  test("has no overlapping widgets", () => {
    fc.assert(
      fc.property(widgets, (list) => {
        const cells = onGrid(list).flatMap(({ x, y, width, height }) =>
          Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
        );
        expect(new Set(cells).size).toBe(cells.length);
      }),
    );
  });

  test("does not move a widget when another is added after it", () => {
    fc.assert(
      fc.property(widgets, (list) => {
        expect(onGrid([...list, { title: "last" }]).slice(0, list.length)).toEqual(onGrid(list));
      }),
    );
  });
});
