/**
 * Attempts to weaken a protection, by class: from other catalogues and from the table of types, each with the rule that
 * stops it.
 */
import type { GateInput } from "../../lib/judgement/gate";
import { judgeRoot } from "../../lib/judgement/guardrails/judge";
import { NOON, type Planned } from "../lib/judgement/gate/applied";
import { resourceOf, rootOf } from "../lib/judgement/guardrails/fixture";
import { ACCESS } from "./access";
import { APPROVED } from "./approvals";
import { type ChangeRow, CLASSES, type Class, OWN, type SynthRow } from "./attempt";
import { NO_KEYS, RIGHTS_OF_ACCOUNTS, SECRETS_BY_OTHER_NAMES } from "./circumvented";
import { CLUSTERS, CLUSTERS_AT_SYNTH } from "./clusters";
import { CONDITIONS_AT_SYNTH } from "./conditions-at-synth";
import { DATA } from "./data";
import { DETECTION } from "./detection";
import { ENCRYPTION } from "./encryption";
import { ENCRYPTION_AT_SYNTH } from "./encryption-at-synth";
import { ENDPOINTS } from "./endpoints";
import { EXCUSED } from "./exceptions";
import { EXPOSURE } from "./exposure";
import { FILES } from "./files";
import { OF_HOLDINGS, OF_MARKS, OF_UNJUDGED } from "./from-types";
import { FRONT_DOOR_AT_SYNTH } from "./front-door-at-synth";
import { HIDDEN_SECRETS } from "./hidden-secrets";
import { KEYS } from "./keys";
import { LOGGING } from "./logging";
import { MEASURED } from "./measured";
import { NETWORK } from "./network";
import { OTHER_SERVICES } from "./other-services";
import { OUTSIDE } from "./outside";
import { OVERLOOKED } from "./overlooked";
import { POLICIES } from "./policies";
import { POLICIES_AT_SYNTH } from "./policies-at-synth";
import { gateOn, type ProcedureRow, ROOT } from "./procedure";
import { ROLES } from "./roles";
import { SECRET_CHANGES, SECRETS_AT_SYNTH } from "./secrets";
import { SECRETS_IN_ARGUMENTS } from "./secrets-at-synth";
import { SERVICES_AT_SYNTH } from "./services-at-synth";
import { SIGN_IN } from "./sign-in";
import { STORAGE_AT_SYNTH } from "./storage-at-synth";
import { TRANSITIONS } from "./transitions";

const CHANGES: Readonly<Partial<Record<Class, readonly ChangeRow[]>>> = {
  "types and arguments": [
    ...ACCESS,
    ...ROLES,
    ...SIGN_IN,
    ...NETWORK,
    ...EXPOSURE,
    ...ENDPOINTS,
    ...DETECTION,
    ...LOGGING,
    ...DATA,
    ...OTHER_SERVICES,
    ...OUTSIDE,
    ...OVERLOOKED,
    ...CLUSTERS,
    ...MEASURED,
  ],
  policies: POLICIES,
  secrets: SECRET_CHANGES,
  "keys and disks": [...KEYS, ...ENCRYPTION],
};

const AT_SYNTH: Readonly<Partial<Record<Class, readonly SynthRow[]>>> = {
  "types and arguments": [...STORAGE_AT_SYNTH, ...FRONT_DOOR_AT_SYNTH, ...SERVICES_AT_SYNTH, ...CLUSTERS_AT_SYNTH],
  policies: [...POLICIES_AT_SYNTH, ...CONDITIONS_AT_SYNTH, ...RIGHTS_OF_ACCOUNTS],
  secrets: [...SECRETS_AT_SYNTH, ...SECRETS_IN_ARGUMENTS, ...HIDDEN_SECRETS, ...SECRETS_BY_OTHER_NAMES],
  "keys and disks": [...ENCRYPTION_AT_SYNTH, ...NO_KEYS],
};

const PROCEDURES: Readonly<Partial<Record<Class, readonly ProcedureRow[]>>> = {
  files: FILES,
  approvals: APPROVED,
  exceptions: EXCUSED,
  "types and arguments": TRANSITIONS,
};

const FROM_TYPES: readonly ChangeRow[] = [...OF_HOLDINGS, ...OF_UNJUDGED, ...OF_MARKS];

function planned(rows: readonly ChangeRow[]): Planned[] {
  return rows.map(([, , type, before, after], i) => ({ address: `module.attempt.${type}.a${i}`, type, before, after }));
}

/** Changes that the gate lets through, all in one plan: a finding has to name the address of its change. */
function passedGate(rows: readonly ChangeRow[], more: Partial<GateInput> = {}): string[] {
  const changes = planned(rows);
  const { refused, toApprove } = gateOn(ROOT, changes, more);
  const stops = new Set([
    ...refused.map(({ address }) => `refused ${address}`),
    ...toApprove.map(({ address, approval }) => `${approval} ${address}`),
  ]);
  return rows.flatMap(([id, what, , , , stop = "security"], i) =>
    stops.has(`${stop} ${changes[i]?.address}`) ? [] : [`${id}: ${what} (${stop})`],
  );
}

/** For attempts on marks, every type counts as judged, so that only the mark can stop the change. */
function passedTypes(): string[] {
  const judged = ["aws", "kubernetes", "helm"].map((provider) => ({
    provider,
    reason: "To try marks.",
    owner: "platform",
    day: "2026-11-29",
  }));
  return [...passedGate([...OF_HOLDINGS, ...OF_UNJUDGED]), ...passedGate(OF_MARKS, { judged })];
}

