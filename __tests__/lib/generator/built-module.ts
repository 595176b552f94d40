/** A generated module around the `build` function of a test. */
import type { Construct } from "constructs";
import { z } from "zod";
import { defineModule, type Expression, hcl, type Ref, set } from "../../../lib";
import { codeOf, isExpression } from "../../../lib/generator/expression/code";
import type { ProviderAlias } from "../../../lib/generator/module/resource";
import { deployTime, emitted } from "./support";

const inputs = {
  zones: set(z.string()).default([]).describe("d"),
  subnets: z
    .record(z.string(), z.object({ cidr: z.string(), mapPublicIp: z.boolean() }))
    .default({})
    .describe("d"),
  name: z.string().min(1).nullable().default(null).describe("d"),
  logs: z.boolean().default(true).describe("d"),
};

export type Inputs = { readonly [K in keyof typeof inputs]: Ref<z.output<(typeof inputs)[K]>> };

interface Built {
  /** main.tf.json. */
  readonly main: unknown;
  /** outputs.tf.json; the output `made` is the expression that the function gave back. */
  readonly outputs: unknown;
}

export function built(build: (scope: Construct, input: Inputs, replica: ProviderAlias) => unknown): Built {
  const Fixture = defineModule({
    name: "fixture",
    description: "d",
    inputs,
    outputs: { read: z.string().describe("d"), made: z.string().describe("d") },
    providers: ["aws", "aws.replica"],
    example: {},
    build: (scope, input, providers) => ({
      made: asText(build(scope, input, providers["aws.replica"])),
      read: hcl<string>`jsonencode(${Object.values(input)})`,
    }),
  });
  return { main: emitted(Fixture, "main.tf.json"), outputs: emitted(Fixture, "outputs.tf.json") };
}

function asText(value: unknown): Expression<string> {
  if (!isExpression(value)) return hcl<string>`null`;
  const { hcl: code, owner } = codeOf(value);
  return owner === undefined ? hcl<string>`${value}` : deployTime<string>(code, owner);
}
