import { CompositeAlarms } from "../../modules/composite-alarms";
import { failure, newRoot } from "../lib/generator/support";
import { evaluated } from "../support/evaluated";

const topicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";
const pageTopicArn = "arn:aws:sns:eu-central-1:111122223333:pages";
const arn = (alarm: string) => `arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${alarm}`;

const fault = { description: "Short of CPU", allOf: [arn("cpu")], anyOf: [arn("requests"), arn("refused")] };

const planned = evaluated((root) => {
  new CompositeAlarms(root, "serving", {
    name: "shop",
    topicArn,
    pageTopicArn,
    alarms: {
      cpu: { ...fault, runbook: "Look first at the tasks" },
      down: { ...fault, severity: "Critical", allOf: [arn("tasks"), arn("health")] },
    },
  });
});

const alarm = (key: string) => planned.values(`module.serving.aws_cloudwatch_composite_alarm.this["${key}"]`);

test("an alarm is on while all of some alarms and one of others are, in an order that does not change", () => {
  expect(alarm("cpu")).toMatchObject({
    alarm_name: "shop-cpu",
    alarm_description: "Short of CPU\n\nLook first at the tasks",
    alarm_rule: `ALARM("${arn("cpu")}") AND (ALARM("${arn("refused")}") OR ALARM("${arn("requests")}"))`,
  });
  expect(alarm("down").alarm_rule).toBe(
    `ALARM("${arn("health")}") AND ALARM("${arn("tasks")}") AND (ALARM("${arn("refused")}") OR ALARM("${arn("requests")}"))`,
  );
});

test("a critical alarm pages as well, and its severity is a tag", () => {
  expect(alarm("cpu")).toMatchObject({ alarm_actions: [topicArn], ok_actions: [topicArn], tags: null });
  expect(alarm("down")).toMatchObject({
    alarm_actions: [topicArn, pageTopicArn],
    ok_actions: [topicArn, pageTopicArn],
    tags: { Severity: "Critical" },
  });
});

test("without a topic that pages, a critical alarm notifies the other one alone", () => {
  const alone = evaluated((root) => {
    new CompositeAlarms(root, "alone", {
      name: "shop",
      topicArn,
      alarms: { down: { ...fault, severity: "Critical" } },
    });
  });
  expect(alone.values('module.alone.aws_cloudwatch_composite_alarm.this["down"]').alarm_actions).toEqual([topicArn]);
});

test("an alarm without others is refused", () => {
  const call = () =>
    new CompositeAlarms(newRoot(), "none", { name: "shop", topicArn, alarms: { cpu: { ...fault, anyOf: [] } } });
  expect(failure(call).message).toContain("anyOf: got []; allowed:");
});
