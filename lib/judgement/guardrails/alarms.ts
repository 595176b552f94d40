/** Alarms that act, APIs and certificates that have alarms, and costs that somebody is told of. */
import { ACKNOWLEDGED_COST, ACKNOWLEDGEMENT } from "../../aws/shield";
import { WITHOUT_ALARMS } from "../../aws/without-alarms";
import { type ResourceInstance, type RootConfiguration, show } from "../configuration";
import { type HclValue, isUnknown } from "../hcl";
import { accompanied, allows, byType, either, equals, given, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, undecided, type Verdict } from "./guardrail";
import { isEmpty, isText, itemsAt, named, pointsAt, stemsFromNothing, valuesAt } from "./values";

const METRIC_ALARM = "aws_cloudwatch_metric_alarm";
const COMPOSITE_ALARM = "aws_cloudwatch_composite_alarm";
const SUBSCRIPTION = "aws_ce_anomaly_subscription";

/** Metrics of a stage that have to have an alarm. */
const OF_STAGES = ["5XXError", "Latency"] as const;

export const ALARMS = [
  {
    id: "alarm-acts",
    title: "An alarm notifies somebody, or a composite alarm reads it",
    why: "The alarm goes off in the console alone: nobody learns of the outage that it was made for.",
    severity: "medium",
    controls: { soc2: ["CC7.2", "CC7.3"] },
    allowed:
      "alarm_actions with an action and actions_enabled = true, which is the default; or an aws_cloudwatch_composite_alarm whose alarm_rule names the alarm",
    types: [METRIC_ALARM, COMPOSITE_ALARM],
    judge: either((alarm) => acts(alarm), readByComposite),
  },
  {
    id: "rest-api-alarmed",
    title: "A stage of a REST API has alarms on errors and latency, or a tag with the reason for having none",
    why: "Users report the outage before anybody in charge sees it.",
    severity: "medium",
    controls: { soc2: ["CC7.2", "A1.1"], gdpr: ["32(1)(b)"] },
    allowed: `an ${METRIC_ALARM} on ${OF_STAGES.join(" and one on ")} of the API, or the tag ${WITHOUT_ALARMS} with the reason`,
    types: ["aws_api_gateway_stage"],
    judge: either(alarmed, allows(`tags.${WITHOUT_ALARMS}`, isText)),
  },
  {
    id: "certificate-renewed",
    title: "ACM renews a certificate by itself, or an alarm watches its end",
    why: "Nobody renews the certificate in time, and no client connects any more.",
    severity: "medium",
    controls: { soc2: ["CC7.2", "A1.2"], gdpr: ["32(1)(b)"], fsbp: ["ACM.1"] },
    allowed: `validation_method = "DNS", a certificate_authority_arn, or an ${METRIC_ALARM} on DaysToExpiry with the certificate as dimension CertificateArn`,
    types: ["aws_acm_certificate"],
    judge: either(
      equals("validation_method", "DNS"),
      given("certificate_authority_arn"),
      accompanied(METRIC_ALARM, "dimensions.CertificateArn", equals("metric_name", "DaysToExpiry")),
    ),
  },
  {
    id: "costs-notified",
    title: "A budget and a monitor of costs notify somebody",
    why: "The invoice is the first sign of a mistake, or of machines that an intruder started.",
    severity: "medium",
    controls: { soc2: ["CC7.2", "CC7.3"] },
    allowed: `a notification of the budget with an address or a topic; an ${SUBSCRIPTION} that names the monitor`,
    types: ["aws_budgets_budget", "aws_ce_anomaly_monitor"],
    judge: byType({
      aws_budgets_budget: notifies,
      aws_ce_anomaly_monitor: accompanied(SUBSCRIPTION, "monitor_arn_list"),
    }),
  },
  {
    id: "shield-cost-acknowledged",
    title: "Protections of Shield Advanced say what the subscription costs",
    why: "A subscription binds the account for a year, at USD 3000 a month, and nobody who approves the plan may know it.",
    severity: "low",
    controls: { soc2: ["CC9.2"] },
    allowed: `the tag ${ACKNOWLEDGEMENT} = "${ACKNOWLEDGED_COST}"`,
    types: ["aws_shield_protection"],
    judge: equals(`tags.${ACKNOWLEDGEMENT}`, ACKNOWLEDGED_COST),
  },
] as const satisfies readonly ResourceGuardrail[];

function acts({ values }: ResourceInstance): Verdict {
  const { alarm_actions: actions = null, actions_enabled: enabled = null } = values;
  if (isUnknown(enabled)) return undecided(`actions_enabled = ${show(enabled)}`);
  if (enabled === false) return broken("actions_enabled = false");
  return isEmpty(actions) ? broken(`alarm_actions = ${show(actions)}`) : HOLDS;
}

function readByComposite(alarm: ResourceInstance, root: RootConfiguration): Verdict {
  const rules = root.of(COMPOSITE_ALARM).map(({ values: { alarm_rule: rule = null } }) => rule);
  if (rules.some((rule) => names(rule, alarm))) return HOLDS;
  const open = rules.find(stemsFromNothing);
  const got = `no ${COMPOSITE_ALARM} whose alarm_rule names this alarm`;
  return open === undefined ? broken(got) : undecided(got);
}

/** A rule has the name or the ARN of an alarm in quotes. */
function names(rule: HclValue, alarm: ResourceInstance): boolean {
  if (typeof rule !== "string") return pointsAt(rule, alarm);
  return [alarm.values.arn, alarm.values.alarm_name].some((id) => isText(id ?? null) && rule.includes(`"${id}"`));
}

function notifies({ values }: ResourceInstance): Verdict {
  const subscribers = ["subscriber_email_addresses", "subscriber_sns_topic_arns"]
    .flatMap((argument) => itemsAt(values, `notification.${argument}`))
    .filter((subscriber) => !isEmpty(subscriber));
  const [open = null] = subscribers;
  if (open === null) return broken("no notification with a subscriber");
  return subscribers.every(stemsFromNothing) ? undecided(`notification: ${show(open)}`) : HOLDS;
}

function alarmed(stage: ResourceInstance, root: RootConfiguration): Verdict {
  const api = named(stage.values.rest_api_id ?? null, "aws_api_gateway_rest_api", root);
  if (api === undefined) return broken("no aws_api_gateway_rest_api in the root");
  return worst(
    OF_STAGES.map((metric) =>
      root.of(METRIC_ALARM).some((alarm) => isOn(alarm, metric, api)) ? HOLDS : broken(`no alarm on ${metric}`),
    ),
  );
}

/** Whether an alarm is on a metric of an API: its own, or one that it calculates with. */
function isOn({ values }: ResourceInstance, metric: string, api: ResourceInstance): boolean {
  return ["", "metric_query.metric."].some(
    (at) =>
      valuesAt(values, `${at}metric_name`).includes(metric) &&
      valuesAt(values, `${at}dimensions.ApiName`).some((name) => pointsAt(name, api)),
  );
}
