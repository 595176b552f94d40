/**
 * Breaks every committed root in one place for each guardrail that looks at a resource in it, and requires that exactly
 * that guardrail fires: on the source, where every mutant is judged alone, and on plans of the real Terraform, where
 * mutants that do not interfere share a plan, and one root represents all roots with the same module calls.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Exception } from "../../../lib";
import { STAND_INS_FILE } from "../../../lib/common/stand-ins-file";
import {
  Configurations,
  planned,
  type RootConfiguration,
  readTree,
  type TreeFiles,
} from "../../../lib/judgement/configuration";
import { accountOf } from "../../../lib/judgement/guardrails/account";
import { GUARDRAILS } from "../../../lib/judgement/guardrails/catalogue";
import { judgeRoot } from "../../../lib/judgement/guardrails/judge";
import { inOfflineCopy, inParallel, TerraformError } from "../../../lib/terraform";
import { roots } from "../../../main";
import { isNightly } from "../../support/nightly";
import { testedPlans } from "../../support/stand-ins";
import { describeWithTerraform } from "../../support/terraform-needed";
import { withVerifiedProvider } from "../../support/verified-provider";
import { TREE } from "../committed-tree";
import { representatives } from "../representatives";
import type { Mutant } from "./mutant";
import { MUTANTS } from "./mutants";
import { mutated } from "./mutate";

const files = readTree(TREE);
const all = roots.map(({ address }) => address);
const represented = representatives(all);
const source = new Configurations(files);

/**
 * The guardrails that do not hold in a root, each once.
 * @param left guardrails that may be unknown
 */
function fired(root: RootConfiguration, left: readonly string[] = []): string[] {
  const { broken, unknown } = idsIn(root);
  return [...new Set([...broken, ...unknown.filter((id) => !left.includes(id))])].sort();
}

function idsIn(root: RootConfiguration) {
  const { broken, unknown } = judgeRoot(root, exceptionsOf(root.path), "2026-11-22");
  return { broken: broken.map(({ guardrail }) => guardrail.id), unknown: unknown.map(({ guardrail }) => guardrail.id) };
}

/** A root that may break a guardrail at one address has no mutants of it. */
function exceptionsOf(root: string): readonly Exception[] {
  return roots.find(({ address }) => address === root)?.props.exceptions ?? [];
}

function isExcused(root: string, guardrail: string): boolean {
  return exceptionsOf(root).some((exception) => exception.guardrail === guardrail);
}

/** Guardrails that are unknown in the source of a root which reads what other roots publish. A plan judges them. */
function leftToPlan(root: string): readonly string[] {
  const configuration = source.root(root);
  const reads = configuration.calls.some(({ module }) => module.endsWith("-lookup"));
  return reads ? idsIn(configuration).unknown : [];
}

/** Requirements that do not apply to buckets for logs: a root without other buckets has no mutants of them. */
const ONLY_FOR_RECORDS = ["s3-records-not-expired", "s3-destroy-prevented", "s3-access-logged"];

/** Modules whose buckets are not for access logs. */
const WITH_RECORDS = [
  "modules/cloudfront-pages",
  "modules/cloudfront-spa",
  "modules/evidence-bucket",
  "modules/masked-export-bucket",
  "modules/s3",
  "modules/synthetics-canary",
  "modules/website-replica",
];

/** Rules about one provider or its types: a root without it has no mutants of them. */
const ABOUT_PROVIDERS: Readonly<Record<string, string>> = {
  "default-tags": "aws",
  "policy-elements-filled": "aws",
  "provider-account-pinned": "aws",
  "provider-cluster-pinned": "kubernetes",
  "provider-without-previews": "kubernetes",
  "resource-in-provider-region": "aws",
  "service-not-ended": "aws",
  "service-open-to-new-customers": "aws",
  "tags-not-overridden": "aws",
};

/**
 * A root has no mutants of a rule about what it is without. A root that calls no module reads no secret: a data source of
 * its own breaks `root-only-calls`. CloudFront's scope is refused outside of us-east-1 only.
 */
function isWithout(root: string, guardrail: string): boolean {
  const { calls, of } = source.root(root);
  if (guardrail === "no-secrets-read-into-state") return calls.length === 0;
  if (guardrail !== "web-acl-in-us-east-1") return false;
  return of("aws_wafv2_web_acl").every(({ values }) => values.scope !== "CLOUDFRONT");
}

/** Mutants that find something to break in a root. */
function mutantsOf(root: string): Mutant[] {
  return MUTANTS.filter(
    (mutant) =>
      mutated(files, root, [mutant]) !== undefined &&
      calls(root, mutant) &&
      !isWithout(root, mutant.guardrail) &&
      !isExcused(root, mutant.guardrail),
  );
}

function calls(root: string, { file }: Mutant): boolean {
  return file.startsWith("<root>") || source.root(root).calls.some(({ module }) => file.startsWith(`${module}/`));
}

test.each(all)("%s holds everywhere without mutants", (root) => {
  expect(fired(source.root(root), leftToPlan(root))).toEqual([]);
});

const tried = new Set<Mutant>();

