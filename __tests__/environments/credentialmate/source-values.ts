/** Values that the tree gives before a plan, compared with the values of a plan that Terraform makes. */
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { sourceOf } from "../../../lib/judgement/configuration/plan";
import { type HclValue, isList, isMapping, Unknown } from "../../../lib/judgement/hcl";
import type { Planned } from "../../support/planned";
import { TREE } from "../committed-tree";

/** Arguments that the provider normalizes. */
const NORMALIZED: Readonly<Record<string, string>> = {
  "aws_acm_certificate subject_alternative_names": "the domain itself is added",
  "aws_db_instance maintenance_window": "days are in lower case",
};

/** Lists of the source that are sets of the provider, which orders them. */
const SETS = new Set([
  "aws_cloudwatch_metric_alarm metric_query",
  "aws_db_parameter_group parameter",
  "aws_s3_bucket_cors_configuration cors_rule",
  "aws_wafv2_web_acl rule",
]);

/** @param path of the planned root */
export function testSourceValues(path: string, plan: () => Planned | undefined): void {
  test("every value that both the source and the plan know is the same", () => {
    const root = new Configurations(readTree(TREE)).root(path);
    const changes = plan()?.changes ?? [];
    const compared = changes.flatMap((planned) => {
      const { address, type, change } = planned;
      const source = sourceOf(planned, root)?.values ?? {};
      return Object.entries(source).flatMap(([name, value]) =>
        compare(`${type} ${name}`, `${address}: ${name}`, value, change.after?.[name]),
      );
    });
    const apart = compared.filter(({ isSame }) => !isSame);
    expect([...new Set(apart.map(({ kind }) => kind))].sort()).toEqual(Object.keys(NORMALIZED));
    expect(changes.filter((change) => sourceOf(change, root) === undefined)).toEqual([]);
    expect(compared.length).toBeGreaterThanOrEqual(800);
  });
}

interface Comparison {
  readonly kind: string;
  readonly place: string;
  readonly isSame: boolean;
}

/** One comparison for each scalar. Each element of a set must have an equal element. */
function compare(kind: string, place: string, source: HclValue, value: unknown): Comparison[] {
  if (source === null || source instanceof Unknown || value === undefined || value === null) return [];
  if (Array.isArray(value)) {
    const items = isList(source) ? source : [source];
    if (items.length !== value.length) return [{ kind, place, isSame: false }];
    return items.flatMap((item, i) => {
      const others = SETS.has(kind) ? value : [value[i]];
      const candidates = others.map((other) => compare(kind, `${place}[${i}]`, item, other));
      return candidates.find((all) => all.every(({ isSame }) => isSame)) ?? candidates[0] ?? [];
    });
  }
  if (isMapping(source)) {
    const members = new Map(Object.entries(value));
    return Object.entries(source).flatMap(([name, member]) =>
      compare(kind, `${place}.${name}`, member, members.get(name)),
    );
  }
  return [{ kind, place, isSame: source === value }];
}
