import { CloudwatchQueries } from "../../modules/cloudwatch-queries";
import { XrayTracing } from "../../modules/xray-tracing";
import { describePlan } from "../support/planned";

describePlan(
  "traces and saved queries",
  (root) => {
    new XrayTracing(root, "traces", {
      name: "shop-dev",
      serviceName: "shop-dev-api",
      reservoirPerSecond: 2,
      rate: 0.5,
    });
    new CloudwatchQueries(root, "queries", {
      folder: "shop-dev",
      queries: { "Errors of the API": { logGroupNames: ["/app/shop", "/app/worker"], query: "fields @message" } },
    });
  },
  (plan) => {
    test("a rule samples every kind of request of the service", () => {
      expect(plan().values("module.traces.aws_xray_sampling_rule.this")).toMatchObject({
        version: 1,
        service_name: "shop-dev-api",
        reservoir_size: 2,
        fixed_rate: 0.5,
        priority: 1000,
        host: "*",
        http_method: "*",
        url_path: "*",
        service_type: "*",
        resource_arn: "*",
      });
    });

    test("a group has the traces of the service", () => {
      expect(plan().values("module.traces.aws_xray_group.this")).toMatchObject({
        group_name: "shop-dev",
        filter_expression: 'service("shop-dev-api")',
        insights_configuration: [{ insights_enabled: true, notifications_enabled: false }],
      });
    });

    test("a query has the name of its question, in the folder of the environment", () => {
      expect(plan().values('module.queries.aws_cloudwatch_query_definition.this["Errors of the API"]')).toMatchObject({
        name: "shop-dev/Errors of the API",
        log_group_names: ["/app/shop", "/app/worker"],
        query_string: "fields @message",
      });
    });
  },
);