const IN_ACCOUNT = { providers: { aws: [{ allowed_account_ids: [OWN] }] } };

function passedSynth(rows: readonly SynthRow[]): string[] {
  const today = NOON.toISOString().slice(0, 10);
  return rows.flatMap(([id, what, guardrail, type, values]) => {
    const { broken } = judgeRoot(rootOf([resourceOf(type, values)], IN_ACCOUNT), [], today);
    return broken.some((finding) => finding.guardrail.id === guardrail) ? [] : [`${id}: ${what} (${guardrail})`];
  });
}

/** A decision other than a pass, with a finding about the attempt. */
function passedProcedure(rows: readonly ProcedureRow[]): string[] {
  return rows.flatMap(([id, what, decide, words]) => {
    const { decision, refused, missing, guardrails } = decide();
    const findings = [...refused, ...guardrails.broken].map((one) => `${one.guardrail.id} ${one.address} ${one.got}`);
    const isNamed = [...findings, ...missing, ...guardrails.problems].some((text) => text.includes(words));
    return decision !== "pass" && isNamed ? [] : [`${id}: ${what}`];
  });
}

const attempts = CLASSES.map((name) => {
  const [changes = [], synth = []] = [CHANGES[name], AT_SYNTH[name]];
  const procedures = PROCEDURES[name] ?? [];
  const fromTypes = name === "types and arguments" ? FROM_TYPES : [];
  return { name, changes, synth, procedures, fromTypes, count: changes.length + synth.length + procedures.length };
});

const passed = new Map<Class, string[]>();

test.each(attempts)("each attempt of the class $name is stopped", ({ name, changes, synth, procedures, fromTypes }) => {
  const found = [
    ...passedGate(changes),
    ...passedSynth(synth),
    ...passedProcedure(procedures),
    ...(fromTypes.length === 0 ? [] : passedTypes()),
  ];
  passed.set(name, found);
  expect(found).toEqual([]);
});

test("there are at least 300 attempts, and some in each class", () => {
  expect(attempts.reduce((sum, { count }) => sum + count, 0)).toBeGreaterThan(300);
  expect(attempts.filter(({ count }) => count === 0)).toEqual([]);
});

test("a plan without the attempts passes the gate", () => {
  const rows = attempts.flatMap(({ changes }) => changes).filter(([, , , before]) => before !== null);
  const unchanged = planned(rows).map((one) => ({ ...one, after: one.before, actions: ["no-op"] }));
  const { refused, toApprove } = gateOn(ROOT, unchanged);
  expect([...refused, ...toApprove]).toEqual([]);
});

test("changes that only look like an attempt need no approval", () => {
  const image = (tag: string) => ({ container_definitions: `[{"image":"public.ecr.aws/otel/collector:${tag}"}]` });
  const rows: ChangeRow[] = [
    ["types", "resize a job of an unjudged type", "aws_glue_job", { number_of_workers: 2 }, { number_of_workers: 4 }],
    ["types", "wait longer", "aws_glue_job", { timeout: 60 }, { timeout: 90 }],
    ["types", "another tag of a public image", "aws_ecs_task_definition", image("0.40"), image("0.41")],
    [
      "types",
      "the end of a rule between services",
      "aws_cloudwatch_event_rule",
      { event_pattern: '{"source":["a"]}' },
      null,
    ],
    [
      "types",
      "a new time of a rule",
      "aws_cloudwatch_event_rule",
      { schedule_expression: "rate(1 day)" },
      { schedule_expression: "rate(1 hour)" },
    ],
    [
      "types",
      "the end of a queue's subscription",
      "aws_sns_topic_subscription",
      { endpoint: `arn:aws:sqs:us-east-1:${OWN}:q` },
      null,
    ],
    [
      "types",
      "more types of events",
      "aws_db_event_subscription",
      { event_categories: ["a"] },
      { event_categories: ["a", "b"] },
    ],
    ["types", "a higher limit of costs", "aws_budgets_budget", { limit_amount: "100" }, { limit_amount: "200" }],
    [
      "types",
      "an image of an addon",
      "aws_eks_addon",
      { configuration_values: "{}" },
      { configuration_values: '{"replicaCount":3}' },
    ],
    ["types", "a longer way back", "aws_rds_cluster", { backtrack_window: 3600 }, { backtrack_window: 86400 }],
  ];
  const { refused, toApprove } = gateOn(ROOT, planned(rows));
  expect([...refused, ...toApprove]).toEqual([]);
});

afterAll(() => {
  const lines = attempts.map(({ name, count, fromTypes }) => {
    const all = count + fromTypes.length;
    return { name, all, through: passed.get(name)?.length ?? all };
  });
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0);
  const line = (name: string, all: number, through: number) =>
    `${name}: ${all}, stopped: ${all - through}, passed: ${through}`;
  const text = [
    line(
      "attempts",
      sum(({ all }) => all),
      sum(({ through }) => through),
    ),
    ...lines.map(({ name, all, through }) => `  ${line(name, all, through)}`),
    `  in the source: ${sum(({ all }) => all) - FROM_TYPES.length}, from the table of types: ${FROM_TYPES.length}`,
  ];
  process.stdout.write(`${text.join("\n")}\n`);
});
