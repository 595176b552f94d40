import { readFileSync } from "node:fs";
import path from "node:path";
import { GUARDRAIL_IDS } from "../../../../lib/common/guardrail-ids";
import { ACTION_GUARDRAILS } from "../../../../lib/judgement/gate/actions";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { guardrailsPage } from "../../../../lib/judgement/guardrails/page";

const ALL = [...GUARDRAILS, ...ACTION_GUARDRAILS];

test("ids are stable, because exceptions and reports refer to them", () => {
  expect(GUARDRAILS.map(({ id }) => id).sort()).toEqual(GUARDRAIL_IDS);
  expect(ACTION_GUARDRAILS.map(({ id }) => id).sort()).toEqual(ACTION_IDS);
});

test("each row has a sentence as its title, a reason, and the allowed values", () => {
  for (const { id, title, why, allowed } of ALL) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/^[A-Z].+\.$/s);
    expect(allowed).toMatch(/[^.]$/);
  }
});

/** The form of each framework's requirement ids. */
const FORMS = {
  hipaa: /^164\.3\d\d\([a-z]\)(\(\d\))?(\([ivx]+\))?(\([A-Z]\))?$/,
  soc2: /^(CC\d\.\d|A1\.\d|C1\.\d|P\d\.\d|PI1\.\d)$/,
  gdpr: /^\d+(\(\d\))?(\([a-z]\))?$/,
  cis: /^\d+\.\d+(\.\d+)?$/,
  fsbp: /^[A-Za-z0-9]+\.\d+$/,
} as const;

test("each control has the id form of its framework", () => {
  for (const { id, controls } of ALL) {
    for (const [framework, form] of Object.entries(FORMS)) {
      const ids = Object.entries(controls).find(([name]) => name === framework)?.[1] ?? [];
      for (const control of ids) expect(`${id} ${control}`.replace(`${id} `, "")).toMatch(form);
    }
  }
});

test("the committed page matches the rows", () => {
  const page = readFileSync(path.join(__dirname, "../../../../docs/guardrails.md"), "utf8");
  expect(page).toBe(guardrailsPage(ACTION_GUARDRAILS));
});

const ACTION_IDS = [
  "access-approved",
  "access-tags-approved",
  "cluster-readable",
  "cluster-unchanged",
  "drift-approved",
  "failed-checks-approved",
  "held-data-approved",
  "kubernetes-version-raised",
  "network-access-approved",
  "plan-complete",
  "plan-for-own-account",
  "plan-of-reviewed-tree",
  "plan-without-secrets",
  "records-kept",
  "removal-approved",
  "sensitive-arguments-approved",
  "stateful-kept",
  "target-groups-kept",
  "unjudged-backend-approved",
  "unjudged-types-approved",
  "unmanaged-access-approved",
];
