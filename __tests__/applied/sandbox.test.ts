/** A sandbox, applied to a mock of AWS: it is made, and the root that ends it destroys it from the same state. */
import { sandbox } from "../../environments/formula/sandbox";
import { formulaSandboxes } from "../../environments/formula/sandbox/system";
import type { Decision } from "../../lib/judgement/gate";
import { liftProtection } from "../../lib/pipeline/delivery/unprotect";
import { readPlan } from "../../lib/terraform";
import { describeWithCloudNightly } from "../support/cloud/needed";
import { withCloud } from "../support/cloud/server";
import { StandingRoot } from "../support/cloud/standing";

const VALUES = { TF_VAR_name: "ada-1", TF_VAR_owner: "ada", TF_VAR_last_day: "2026-12-10", TF_VAR_slot: "3" };

describeWithCloudNightly("a sandbox", () => {
  let made: Decision;
  let subnets: string[];
  let last: Decision;
  let refused: unknown;
  let left: string[];

  beforeAll(async () => {
    const [making, ending] = formulaSandboxes(sandbox);
    if (making === undefined || ending === undefined) throw new Error("a root is missing");
    await withCloud(making.props.accountId, [making], async (cloud) => {
      const own = { ...cloud, environment: { ...cloud.environment, ...VALUES } };
      Object.assign(process.env, cloud.environment);
      const state = await StandingRoot.in(own, making, async (standing) => {
        await standing.apply();
        const again = await standing.plan();
        made = standing.gate(again);
        subnets = readPlan("sandbox", again)
          .resource_changes.filter(({ type }) => type === "aws_subnet")
          .map(({ change }) => String(change.after?.cidr_block));
        return standing.terraform("state", "pull");
      });
      await StandingRoot.in(cloud, ending, async (standing) => {
        standing.override(`${ending.address}/terraform.tfstate`, state);
        const plan = await standing.plan();
        last = standing.gate(plan);
        refused = await standing.applyPlan().catch((error: unknown) => error);
        await liftProtection(readPlan("sandbox", plan), making.props.region);
        await standing.plan();
        await standing.applyPlan();
        left = await standing.resources();
      });
    });
  }, 900_000);

  test("is made, has the addresses of its slot, and a second plan changes nothing", () => {
    const { isEmpty, changes, drift, guardrails } = made;
    expect({ isEmpty, changes, drift, broken: guardrails.broken, unknown: guardrails.unknown }).toEqual({
      isEmpty: true,
      changes: [],
      drift: [],
      broken: [],
      unknown: [],
    });
    expect(subnets.sort()).toEqual(["10.9.52.0/24", "10.9.53.0/24", "10.9.56.0/24", "10.9.57.0/24"]);
  });

  test("ends with a plan that only deletes and forgets, which nothing but approvals stands against", () => {
    expect(last.refused).toEqual([]);
    expect(new Set(last.changes.map(({ action }) => action))).toEqual(new Set(["delete", "forget"]));
  });

  test("is destroyed only after the deletion protection of its database is lifted, and its state is empty then", () => {
    expect(String(refused)).toContain("Cannot delete protected DB Instance");
    expect(left).toEqual([]);
  });
});
