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
