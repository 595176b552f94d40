/** Attempts by the action of a plan: replaced, forgotten, deposed, imported, moved, known only after the apply. */
import type { Json } from "../../lib/judgement/configuration/json";
import type { Decision } from "../../lib/judgement/gate";
import { FOREIGN } from "./attempt";
import { gateOn, type ProcedureRow, ROOT } from "./procedure";

/** A plan with one change, as Terraform writes it. */
function planned(type: string, change: object, more: Json = {}): () => Decision {
  const address = `module.attempt.${type}.x`;
  const entry = { address, module_address: "module.attempt", mode: "managed", type, name: "x", change, ...more };
  return () => gateOn(ROOT, [], {}, { resource_changes: [entry] });
}

const gone = { before: { id: "x" }, after: null };
const stays = (values: Json) => ({ actions: ["no-op"], before: values, after: values, importing: { id: "x" } });
const becomes = (before: Json, after: Json, unknown: Json = {}) => ({
  actions: ["update"],
  before,
  after,
  after_unknown: unknown,
});

export const TRANSITIONS: readonly ProcedureRow[] = [
  [
    "types",
    "replace a disk by one that is made first",
    planned("aws_ebs_volume", { actions: ["create", "delete"], before: { id: "a" }, after: { id: "b" } }),
    "no backup",
  ],
  ["types", "forget a database", planned("aws_db_instance", { actions: ["forget"], ...gone }), "data"],
  [
    "types",
    "forget a database and make another",
    planned("aws_db_instance", { actions: ["create", "forget"], before: { id: "a" }, after: { id: "b" } }),
    "no backup",
  ],
  ["types", "forget a role", planned("aws_iam_role", { actions: ["forget"], ...gone }), "security"],
  ["types", "forget a trail", planned("aws_cloudtrail", { actions: ["forget"], ...gone }), "security"],
  ["types", "forget an alarm", planned("aws_cloudwatch_metric_alarm", { actions: ["forget"], ...gone }), "security"],
  [
    "types",
    "delete a deposed database",
    planned("aws_db_instance", { actions: ["delete"], ...gone }, { deposed: "0a1b2c3d" }),
    "no backup",
  ],
  [
    "types",
    "replace a detector by one that is off",
    planned("aws_guardduty_detector", {
      actions: ["delete", "create"],
      before: { enable: true },
      after: { enable: false },
    }),
    "security",
  ],
  ["types", "take over a policy", planned("aws_s3_bucket_policy", stays({ policy: "{}" })), "security"],
  [
    "types",
    "take over a role of another account",
    planned("aws_iam_role", stays({ arn: `arn:aws:iam::${FOREIGN}:role/x` })),
    FOREIGN,
  ],
  [
    "types",
    "weaken a database that moves",
    planned("aws_db_instance", becomes({ deletion_protection: true }, { deletion_protection: false }), {
      previous_address: "module.attempt.aws_db_instance.old",
    }),
    "security",
  ],
  [
    "types",
    "give a queue a policy that is not known yet",
    planned("aws_sqs_queue", becomes({ policy: "{}" }, {}, { policy: true })),
    "security",
  ],
  [
    "types",
    "give a database a group that is not known yet",
    planned(
      "aws_db_instance",
      becomes(
        { vpc_security_group_ids: ["sg-1"] },
        { vpc_security_group_ids: ["sg-1", null] },
        { vpc_security_group_ids: [false, true] },
      ),
    ),
    "security",
  ],
  [
    "types",
    "open a shell beside a new tag",
    planned(
      "aws_ecs_service",
      becomes({ tags: { a: "b" }, enable_execute_command: null }, { tags: { a: "c" }, enable_execute_command: true }),
    ),
    "security",
  ],
];
