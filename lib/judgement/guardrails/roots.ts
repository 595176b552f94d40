/** Roots: the right account, pinned versions, and tags. */
import { exactVersion, majorsOf } from "../../common/version-constraint";
import { type RootConfiguration, show } from "../configuration";
import { type HclValue, isList, isMapping, isUnknown } from "../hcl";
import { judgeAt, judgeValues, worst } from "./attributes";
import { noCredentials } from "./credentials";
import { broken, HOLDS, type ResourceGuardrail, type RootGuardrail, undecided, type Verdict } from "./guardrail";
import { backendsWithoutCredentials } from "./state";
import { isText, valuesAt } from "./values";

/** Every resource has these tags, so that its costs and its owner can be found. */
const TAGS = ["App", "CostCenter", "Env", "Owner"] as const;

export const ROOTS = [
  {
    id: "provider-version-exact",
    title: "A root pins an exact version of each provider",
    why: "A different version from a mirror or the registry can plan changes that nobody has reviewed.",
    severity: "medium",
    controls: { soc2: ["CC6.8", "CC8.1"] },
    allowed: "a version such as 5.100.0 for each provider",
    types: "root",
    judgeRoot: ({ terraform }) => eachProvider("", terraform, (version) => exactVersion(version) !== undefined),
  },
  {
    id: "version-ranges-bounded",
    title: "Version constraints allow one major version of Terraform, and at most two of each provider of a module",
    why: "A major version changes the meaning of the same source. A module accepts two of them while its roots are upgraded one by one.",
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
    why: "With the credentials of another account, it would change that account.",
    severity: "high",
    controls: { hipaa: ["164.312(a)(1)"], soc2: ["CC6.1", "CC8.1"] },
    allowed: "allowed_account_ids with one account in each configuration of the aws provider",
    types: "root",
    judgeRoot: eachAwsProvider((provider, name) => judgeAt(provider, "allowed_account_ids", isOneAccount, `${name}.`)),
  },
  {
    id: "provider-no-credentials",
    title: "The source contains no credentials",
    why: "They stay in the repository's history for ever, and work for everybody who reads it.",
    severity: "critical",
    controls: { hipaa: ["164.312(a)(1)", "164.312(d)"], soc2: ["CC6.1"], gdpr: ["32(1)(b)"] },
    allowed: "credentials from the environment of the Terraform process",
    types: "root",
    judgeRoot: (root) =>
      worst([
        ...Object.entries(root.providers).flatMap(([name, blocks]) =>
          blocks.map((block, position) => noCredentials(`provider.${name}[${position}]`, block, CREDENTIALS)),
        ),
        backendsWithoutCredentials(root),
      ]),
  },
  {
    id: "default-tags",
    title: "Every resource has tags for its cost center, application, owner and environment",
    why: "A resource without an owner is neither paid for nor maintained, and nobody knows whether it may be deleted.",
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
    why: "A resource in one root is missing in every other environment, and no module's tests cover it.",
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
    title: "No resource overrides the root's tags for cost center, application, owner or environment",
    why: "Its costs and alarms go to somebody else, who is also asked whether it may be deleted.",
    severity: "low",
    controls: { hipaa: ["164.310(d)(2)(iii)"], soc2: ["CC6.1"] },
    allowed: `the values of ${TAGS.join(", ")} from default_tags of the aws provider`,
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

function judgeVersion(name: string, version: HclValue, test: (version: string) => boolean): Verdict {
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

/** @param judge on each configuration, including aliases; the first one is named `provider.aws[0]` */
function eachAwsProvider(judge: (provider: HclValue, name: string) => Verdict): RootGuardrail["judgeRoot"] {
  return ({ providers, terraform }) => {
    const configurations = providers.aws ?? [];
    const usesAws = valuesAt(terraform, "required_providers.aws")[0] !== null;
    if (configurations.length === 0 && usesAws) return broken("no configuration of the aws provider");
    return worst(configurations.map((provider, position) => judge(provider, `provider.aws[${position}]`)));
  };
}

function isOneAccount(ids: HclValue): boolean {
  return isList(ids) && ids.length === 1 && ids[0] !== "";
}

/** Helm has the configuration of its cluster in a block. */
const CREDENTIALS = [
  "access_key",
  "secret_key",
  ...["token", "password", "client_key"].flatMap((name) => [name, `kubernetes.${name}`]),
] as const;

function judgeTag(tag: (typeof TAGS)[number], value: HclValue, { providers }: RootConfiguration): Verdict {
  if (value === null) return HOLDS;
  const defaults = (providers.aws ?? []).flatMap((provider) => valuesAt(provider, `default_tags.tags.${tag}`));
  return judgeValues(`tags.${tag}`, [value], (own) => defaults.includes(own));
}
