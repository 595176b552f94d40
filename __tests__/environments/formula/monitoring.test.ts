/** The alarms and the dashboard of Formula against its document, from the plans of the committed tree. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { prod } from "../../../environments/formula/prod";
import { arnOf } from "../../support/stand-ins";
import { describePlans } from "./plans";

const COLOURS = ["blue", "green"] as const;
const ALERTS = "module.alerts.aws_sns_topic.this";
const PAGES = "module.pages.aws_sns_topic.this";

const RATE = z.object({
  alarm_name: z.string(),
  threshold: z.number(),
  evaluation_periods: z.number(),
  tags: z.record(z.string(), z.string()),
  metric_query: z.array(
    z.object({ expression: z.string().nullish(), metric: z.array(z.looseObject({ metric_name: z.string() })) }),
  ),
});

const DASHBOARD = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.looseObject({
        title: z.string().optional(),
        period: z.number().optional(),
        metrics: z.array(z.unknown()).optional(),
      }),
    }),
  ),
});

describePlans("who is told", (planOf) => {
  test.each([
    ["staging", 2, 5, undefined],
    ["prod", 0.5, 1, PAGES],
  ] as const)("%s has alarms above %d %% and %d %% of errors in five minutes", (name, warning, critical, pages) => {
    const plan = planOf(name);
    const rate = (alarm: string) =>
      RATE.parse(plan.values(`module.alarms.aws_cloudwatch_metric_alarm.rate["${alarm}"]`));
    expect(rate("ElevatedErrorRate")).toMatchObject({
      alarm_name: `formula-${name}-ElevatedErrorRate`,
      threshold: warning,
      tags: { Severity: "Warning" },
    });
    expect(rate("HighErrorRate")).toMatchObject({
      alarm_name: `formula-${name}-HighErrorRate`,
      threshold: critical,
      evaluation_periods: 1,
      tags: { Severity: "Critical" },
    });
    expect(rate("HighErrorRate").metric_query.flatMap(({ metric }) => metric)).toEqual([
      expect.objectContaining({ namespace: "AWS/ApiGateway", metric_name: "5XXError", period: 300, stat: "Sum" }),
      expect.objectContaining({ namespace: "AWS/ApiGateway", metric_name: "Count", period: 300, stat: "Sum" }),
    ]);
    expect(plan.values('module.alarms.aws_cloudwatch_metric_alarm.rate["HighErrorRate"]').alarm_actions).toEqual(
      [ALERTS, ...(pages === undefined ? [] : [pages])].map(arnOf),
    );
  });

  test.each(
    (["staging", "prod"] as const).flatMap((name) =>
      (["DELETE", "GET", "PATCH", "POST", "PUT"] as const).map((method) => [name, method] as const),
    ),
  )("%s has an alarm above 200 ms for one request %s to the service in twenty, executions left out", (name, method) => {
    const key = method === "GET" ? "HighLatency" : `HighLatency-${method}`;
    expect(planOf(name).values(`module.alarms.aws_cloudwatch_metric_alarm.this["${key}"]`)).toMatchObject({
      alarm_name: `formula-${name}-${key}`,
      dimensions: { ApiName: `formula-${name}`, Stage: "live", Method: method, Resource: "/{path+}" },
      namespace: "AWS/ApiGateway",
      metric_name: "Latency",
      extended_statistic: "p95",
      threshold: 200,
      period: 300,
      alarm_actions: [arnOf(ALERTS)],
      tags: { Severity: "High" },
    });
  });

  test.each(["staging", "prod"] as const)("%s watches formulas, visits, availability and certificates", (name) => {
    const plan = planOf(name);
    const alarm = (key: string) => plan.values(`module.alarms.aws_cloudwatch_metric_alarm.this["${key}"]`);
    expect(alarm("formula-duration")).toMatchObject({
      namespace: `formula-${name}`,
      metric_name: "FormulaExecutionDuration",
      extended_statistic: "p95",
      threshold: 500,
    });
    expect(alarm("formula-concurrency")).toMatchObject({ threshold: 400 });
    expect(alarm("availability")).toMatchObject({
      metric_name: "SuccessPercent",
      statistic: "Average",
      period: 86_400,
      threshold: 99.9,
      comparison_operator: "LessThanThreshold",
    });
    expect(plan.values("module.monitor.aws_cloudwatch_metric_alarm.lcp")).toMatchObject({ threshold: 2500 });
    const watched = ["website", "api", "origin", "sign-in"].map((of) => alarm(`${of}-certificate-expires`));
    expect(
      new Set(
        watched.map(({ dimensions }) => z.object({ CertificateArn: z.string() }).parse(dimensions).CertificateArn),
      ).size,
    ).toBe(plan.all("aws_acm_certificate").length);
    for (const one of watched)
      expect(one).toMatchObject({ metric_name: "DaysToExpiry", threshold: 30, treat_missing_data: "ignore" });
  });

  test.each(["staging", "prod"] as const)(
    "%s is opened by a canary, which calls the API under its own name",
    (name) => {
      const domain = name === "prod" ? "formula.example" : "staging.formula.example";
      expect(planOf(name).values("module.canary.aws_synthetics_canary.this").run_config).toMatchObject([
        { environment_variables: { DOMAIN_NAME: domain, API_DOMAIN_NAME: `api.${domain}`, HEALTH_PATH: "/health" } },
      ]);
    },
  );

  test.each(["staging", "prod"] as const)("alarms of a colour of %s notify only while it gets requests", (name) => {
    const plan = planOf(name);
    const silent = plan.resources.filter(
      ({ address, type }) => type === "aws_cloudwatch_metric_alarm" && address.startsWith("module.colour_alarms."),
    );
    expect(new Set(silent.map(({ values }) => values.actions_enabled))).toEqual(new Set([false]));
    const composed = plan.all("aws_cloudwatch_composite_alarm");
    expect(composed.map(({ key }) => key).sort()).toEqual(
      COLOURS.flatMap((colour) =>
        ["cpu", "formula-errors", "memory", "no-healthy-target", "tasks"].map((fault) => `${colour}-${fault}`),
      ),
    );
    for (const { key, values } of composed) {
      const colour = String(key).replace(/-.*/, "");
      const arn = (alarm: string, of = "this") =>
        arnOf(`module.colour_alarms.aws_cloudwatch_metric_alarm.${of}["${alarm}"]`);
      const kind = /(tasks|errors)$/.test(String(key)) ? "rate" : "this";
      expect(values.alarm_rule).toBe(
        `ALARM("${arn(String(key), kind)}") AND (${[arn(`${colour}-requests`), arn(`${colour}-refused-requests`)]
          .sort()
          .map((one) => `ALARM("${one}")`)
          .join(" OR ")})`,
      );
    }
    // Every silent alarm is read by a composite one.
    const rules = composed.map(({ values }) => String(values.alarm_rule)).join();
    expect(silent.filter(({ address }) => !rules.includes(arnOf(address)))).toEqual([]);
  });

  test.each(["staging", "prod"] as const)(
    "the dashboard OperationalHealth of %s has the five metrics, each minute",
    (name) => {
      const address = "module.operational_health.aws_cloudwatch_dashboard.this";
      expect(planOf(name).values(address).dashboard_name).toBe(`formula-${name}-OperationalHealth`);
      const { widgets } = DASHBOARD.parse(planOf(name).document(address, "dashboard_body"));
      const graphs = widgets.filter(({ type }) => type === "metric").map(({ properties }) => properties);
      expect(new Set(graphs.map(({ period }) => period))).toEqual(new Set([60]));
      expect(graphs.map(({ title }) => title)).toEqual(
        expect.arrayContaining([
          "API latency p95 (ms)",
          "API 5xx error rate (%)",
          "ECS CPU and memory (%)",
          "RDS CPU (%)",
          "Lambda error rate (%)",
          "API latency p99 (ms)",
        ]),
      );
      expect(graphs.find(({ title }) => title === "Lambda error rate (%)")?.metrics).toEqual([
        [{ expression: "100 * FILL(part0, 0) / IF(total0 > 0, total0, 1)", label: "Executions" }],
        ["AWS/Lambda", "Errors", "FunctionName", `formula-${name}-executions`, { id: "part0", visible: false }],
        ["AWS/Lambda", "Invocations", "FunctionName", `formula-${name}-executions`, { id: "total0", visible: false }],
      ]);
    },
  );

  test("a critical alarm of production says who is called, and after which time", () => {
    expect(
      planOf("prod").values('module.alarms.aws_cloudwatch_metric_alarm.rate["HighErrorRate"]').alarm_description,
    ).toContain(
      "PagerDuty calls the Primary On-Call Engineer, after 10 minutes the Secondary On-Call Engineer, after 15 minutes the Engineering Manager.",
    );
  });

  test("no plan has the address of PagerDuty: its secret has no value, and its topic no subscription", () => {
    const plan = planOf("prod");
    expect(plan.values('module.paging_secrets.aws_secretsmanager_secret.this["pagerduty-integration"]').name).toBe(
      "formula-prod/pagerduty-integration",
    );
    expect(plan.all("aws_secretsmanager_secret_version")).toEqual([]);
    expect(plan.all("aws_sns_topic_subscription").map(({ values }) => values.protocol)).toEqual(["email"]);
    expect(plan.values("module.pages.aws_sns_topic.this").name).toBe("formula-prod-pages");
  });

  test.each(["staging", "prod"] as const)(
    "alarms of %s reach a Slack channel, whose commands policies limit",
    (name) => {
      const plan = planOf(name);
      expect(plan.values("module.chat.aws_chatbot_slack_channel_configuration.this")).toMatchObject({
        sns_topic_arns: [arnOf(ALERTS)],
        guardrail_policy_arns: [arnOf("module.chat.aws_iam_policy.this")],
      });
    },
  );

  test("dev has no alarm but that on a failed erasure, and no dashboard, channel, canary or trace", () => {
    const plan = planOf("dev");
    for (const type of [
      "aws_chatbot_slack_channel_configuration",
      "aws_cloudwatch_composite_alarm",
      "aws_cloudwatch_dashboard",
      "aws_rum_app_monitor",
      "aws_synthetics_canary",
    ]) {
      expect(plan.all(type)).toEqual([]);
    }
    expect(plan.all("aws_cloudwatch_metric_alarm").map(({ address }) => address)).toEqual([
      "module.erasure.aws_cloudwatch_metric_alarm.this",
    ]);
    expect(plan.values("module.api.aws_api_gateway_stage.this").xray_tracing_enabled).toBe(false);
  });
});

test("the page has the escalation policy that people make in PagerDuty, as the data of production has it", () => {
  const page = readFileSync(path.join(__dirname, "../../../docs/systems/formula.md"), "utf8");
  const rows = prod.escalation.map((step, i) => {
    const after = "minutes" in step ? `${step.minutes} minutes` : "–";
    return new RegExp(`^\\| ${i + 1} +\\| ${step.who} +\\| ${after} +\\|$`, "m");
  });
  expect(rows.filter((row) => !row.test(page))).toEqual([]);
  expect(prod.escalation.flatMap((step) => ("minutes" in step ? [step.minutes] : []))).toEqual([10, 15]);
});
