/** The check of policies, and its result for the roots that no other test plans. The tests of systems and accounts call it for theirs. */
import type { Root } from "../../lib";
import { Configurations, readTree } from "../../lib/judgement/configuration";
import { inParallel } from "../../lib/terraform";
import { roots } from "../../main";
import { isNightly } from "../support/nightly";
import { PLAN_TIMEOUT, type Planned } from "../support/planned";
import { describeWithTerraform } from "../support/terraform-needed";
import { committedPlan } from "./committed-plan";
import { TREE } from "./committed-tree";
import { problems, type Statement, testPolicies } from "./policies";

const PLANNED_BY_OTHERS = /^(accounts|environments\/(credentialmate|orders))\//;
const tree = new Configurations(readTree(TREE));
const withRoles = roots.filter(
  ({ address }) => !PLANNED_BY_OTHERS.test(address) && tree.root(address).of("aws_iam_role").length > 0,
);
/** A pull request plans the roots of production, the nightly tests plan all. */
const isPlanned = ({ props }: Root) => isNightly || props.production !== false;
const planned = withRoles.filter(isPlanned).map(({ address }) => address);

describeWithTerraform("the policies of other roots", () => {
  let plans: Planned[];
  beforeAll(async () => {
    const leftOut = withRoles.filter((root) => !isPlanned(root)).map(({ address }) => address);
    if (leftOut.length > 0) console.info(`not planned: ${leftOut.join(", ")}`);
    plans = await inParallel(planned, committedPlan);
  }, PLAN_TIMEOUT);

  for (const [i, address] of planned.entries()) testPolicies(address, () => plans[i]);
});

const GROUP = "arn:aws:codedeploy:us-east-1:111122223333:deploymentgroup:api/api";
const CLUSTER = "arn:aws:ecs:us-east-1:111122223333:cluster/shop";

test.each([
  ["an action that does not exist", "s3:GetObjects", "arn:aws:s3:::shop/*", "s3:GetObjects does not exist"],
  ["a pattern of no action", "s3:Fetch*", "arn:aws:s3:::shop/*", "s3:Fetch* does not exist"],
  [
    "an ARN for an action that takes none",
    "codedeploy:StopDeployment",
    GROUP,
    `codedeploy:StopDeployment knows none of ${GROUP}`,
  ],
  ["an ARN of another type", "ecs:RunTask", CLUSTER, `ecs:RunTask knows none of ${CLUSTER}`],
  [
    "everything for an action that takes ARNs",
    "sqs:SendMessage",
    "*",
    "sqs:SendMessage takes ARNs, and is allowed on *",
  ],
  [
    "objects for an action on buckets",
    "s3:ListBucket",
    "arn:aws:s3:::shop/*",
    "s3:ListBucket knows none of arn:aws:s3:::shop/*",
  ],
])("%s is found", (_what, action, resource, problem) => {
  const statement: Statement = {
    Sid: "Test",
    Effect: "Allow",
    Action: [action],
    Resource: [resource],
  };
  expect(problems(statement)).toEqual([problem]);
});
