import { readdirSync } from "node:fs";
import { AVAILABLE_SERVICES, CLOSED_TO_NEW_CUSTOMERS, ENDED } from "../../../../lib/judgement/guardrails/services";
import { Unknown } from "../../../../lib/judgement/hcl";
import { resourceOf } from "./fixture";
import { proveRows } from "./rows";

proveRows(AVAILABLE_SERVICES, {
  "service-not-ended": [
    ["holds for a service that continues", [resourceOf("aws_wafv2_web_acl", {})], "holds"],
    [
      "is broken if it has ended",
      [resourceOf("aws_qldb_ledger", {})],
      "broken: aws_qldb_ledger: QLDB, ended since 2025-07-31; use Aurora PostgreSQL",
    ],
    [
      "holds if its successor begins with the same name",
      [resourceOf("aws_kinesis_analytics_application_v2", {})],
      "holds",
    ],
  ],
  "service-open-to-new-customers": [
    ["holds if it is", [resourceOf("aws_ecs_service", {})], "holds"],
    [
      "is broken if it is not",
      [resourceOf("aws_apprunner_service", {})],
      "broken: aws_apprunner_service: App Runner, closed to new customers since 2026-04-30; use ECS on Fargate",
    ],
    [
      "holds if a tag says that the account used it before",
      [resourceOf("aws_apprunner_service", { tags: { UsedBeforeClosing: "This account used App Runner before" } })],
      "holds",
    ],
    [
      "is broken by a tag without a statement",
      [resourceOf("aws_apprunner_service", { tags: { UsedBeforeClosing: "" } })],
      "broken: aws_apprunner_service: App Runner, closed to new customers since 2026-04-30; use ECS on Fargate",
    ],
    [
      "is unknown if the tag is known only after the apply",
      [resourceOf("aws_apprunner_service", { tags: { UsedBeforeClosing: new Unknown() } })],
      "unknown: tags.UsedBeforeClosing = (known after apply)",
    ],
  ],
  "load-balancer-current": [
    ["holds for the current generation", [resourceOf("aws_lb", {})]],
    ["is broken for the previous generation", [resourceOf("aws_elb", {})], "broken: a resource of type aws_elb"],
  ],
});

/** The provider's bindings have a folder for each type: `apprunner-service`, `s3control-…`. */
const TYPES = readdirSync("node_modules/@cdktf/provider-aws/lib").map((name) => `aws_${name.replaceAll("-", "_")}`);

test.each([...ENDED, ...CLOSED_TO_NEW_CUSTOMERS])("the provider has resources of type $prefix", ({ prefix }) => {
  expect(TYPES.filter((type) => (prefix.endsWith("_") ? type.startsWith(prefix) : type === prefix))).not.toEqual([]);
});

test("no service is in both tables", () => {
  const ended = new Set(ENDED.map(({ prefix }) => prefix));
  expect(CLOSED_TO_NEW_CUSTOMERS.filter(({ prefix }) => ended.has(prefix))).toEqual([]);
});