/** A pull request tries each mutant in the first root that calls its module, and at least one in every root. */
function untried(mutants: readonly Mutant[]): readonly Mutant[] {
  const left = mutants.filter((mutant) => isNightly || !tried.has(mutant));
  for (const mutant of left) tried.add(mutant);
  return left.length > 0 ? left : mutants.slice(0, 1);
}

describe.each(represented)("%s", (root) => {
  const mutants = mutantsOf(root);

  test("has a mutant for each guardrail that looks at a resource in it", () => {
    const { providers } = source.root(root);
    const applying = GUARDRAILS.filter(
      ({ id, types }) =>
        !isExcused(root, id) &&
        (ABOUT_PROVIDERS[id] ?? "any") in { any: [], ...providers } &&
        !isWithout(root, id) &&
        (types === "root" || types.some((type) => source.root(root).of(type).length > 0)),
    );
    const mutable = new Set<string>(mutants.map(({ guardrail }) => guardrail));
    const hasRecords = source
      .root(root)
      .calls.some(({ module }) => WITH_RECORDS.includes(module) || module.startsWith("modules/terraform-"));
    const untouched = applying.map(({ id }) => id).filter((id) => !mutable.has(id));
    const hasBuckets = source.root(root).of("aws_s3_bucket").length > 0;
    expect(untouched).toEqual(hasRecords || !hasBuckets ? [] : ONLY_FOR_RECORDS);
  });

  test.each(untried(mutants).map((mutant) => [mutant.guardrail, mutant] as const))(
    "%s alone kills its mutant",
    (id, mutant) => {
      const broken = mutated(files, root, [mutant]) ?? new Map();
      expect(fired(new Configurations(broken).root(root), leftToPlan(root))).toEqual([id]);
    },
  );
});

/**
 * A pull request plans most mutants of one root in the first groups, which are the largest. The nightly tests plan all mutants
 * of each root whose provider is verified.
 */
const PLANNED_ROOTS = represented
  .filter((root) => "aws" in source.root(root).providers)
  .slice(0, isNightly ? undefined : 1);
const PLANS = isNightly ? undefined : 3;

describeWithTerraform("in a real plan", () => {
  test.each(PLANNED_ROOTS)(
    "in %s each mutant is killed by its guardrail, and no other fires",
    async (root) => {
      const mutants = mutantsOf(root);
      const groups = groupsOf(mutants.filter(({ refused }) => !refused)).slice(0, PLANS);
      const answers = await inParallel(groups, async (group) => ({ group, fired: await firedByPlan(root, group) }));
      for (const { group, fired: ids } of answers) {
        expect(ids).toEqual([...new Set(group.map(({ guardrail }) => guardrail))].sort());
      }
      const refused = mutants.filter((mutant) => mutant.refused && isNightly);
      for (const mutant of refused) {
        await expect(firedByPlan(root, [mutant])).rejects.toThrow(TerraformError);
      }
      const killed = groups.flat().length + refused.length;
      console.log(`${root}: ${mutants.length} mutants, ${killed} planned and killed, in ${groups.length} plans`);
    },
    900_000,
  );
});

async function firedByPlan(root: string, group: readonly Mutant[]): Promise<string[]> {
  const broken = mutated(files, root, group) ?? new Map();
  const folder = mkdtempSync(path.join(tmpdir(), "mutants-"));
  try {
    writeFiles(folder, inAccount(broken, accountOf(source.root(root)) ?? ""));
    const [changes = []] = await inOfflineCopy(folder, root, async (copy) =>
      testedPlans(await withVerifiedProvider(copy), [{}]),
    );
    return fired(planned(new Configurations(broken).root(root), changes));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Stand-ins of modules name an example account, whose keys no root may use. */
function inAccount(content: TreeFiles, account: string): TreeFiles {
  return new Map(
    [...content].map(([file, text]) => [
      file,
      path.basename(file) === STAND_INS_FILE ? text.replaceAll("111122223333", account) : text,
    ]),
  );
}

function writeFiles(folder: string, content: TreeFiles): void {
  for (const [file, text] of content) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

/**
 * As few groups as possible in which no two mutants change the same resource, unless each changes another argument of
 * it.
 */
function groupsOf(mutants: readonly Mutant[]): Mutant[][] {
  const groups: Mutant[][] = [];
  for (const mutant of mutants) {
    const group = groups.find((others) => others.every((other) => !disturb(mutant, other)));
    if (group === undefined) groups.push([mutant]);
    else group.push(mutant);
  }
  return groups;
}

/** One changes the same value as the other, or a value that contains it. */
function disturb(one: Mutant, other: Mutant): boolean {
  if (one.file !== other.file) return false;
  const shorter = Math.min(one.at.length, other.at.length);
  return one.at.slice(0, shorter).every((step, i) => step === other.at[i]) || sameStatement(one, other);
}

/** Two changes of one statement hide each other. */
function sameStatement(one: Mutant, other: Mutant): boolean {
  const statement = ({ at }: Mutant) => (at[0] === "locals" ? JSON.stringify(at.slice(0, 4)) : undefined);
  return statement(one) !== undefined && statement(one) === statement(other) && one.at.includes("Statement");
}
