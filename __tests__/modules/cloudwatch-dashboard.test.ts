import fc from "fast-check";
import { z } from "zod";
import { CloudwatchDashboard } from "../../modules/cloudwatch-dashboard";
import { onGrid, page } from "../../modules/cloudwatch-dashboard/layout";
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
    new CloudwatchDashboard(root, "page", {
      name: "orders-OnCall",
      region: "eu-central-1",
      periodSeconds: 60,
      ...page([
        {
          text: "# Orders",
          alarms: [{ title: "Alarms", alarmArns: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:orders"] }],
          graphs: [{ title: "CPU", region: "us-east-1", statistic: "Average", metrics: [{ ...cpu, dimensions: {} }] }],
          rates: [
            {
              title: "Errors (%)",
              partMetricName: "Errors",
              totalMetricName: "Calls",
              metrics: [
                { label: "API", namespace: "Orders", dimensions: { Service: "api" } },
                { label: "All", namespace: "Orders", dimensions: {} },
              ],
            },
          ],
          searches: [{ title: "Business", statistic: "Sum", namespace: "Orders" }],
          logTables: [{ title: "Errors", logGroupNames: ["/orders/api", "/orders/worker"], query: "fields @message" }],
        },
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

    test("has texts, alarms, searches and tables of logs, and graphs of other regions", () => {
      const { widgets } = z
        .object({ widgets: z.array(z.object({ type: z.string(), properties: z.unknown() })) })
        .parse(plan().document("module.page.aws_cloudwatch_dashboard.this", "dashboard_body"));
      expect(Object.fromEntries(widgets.map(({ type, properties }, i) => [`${type} ${i}`, properties]))).toMatchObject({
        "metric 0": { region: "us-east-1", title: "CPU", period: 60 },
        "metric 1": {
          stat: "Sum",
          period: 60,
          metrics: [
            [{ expression: "100 * FILL(part0, 0) / IF(total0 > 0, total0, 1)", label: "API" }],
            [{ expression: "100 * FILL(part1, 0) / IF(total1 > 0, total1, 1)", label: "All" }],
            ["Orders", "Errors", "Service", "api", { id: "part0", visible: false }],
            ["Orders", "Calls", "Service", "api", { id: "total0", visible: false }],
            ["Orders", "Errors", { id: "part1", visible: false }],
            ["Orders", "Calls", { id: "total1", visible: false }],
          ],
        },
        "metric 2": {
          region: "eu-central-1",
          metrics: [[{ expression: `SEARCH('Namespace="Orders"', 'Sum', 60)` }]],
        },
        "log 3": { query: "SOURCE '/orders/api' | SOURCE '/orders/worker' | fields @message", view: "table" },
        "alarm 4": { alarms: ["arn:aws:cloudwatch:eu-central-1:111122223333:alarm:orders"] },
        "text 5": { markdown: "# Orders" },
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

  const section = fc.record({
    text: fc.string(),
    textHeight: fc.integer({ min: 1, max: 4 }),
    alarms: fc.array(fc.record({ title: fc.string(), alarmArns: fc.constant([]) }), { maxLength: 2 }),
    graphs: fc.array(fc.record({ title: fc.string(), statistic: fc.string(), metrics: fc.constant([]) }), {
      maxLength: 7,
    }),
    rates: fc.array(
      fc.record({
        title: fc.string(),
        partMetricName: fc.string(),
        totalMetricName: fc.string(),
        metrics: fc.constant([]),
      }),
      { maxLength: 4 },
    ),
    searches: fc.array(fc.record({ title: fc.string(), statistic: fc.string(), namespace: fc.string() }), {
      maxLength: 3,
    }),
    logTables: fc.array(fc.record({ title: fc.string(), logGroupNames: fc.constant([]), query: fc.string() }), {
      maxLength: 3,
    }),
  });

  test("of a page has no overlapping widgets, and every widget", () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 4 }), (sections) => {
        const { texts, alarms, widgets: graphs, rates = [], searches, logTables } = page(sections);
        const all = [...texts, ...alarms, ...graphs, ...rates, ...searches, ...logTables];
        const cells = all.flatMap(({ x, y, width, height }) =>
          Array.from({ length: width * height }, (_, i) => `${x + (i % width)},${y + Math.floor(i / width)}`),
        );
        expect(new Set(cells).size).toBe(cells.length);
        expect(graphs.map(({ title }) => title)).toEqual(
          sections.flatMap((one) => one.graphs.map(({ title }) => title)),
        );
      }),
    );
  });
});
