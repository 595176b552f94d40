/** Each component is planned alone, without an account and without the other components. */
import { rootParts } from "../../../lib/generator/root/root-path";
import { inParallel } from "../../../lib/terraform";
import { roots } from "../../../main";
import { isNightly } from "../../support/nightly";
import { PLAN_TIMEOUT, type Planned } from "../../support/planned";
import { describeWithTerraform } from "../../support/terraform-needed";
import { committedPlan } from "../committed-plan";

/** The resource that a component is there for. */
const ESSENCE: Readonly<Record<string, string>> = {
  network: "aws_vpc",
  database: "aws_rds_cluster",
  registry: "aws_ecr_repository",
  api: "aws_apprunner_service",
  frontend: "aws_cloudfront_distribution",
  observability: "aws_cloudwatch_dashboard",
};

/** A pull request plans production, the nightly tests plan all. */
const planned = roots
  .map(({ address }) => address)
  .filter((address) => address.startsWith("environments/vitality/"))
  .filter((address) => isNightly || rootParts(address).environment === "prod");

describeWithTerraform("the components of Vitality", () => {
  let plans: Planned[];
  beforeAll(async () => {
    plans = await inParallel(planned, committedPlan);
  }, PLAN_TIMEOUT);

  test.each(planned)("%s creates all of its resources", (address) => {
    const plan = plans[planned.indexOf(address)];
    expect(plan?.all(ESSENCE[rootParts(address).component] ?? "")).not.toEqual([]);
    const actions = plan?.changes.flatMap(({ change }) => change.actions) ?? [];
    expect(new Set(actions.filter((action) => action !== "read"))).toEqual(new Set(["create"]));
  });
});
