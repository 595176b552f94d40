import { ALARMS } from "../../../../lib/judgement/guardrails/alarms";
import { type HclValue, PartialText, Reference, Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

type Values = { readonly [argument: string]: HclValue };

const UNKNOWN = new Unknown();
const TOPIC = new Reference("module.alerts.aws_sns_topic.this", "arn");

const alarm = (values: Values) => resourceOf("aws_cloudwatch_metric_alarm", { alarm_name: "shop-cpu", ...values });
const silent = alarm({ actions_enabled: false, alarm_actions: [TOPIC] });
const composite = (rule: HclValue) =>
  resourceOf("aws_cloudwatch_composite_alarm", { alarm_name: "shop", alarm_rule: rule, alarm_actions: [TOPIC] });
const READ = new Reference("module.call.aws_cloudwatch_metric_alarm.this", "arn");

const API = new Reference("module.call.aws_api_gateway_rest_api.this", "id");
const api = resourceOf("aws_api_gateway_rest_api", { name: "shop" });
const stage = (values: Values = {}) => resourceOf("aws_api_gateway_stage", { rest_api_id: API, ...values });
const on = (metric: string, name: HclValue = "shop") => ({ metric_name: metric, dimensions: { ApiName: name } });
const latency = alarm(on("Latency"));
const calculated = (metric: string, name?: HclValue) => alarm({ metric_query: [{ metric: [on(metric, name)] }] });
const certificate = (values: Values) => resourceOf("aws_acm_certificate", { domain_name: "shop.example", ...values });
const CERTIFICATE = new Reference("module.call.aws_acm_certificate.this", "arn");
const ending = (values: Values = { metric_name: "DaysToExpiry" }) =>
  alarm({ dimensions: { CertificateArn: CERTIFICATE }, alarm_actions: [TOPIC], ...values });
const budget = (notification: readonly Values[]) => resourceOf("aws_budgets_budget", { name: "monthly", notification });
const monitor = resourceOf("aws_ce_anomaly_monitor", { name: "services" });
const MONITOR = new Reference("module.call.aws_ce_anomaly_monitor.this", "arn");

proveRows(ALARMS, {
  "alarm-acts": [
    ["holds for an alarm with an action", [alarm({ alarm_actions: [TOPIC] })], "holds"],
    ["holds if the actions are made of a topic", [alarm({ alarm_actions: TOPIC })], "holds"],
    [
      "holds for a silent alarm that a composite alarm reads",
      [silent, composite(new PartialText(['ALARM("', READ, '")']))],
      "holds",
      "holds",
    ],
    ["holds for one that it reads by name", [silent, composite('ALARM("shop-cpu")')], "holds", "holds"],
    [
      "is broken by a silent alarm",
      [silent],
      "broken: actions_enabled = false and no aws_cloudwatch_composite_alarm whose alarm_rule names this alarm",
    ],
    [
      "is broken by an alarm without an action, beside a composite alarm on one with a longer name",
      [alarm({ alarm_actions: [] }), composite('ALARM("shop-cpu-of-all")')],
      "broken: alarm_actions = [] and no aws_cloudwatch_composite_alarm whose alarm_rule names this alarm",
      "holds",
    ],
    [
      "is unknown if a rule is",
      [silent, composite(UNKNOWN)],
      "unknown: no aws_cloudwatch_composite_alarm whose alarm_rule names this alarm",
      "holds",
    ],
    [
      "is unknown if it depends on a value whether the alarm acts",
      [alarm({ alarm_actions: [TOPIC], actions_enabled: UNKNOWN })],
      "unknown: actions_enabled = (known after apply)",
    ],
  ],
  "certificate-renewed": [
    [
      "holds for one that ACM renews by a DNS record, and for one of a private authority",
      [certificate({ validation_method: "DNS" }), certificate({ certificate_authority_arn: "arn:aws:acm-pca:…" })],
      "holds",
      "holds",
    ],
    [
      "holds for one that people renew, with an alarm on its end",
      [certificate({ validation_method: "EMAIL" }), ending(), ending({ metric_name: "DaysToExpiry" })],
      "holds",
    ],
    [
      "is broken by one that people renew",
      [certificate({ validation_method: "EMAIL" })],
      'broken: validation_method = "EMAIL" and certificate_authority_arn = null and no aws_cloudwatch_metric_alarm whose dimensions.CertificateArn names this resource',
    ],
    [
      "is broken by an imported one with an alarm on something else",
      [certificate({ certificate_body: "…" }), ending({ metric_name: "Requests" })],
      'broken: validation_method = null and certificate_authority_arn = null and metric_name = "Requests"',
    ],
    [
      "is unknown if the method is",
      [certificate({ validation_method: UNKNOWN })],
      "unknown: validation_method = (known after apply)",
    ],
  ],
  "costs-notified": [
    [
      "holds with a topic or an address",
      [
        budget([{ subscriber_sns_topic_arns: [UNKNOWN, TOPIC] }, {}]),
        budget([{ subscriber_email_addresses: ["costs@shop.example"] }]),
      ],
      "holds",
      "holds",
    ],
    [
      "is broken by a budget without a notification, and by one that nobody gets",
      [budget([]), budget([{ threshold: 80, subscriber_sns_topic_arns: [] }])],
      "broken: no notification with a subscriber",
      "broken: no notification with a subscriber",
    ],
    [
      "is unknown if every subscriber is",
      [budget([{ subscriber_sns_topic_arns: [UNKNOWN] }])],
      "unknown: notification: (known after apply)",
    ],
    [
      "holds for a monitor with a subscription",
      [monitor, resourceOf("aws_ce_anomaly_subscription", { monitor_arn_list: [MONITOR] })],
      "holds",
    ],
    [
      "is broken by a monitor without one",
      [monitor],
      "broken: no aws_ce_anomaly_subscription whose monitor_arn_list names this resource",
    ],
  ],
  "rest-api-alarmed": [
    ["holds with alarms on errors and latency", [stage(), api, calculated("5XXError"), latency], "holds"],
    [
      "holds if the API names itself in the alarm",
      [
        stage(),
        api,
        calculated("5XXError", new Reference("module.call.aws_api_gateway_rest_api.this", "name")),
        latency,
      ],
      "holds",
    ],
    [
      "holds with the reason for having none",
      [stage({ tags: { WithoutAlarms: "Nobody depends on it" } }), api],
      "holds",
    ],
    [
      "is broken without an alarm on errors",
      [stage(), api, latency],
      "broken: no alarm on 5XXError and tags.WithoutAlarms = null",
    ],
    [
      "is broken by alarms of another API",
      [stage(), api, calculated("5XXError", "other"), latency],
      "broken: no alarm on 5XXError and tags.WithoutAlarms = null",
    ],
    [
      "is broken by an empty reason",
      [stage({ tags: { WithoutAlarms: "" } }), api, calculated("5XXError")],
      'broken: no alarm on Latency and tags.WithoutAlarms = ""',
    ],
    [
      "is unknown if the reason is",
      [stage({ tags: { WithoutAlarms: UNKNOWN } }), api],
      "unknown: tags.WithoutAlarms = (known after apply)",
    ],
  ],
  "shield-cost-acknowledged": [
    [
      "holds with the cost",
      [
        resourceOf("aws_shield_protection", {
          tags: { AcknowledgedCost: "Shield Advanced costs USD 3000 a month for at least one year" },
        }),
      ],
      "holds",
    ],
    ["is broken without it", [resourceOf("aws_shield_protection", {})], "broken: tags.AcknowledgedCost = null"],
    [
      "is broken by another text",
      [resourceOf("aws_shield_protection", { tags: { AcknowledgedCost: "yes" } })],
      'broken: tags.AcknowledgedCost = "yes"',
    ],
  ],
});
