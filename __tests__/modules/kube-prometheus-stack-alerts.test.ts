import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AlertingRule, alertsOf, DEPLOYMENT_AGE } from "../../modules/kube-prometheus-stack/alerts";
import { describeWithPromtool, run } from "../support/kubernetes-tools";
import { CASES, replicaSet, type Series } from "./alert-cases";

const groups = alertsOf({ namespace: "shop", otherNamespaces: ["pooler"], probe: "api-probe", databaseCpus: 2 });
const alerts = groups.flatMap(({ rules }) => rules).filter((rule) => "alert" in rule);
const recording = groups.flatMap(({ rules }) => rules).filter((rule) => "record" in rule);

test("there is a case for each alert", () => {
  expect(Object.keys(CASES).sort()).toEqual(alerts.map(({ alert }) => alert).sort());
});

test("every question is answered by alerts, and each of its alerts names it", () => {
  expect(groups.map(({ name }) => name)).toEqual(["api", "pods", "database", "deployment"]);
  for (const { name, rules } of groups) {
    const own = rules.filter((rule) => "alert" in rule);
    expect(own.length).toBeGreaterThan(2);
    expect(new Set(own.map(({ labels }) => labels.question))).toEqual(new Set([name]));
  }
});

/** Tests for promtool: the rule fires in its cases with the labels of what it is about, and stays silent in the others. */
function casesOf({ alert, labels, annotations }: AlertingRule, name = alert): object[] {
  const { fires = {}, silent = {}, labels: own = [{}] } = CASES[alert] ?? {};
  const firing = own.map((one) => ({ exp_labels: { ...labels, ...one }, exp_annotations: annotations }));
  const test = (reason: string, series: Series, exp_alerts: readonly object[]) => ({
    interval: "1m",
    name: `${name}: ${reason}`,
    input_series: inputs(series),
    alert_rule_test: [{ eval_time: "100m", alertname: name, exp_alerts }],
  });
  return [
    ...Object.entries(fires).map(([reason, series]) => test(reason, series, firing)),
    ...Object.entries(silent).map(([reason, series]) => test(reason, series, [])),
  ];
}

const inputs = (series: Series) => Object.entries(series).map(([name, values]) => ({ series: name, values }));

/** The rule without its duration, with other thresholds or none, and without each condition and each selection. */
function mutantsOf({ for: duration, ...rule }: AlertingRule): AlertingRule[] {
  const { expr } = rule;
  const changed = (pattern: RegExp, by: (found: string) => readonly string[]) =>
    Array.from(expr.matchAll(pattern)).flatMap(({ 0: found, index }) =>
      by(found).map((other) => expr.slice(0, index) + other + expr.slice(index + found.length)),
    );
  const expressions = [
    // 0 and 1 are compared with counts and with truth values.
    ...changed(/(?<= [<>]=? )(?![01](?![\d.]))[\d.e]+/g, (number) => [
      `${Number(number) * 3}`,
      `${Number(number) / 3}`,
    ]),
    ...changed(/ (?:[<>]=?|==) [\d.e]+/g, () => [""]),
    ...changed(/ (?:and|or) .*/g, () => [""]),
    ...Array.from(expr.matchAll(/ (?:and|or) (?:on \([^)]*\) )?(.*)/g), ([, rest = ""]) => rest),
    ...Array.from(expr.matchAll(/\w+=~?"[^"]*"/g), ([selection]) =>
      expr.replaceAll(selection, selection.replace(/=~?".*/, '=~".*"')),
    ),
    ...Array.from(expr.matchAll(/"([^"|]*)\|/g), ([, first = ""]) => expr.replaceAll(`"${first}|`, '"')),
  ];
  const others = expressions.map((one) => ({ ...rule, expr: one, ...(duration !== undefined && { for: duration }) }));
  return duration === undefined ? others : [rule, ...others];
}

/** What promtool prints, also about tests that fail. */
function reportOf(args: readonly string[], folder: string): string {
  try {
    return run("promtool", args, folder);
  } catch (error) {
    return String(error);
  }
}

describeWithPromtool("the rules in Prometheus", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "groundplan-alerts-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const written = (name: string, content: object) => {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
    return name;
  };
  /** Tests each rule alone, beside the rules that record. @returns for each rule whether its tests pass */
  const pass = (tested: readonly (readonly [AlertingRule, readonly object[]])[]) => {
    const files = tested.map(([rule, tests], i) => {
      const rules = written(`${i}.rules.yaml`, { groups: [{ name: "tested", rules: [...recording, rule] }] });
      return written(`${i}.tests.yaml`, { rule_files: [rules], evaluation_interval: "1m", tests });
    });
    const report = reportOf(["test", "rules", ...files], folder);
    return files.map((file) => new RegExp(`Unit Testing: +${file}\n +SUCCESS\n`).test(report));
  };

  test("are valid", () => {
    const rules = written("rules.yaml", { groups });
    expect(run("promtool", ["check", "rules", rules], folder)).toContain(`SUCCESS: ${alerts.length + 1} rules found`);
  });

  test.each(alerts.map((rule) => [rule.alert, rule] as const))(
    "%s fires for its condition with the labels of what it is about, stays silent otherwise, and needs each of its parts for that",
    (_alert, rule) => {
      const mutants = mutantsOf(rule);
      const [passes, ...others] = pass([rule, ...mutants].map((one) => [one, casesOf(rule)]));
      expect(passes).toBe(true);
      const unnoticed = mutants.filter((_mutant, i) => others[i]);
      expect(unnoticed.map(({ expr, for: duration }) => [duration, expr])).toEqual([]);
    },
  );

  test("the age of a deployment does not change when an autoscaler changes the number of pods", () => {
    const series = {
      ...replicaSet("0x120"),
      'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-1"}': "2x60 7x60",
      'kube_replicaset_created{namespace="shop",replicaset="api-0"}': "0x120",
      'kube_replicaset_owner{namespace="shop",replicaset="api-0",owner_kind="Deployment",owner_name="api"}': "1x120",
      'kube_replicaset_spec_replicas{namespace="shop",replicaset="api-0"}': "0x120",
    };
    const labels = `${DEPLOYMENT_AGE}{namespace="shop",owner_name="api"}`;
    const promql = [{ expr: DEPLOYMENT_AGE, eval_time: "100m", exp_samples: [{ labels, value: 6000 }] }];
    const rules = written("age.rules.yaml", { groups: [{ name: "recording", rules: recording }] });
    const tests = [{ interval: "1m", input_series: inputs(series), promql_expr_test: promql }];
    const file = written("age.tests.yaml", { rule_files: [rules], evaluation_interval: "5m", tests });
    expect(run("promtool", ["test", "rules", file], folder)).toContain("SUCCESS");
  });
});
