import { QuicksightAnalysis } from "@cdktf/provider-aws/lib/quicksight-analysis";
import { QuicksightDashboard } from "@cdktf/provider-aws/lib/quicksight-dashboard";
import { QuicksightTemplate } from "@cdktf/provider-aws/lib/quicksight-template";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Wafv2RuleGroup } from "@cdktf/provider-aws/lib/wafv2-rule-group";
import type { Construct } from "constructs";
import { z } from "zod";
import { blockForEach, resource, soleBlockIf } from "../../../../lib";
import { built, type Inputs } from "../built-module";

const VISIBILITY = { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: "m" };

/** Resources without their types and names. */
const entries = <S extends z.ZodType>(schema: S) =>
  z.record(z.string(), schema).transform((named) => Object.values(named));
const MAIN = z.object({ resource: entries(entries(z.unknown())) });

/** A rule group whose only rule has the statement. */
const ruled = (statement: (input: Inputs) => object) =>
  built((scope: Construct, input: Inputs) =>
    resource(scope, Wafv2RuleGroup, "this", {
      name: "g",
      scope: "REGIONAL",
      capacity: 10,
      visibilityConfig: VISIBILITY,
      rule: [
        { name: "r", priority: 1, action: { count: {} }, visibilityConfig: VISIBILITY, statement: statement(input) },
      ],
    }),
  );

test.each<[string, object, string, string]>([
  ["a block", { rateBasedStatement: { limit: 100 } }, "rateBasedStatement", "rate_based_statement"],
  ["an argument", { rate_based_statement: { aggregateKeyType: "IP" } }, "aggregateKeyType", "aggregate_key_type"],
  [
    "a block in a list",
    { or_statement: { statement: [{ geoMatchStatement: {} }] } },
    "geoMatchStatement",
    "geo_match_statement",
  ],
])("%s without a type and with keys in camel case is refused", (_, statement, got, allowed) => {
  expect(() => ruled(() => statement)).toThrow(
    new RegExp(
      `^modules/fixture \\(__tests__/lib/generator/module/untyped-blocks\\.test\\.ts:\\d+:\\d+\\)\\n {2}aws_wafv2_rule_group\\.this: got ${got} in a block without a type; allowed: the spelling of Terraform: ${allowed}$`,
    ),
  );
});

test("such a block in a dynamic block is refused, too", () => {
  expect(() => ruled(({ logs }) => ({ not_statement: soleBlockIf(logs, { geoMatchStatement: {} }) }))).toThrow(
    "got geoMatchStatement in a block without a type",
  );
});

test("dynamic blocks work inside of blocks without a type", () => {
  const { main } = ruled(({ logs, zones }) => ({
    or_statement: {
      statement: [
        { geo_match_statement: soleBlockIf(logs, { country_codes: ["DE"] }) },
        {
          rate_based_statement: {
            limit: 100,
            custom_key: blockForEach(zones, (zone) => ({
              header: { name: zone, text_transformation: [{ priority: 0 }] },
            })),
          },
        },
      ],
    },
  }));
  expect(main).toHaveProperty("resource.aws_wafv2_rule_group.this.rule.0.statement", {
    or_statement: {
      statement: [
        {
          dynamic: {
            geo_match_statement: { for_each: "${var.logs ? [true] : []}", content: { country_codes: ["DE"] } },
          },
        },
        {
          rate_based_statement: {
            limit: 100,
            dynamic: {
              custom_key: {
                for_each: "${var.zones}",
                iterator: "block",
                content: { header: { name: "${block.value}", text_transformation: [{ priority: 0 }] } },
              },
            },
          },
        },
      ],
    },
  });
});

describe("the definition of QuickSight", () => {
  const IDS = { awsAccountId: "111122223333", name: "Orders" };
  const SHEETS = { sheets: [{ sheet_id: "orders", title: "Orders" }] };

  test.each<[string, (scope: Construct, definition: object) => unknown]>([
    [
      "an analysis",
      (scope, definition) => resource(scope, QuicksightAnalysis, "this", { ...IDS, analysisId: "orders", definition }),
    ],
    [
      "a dashboard",
      (scope, definition) =>
        resource(scope, QuicksightDashboard, "this", {
          ...IDS,
          dashboardId: "orders",
          versionDescription: "1",
          definition,
        }),
    ],
    [
      "a template",
      (scope, definition) =>
        resource(scope, QuicksightTemplate, "this", {
          ...IDS,
          templateId: "orders",
          versionDescription: "1",
          definition,
        }),
    ],
  ])("of %s keeps Terraform's spelling, takes dynamic blocks, and refuses camel case", (_, write) => {
    const { main } = built((scope, { zones }) =>
      write(scope, {
        ...SHEETS,
        data_set_identifiers_declarations: blockForEach(zones, (zone) => ({ identifier: zone, data_set_arn: "arn" })),
      }),
    );
    const data_set_identifiers_declarations = {
      for_each: "${var.zones}",
      iterator: "block",
      content: { data_set_arn: "arn", identifier: "${block.value}" },
    };
    expect(MAIN.parse(main).resource).toMatchObject([
      [{ definition: { ...SHEETS, dynamic: { data_set_identifiers_declarations } } }],
    ]);
    expect(() => built((scope) => write(scope, { sheets: [{ sheetId: "orders" }] }))).toThrow(
      "got sheetId in a block without a type; allowed: the spelling of Terraform: sheet_id",
    );
  });
});

test("the keys of a map are the author's", () => {
  const { main } = built((scope) => resource(scope, S3Bucket, "this", { tags: { backupPlan: "daily" } }));
  expect(main).toHaveProperty("resource.aws_s3_bucket.this.tags", { backupPlan: "daily" });
});
