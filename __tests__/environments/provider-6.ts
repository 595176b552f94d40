/**
 * Plans in the shape of version 6 of the AWS provider, which is not on every machine: those of version 5, with the attributes that
 * version 6 adds by itself.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
 */
import { Configurations, planned, readTree } from "../../lib/judgement/configuration";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import type { ResourceChange } from "../../lib/terraform";
import type { Planned } from "../support/planned";
import { TREE } from "./committed-tree";

const tree = new Configurations(readTree(TREE));

/** Services without regions: their resources have no `region` in version 6 either. */
const GLOBAL = /^aws_(iam|route53|cloudfront|organizations|budgets|ce|shield)_|^aws_s3_account_public_access_block$/;

type Attributes = ResourceChange["change"]["after"];

function inRegion(change: ResourceChange, region: string): ResourceChange {
  if (!change.type.startsWith("aws_") || GLOBAL.test(change.type)) return change;
  const own = change.type === "aws_s3_bucket" ? { bucket_region: region, region } : { region };
  const after: Attributes = change.change.after && { ...change.change.after, ...own };
  // Version 5 knows the region of a bucket only after the apply.
  const unknown = { ...Object(change.change.after_unknown), region: false, bucket_region: false };
  return { ...change, change: { ...change.change, after, after_unknown: unknown } };
}

/** The plan after an apply with version 5: version 6 adds the region and changes nothing. */
function afterVersion5({ change, ...rest }: ResourceChange): ResourceChange {
  return {
    ...rest,
    change: { ...change, actions: ["no-op"], before: change.after && { ...change.after, region: null } },
  };
}

function fired(root: string, changes: readonly ResourceChange[]): string[] {
  const { broken, unknown } = judgeRoot(planned(tree.root(root), changes), [], "2026-11-29");
  return [...new Set([...broken, ...unknown].map(({ guardrail }) => guardrail.id))];
}

/** @param root path of the planned root */
export function testProvider6(root: string, region: string, plan: () => Planned): void {
  test("every guardrail holds on a plan of version 6, and finds a resource in another region", () => {
    const { changes } = plan();
    const first = changes.map((change) => inRegion(change, region));
    expect(first.filter(({ change }) => change.after?.region === region).length).toBeGreaterThan(20);
    expect(fired(root, first)).toEqual([]);
    expect(
      fired(
        root,
        changes.map(afterVersion5).map((change) => inRegion(change, region)),
      ),
    ).toEqual([]);
    const [moved] = first.filter(({ type }) => type === "aws_s3_bucket" || type === "aws_cloudwatch_log_group");
    const elsewhere = first.map((change) => (change === moved ? inRegion(change, "ap-south-1") : change));
    expect(fired(root, elsewhere)).toEqual(["resource-in-provider-region"]);
  });
}
