import { planned } from "../../../../lib/judgement/configuration";
import { REGIONS } from "../../../../lib/judgement/guardrails/regions";
import { type HclValue, Reference } from "../../../../lib/judgement/hcl";
import type { ResourceChange } from "../../../../lib/terraform";
import { resourceOf, rootOf } from "./fixture";
import { proveRows } from "./rows";

const aws = { aws: [{ region: "eu-central-1" }, { alias: "replica", region: "eu-west-1" }] };
const bucket = (values: { readonly [argument: string]: HclValue }) => resourceOf("aws_s3_bucket", values);
const inRoot = (...resources: ReturnType<typeof bucket>[]) => ({ providers: aws, resources });

proveRows(REGIONS, {
  "resource-in-provider-region": [
    ["holds if a resource has none", inRoot(bucket({ bucket: "a", region: null })), "holds"],
    ["is broken by another region", inRoot(bucket({ region: "us-east-1" })), 'broken: region = "us-east-1"'],
    [
      "is broken by the provider's own region in the source, which a change of the provider would leave behind",
      inRoot(bucket({ region: "eu-central-1" })),
      'broken: region = "eu-central-1"',
    ],
    [
      "is left to the plan where only Terraform knows the region",
      inRoot(bucket({ region: new Reference("var.region") })),
      "unknown: region = ${var.region}",
    ],
    [
      "holds for a type that is about another region",
      inRoot(resourceOf("aws_servicequotas_template", { region: "us-east-1" })),
      "holds",
    ],
    ["holds for other providers", inRoot(resourceOf("google_pubsub_topic", { region: "europe-west3" })), "holds"],
  ],
});

/** A bucket as version 6 of the provider plans it: `region` is computed where nobody sets it. */
function change(before: ResourceChange["change"]["before"], region: string): ResourceChange {
  return {
    address: "module.call.aws_s3_bucket.this",
    module_address: "module.call",
    mode: "managed",
    type: "aws_s3_bucket",
    name: "this",
    change: {
      actions: [before === null ? "create" : "update"],
      before,
      after: { bucket: "a", region },
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
      replace_paths: [],
    },
  };
}

test("a plan of version 6 fills in the region of the configuration, and no other", () => {
  const root = rootOf([bucket({ bucket: "a" })], { providers: aws });
  const [row] = REGIONS;
  const verdict = (region: string, before: ResourceChange["change"]["before"], from = root) => {
    const after = planned(from, [change(before, region)]);
    return after.of("aws_s3_bucket").map((resource) => row.judge(resource).outcome);
  };
  expect(verdict("eu-central-1", null)).toEqual(["holds"]);
  expect(verdict("eu-west-1", null)).toEqual(["holds"]);
  expect(verdict("us-east-1", null)).toEqual(["broken"]);
  // State of version 5 knows no region of the resource.
  expect(verdict("eu-central-1", { bucket: "a", region: null })).toEqual(["holds"]);
  const set = rootOf([bucket({ bucket: "a", region: "eu-west-1" })], { providers: aws });
  expect(verdict("eu-west-1", null, set)).toEqual(["broken"]);
});
