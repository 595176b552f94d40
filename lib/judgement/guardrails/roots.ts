/** Roots: the right account, a state that nobody else reads, versions that nobody else picks, and tags. */
import { exactVersion, majorsOf } from "../../common/version-constraint";
import { type RootConfiguration, show } from "../configuration";
import { isList, isMapping, isUnknown, type Value } from "../hcl";
import { judgeKeys, KEY_OF_ACCOUNT } from "./account-keys";
import { judgeAt, judgeValues, worst } from "./attributes";
import { broken, HOLDS, type ResourceGuardrail, type RootGuardrail, undecided, type Verdict } from "./guardrail";
import { isAbsent, isText, stemsFromNothing, valuesAt } from "./values";

/** Every resource has them, so that its costs and its owner can be found. */
const TAGS = ["App", "CostCenter", "Env", "Owner"] as const;

export const ROOTS = [
  {
    id: "provider-version-exact",
    title: "A root says exactly which version of each provider it uses",
    why: "A version that a mirror or a network hands out plans changes that nobody has seen.",
    severity: "medium",
    controls: { soc2: ["CC6.8", "CC8.1"] },
    allowed: "a version such as 5.100.0 for each provider",
    types: "root",
    judgeRoot: ({ terraform }) => eachProvider("", terraform, (version) => exactVersion(version) !== undefined),
  },
  {
    id: "version-ranges-bounded",
    title: "A range of versions ends with one major version of Terraform, and with two of a module's provider",
    why: "A major version changes what the same source means. A module accepts two of a provider while roots go from one to the other.",
    severity: "low",
    controls: { soc2: ["CC8.1"] },
    allowed: "ranges such as >= 1.11.0, < 2.0.0 for Terraform, and >= 5.100.0, < 7.0.0 for a provider",
    types: "root",
    judgeRoot: ({ terraform, requirements }) =>
      worst([
        judgeVersion("required_version", terraform.required_version ?? null, isOneMajor),
        ...Object.entries(requirements).flatMap(([module, requirement]) => [
          judgeVersion(`${module}: required_version`, requirement.required_version ?? null, isOneMajor),
          eachProvider(`${module}: `, requirement, areTwoMajors),
        ]),
      ]),
  },
  {
    id: "provider-account-pinned",
    title: "A root works in one account only",
    why: "With the credentials of another account, it would change that one.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"] },
    allowed: "allowed_account_ids with one account in each configuration of the aws provider",
    types: "root",
    judgeRoot: eachAwsProvider((provider, name) => judgeAt(provider, "allowed_account_ids", isOneAccount, `${name}.`)),
  },
  {
    id: "provider-no-credentials",
    title: "No credentials stand in the source",
    why: "They are in the repository's history for ever, and work for whoever reads it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "credentials from the environment that Terraform runs in",
    types: "root",
    judgeRoot: ({ providers, terraform }) =>
      worst([
        ...Object.entries(providers).flatMap(([name, blocks]) =>
          blocks.map((block, position) => noCredentials(`provider.${name}[${position}]`, block)),
        ),
        ...valuesAt(terraform, "backend.s3").map((block) => noCredentials("backend.s3", block)),
      ]),
  },
  {
    id: "state-encrypted",
    title: "State is kept in S3, encrypted with a key of the account",
    why: "State holds what resources hold, passwords included; a key of one's own says who may read it, and logs who did.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(2)(iv)"], soc2: ["CC6.1"], gdpr: ["32(1)(a)"] },
    allowed: `backend s3 with encrypt = true, and kms_key_id with ${KEY_OF_ACCOUNT}`,
    types: "root",
    judgeRoot: (root) =>
      worst([
        judgeAt(root.terraform, "backend.s3.encrypt", (value) => value === true),
        judgeKeys(root.terraform, "backend.s3.kms_key_id", root),
      ]),
  },
  {
    id: "state-locked",
    title: "State is locked while it changes",
    why: "Two applies at once overwrite each other's state, and resources are forgotten.",
    severity: "high",
    controls: { hipaa: ["164.312(c)(1)"], soc2: ["CC8.1", "A1.2"] },
    allowed: "use_lockfile = true, or a dynamodb_table, in backend s3",
    types: "root",
    judgeRoot: ({ terraform }) => {
      if (valuesAt(terraform, "backend.s3")[0] === null) return HOLDS;
      const [lockfile = null] = valuesAt(terraform, "backend.s3.use_lockfile");
      const [table = null] = valuesAt(terraform, "backend.s3.dynamodb_table");
      if (lockfile === true || isText(table)) return HOLDS;
      return broken(`backend.s3.use_lockfile = ${show(lockfile)} and backend.s3.dynamodb_table = ${show(table)}`);
    },
  },
  {
    id: "default-tags",
    title: "Every resource is tagged with its cost centre, application, owner and environment",
    why: "What has no owner is neither paid for nor cared for, and nobody knows what may be switched off.",
    severity: "medium",
    controls: { hipaa: ["164.310(d)(2)(iii)"], soc2: ["CC6.1"] },
    allowed: `default_tags with ${TAGS.join(", ")} in each configuration of the aws provider`,
    types: "root",
    judgeRoot: eachAwsProvider((provider, name) =>
      worst(TAGS.map((tag) => judgeAt(provider, `default_tags.tags.${tag}`, isText, `${name}.`))),
    ),
  },
  {
    id: "root-only-calls",
    title: "A root calls modules and has no resources of its own",
    why: "What stands in one root only is in no other environment, and no module's tests cover it.",
    severity: "medium",
    controls: { soc2: ["CC8.1"] },
    allowed: "module calls",
    types: "root",
    judgeRoot: ({ ownBlocks }) => (ownBlocks.length === 0 ? HOLDS : broken(ownBlocks.join(", "))),
  },
] as const satisfies readonly RootGuardrail[];

export const RESOURCE_TAGS = [
  {
    id: "tags-not-overridden",
    title: "No resource says something else than its root about cost centre, application, owner or environment",
    why: "Its costs and alarms go to somebody else, and so does the question whether it may be deleted.",
    severity: "low",
    controls: { hipaa: ["164.310(d)(2)(iii)"], soc2: ["CC6.1"] },
    allowed: `${TAGS.join(", ")} as default_tags of the aws provider have them`,
    types: ["*"],
    judge: ({ values: { tags = null } }, root) =>
      isUnknown(tags)
        ? undecided(`tags = ${show(tags)}`)
        : worst(TAGS.map((tag) => judgeTag(tag, isMapping(tags) ? (tags[tag] ?? null) : null, root))),
  },
] as const satisfies readonly ResourceGuardrail[];

type Terraform = RootConfiguration["terraform"];

function eachProvider(
  prefix: string,
  { required_providers: required = null }: Terraform,
  test: (version: string) => boolean,
) {
  const providers = isMapping(required) ? Object.entries(required) : [];
  return worst(
    providers.map(([name, provider]) =>
      judgeVersion(`${prefix}${name}`, isMapping(provider) ? (provider.version ?? null) : provider, test),
    ),
  );
}

function judgeVersion(name: string, version: Value, test: (version: string) => boolean): Verdict {
  return judgeValues(name, [version], (text) => typeof text === "string" && test(text));
}

function isOneMajor(version: string): boolean {
  const majors = majorsOf(version, "terraform");
  return majors !== undefined && majors.last === majors.first;
}

function areTwoMajors(version: string): boolean {
  const majors = majorsOf(version, "provider");
  return majors?.last !== undefined && majors.last <= majors.first + 1;
}

/** @param judge on each configuration, aliases included; `provider.aws[0]` is the first one's name */
function eachAwsProvider(judge: (provider: Value, name: string) => Verdict): RootGuardrail["judgeRoot"] {
  return ({ providers, terraform }) => {
    const configurations = providers.aws ?? [];
    const usesAws = valuesAt(terraform, "required_providers.aws")[0] !== null;
    if (configurations.length === 0 && usesAws) return broken("no configuration of the aws provider");
    return worst(configurations.map((provider, position) => judge(provider, `provider.aws[${position}]`)));
  };
}

function isOneAccount(ids: Value): boolean {
  return isList(ids) && ids.length === 1 && ids[0] !== "";
}

const CREDENTIALS = ["access_key", "secret_key", "token", "password", "client_key"] as const;

/** The message names the argument and never shows what it holds. */
function noCredentials(name: string, block: Value): Verdict {
  const set = CREDENTIALS.filter((argument) => valuesAt(block, argument).some((value) => !isAbsent(value)));
  const literal = set.find((argument) => valuesAt(block, argument).some((value) => !isUnknown(value)));
  if (literal !== undefined) return broken(`${name}.${literal}`);
  const open = set.find((argument) => valuesAt(block, argument).some(stemsFromNothing));
  return open === undefined ? HOLDS : undecided(`${name}.${open}`);
}

function judgeTag(tag: (typeof TAGS)[number], value: Value, { providers }: RootConfiguration): Verdict {
  if (value === null) return HOLDS;
  const defaults = (providers.aws ?? []).flatMap((provider) => valuesAt(provider, `default_tags.tags.${tag}`));
  return judgeValues(`tags.${tag}`, [value], (own) => defaults.includes(own));
}
