/** Accounts of Formula's application, and of the masking of its data: members of the organization, which the security account observes. */
import { accounts } from "../../common/accounts";
import { application } from "../../formula/application";
import { artifactsBucket, nameOf } from "../../formula/context";
import { dev } from "../../formula/dev";
import { dr } from "../../formula/dr";
import type { FormulaEnvironment } from "../../formula/environment";
import { organization } from "../../formula/organization";
import { peeringRoot } from "../../formula/peering";
import { prod } from "../../formula/prod";
import { sandbox } from "../../formula/sandbox";
import { sandboxRoots } from "../../formula/sandbox/system";
import { sanitisation } from "../../formula/sanitisation";
import { sanitisationRoot } from "../../formula/sanitisation/system";
import { staging } from "../../formula/staging";
import type { AccountRoot } from "../account";
import { unusedServices } from "../controls";
import type { Detection } from "../detection";
import { PEOPLE } from "../people";
import { MASKING_WORKLOADS, memberWorkloads } from "./formula-workloads";

/** Sinks of the security account, which are outputs of its root. */
const SINK_ARNS = {
  "us-east-1": `arn:aws:oam:us-east-1:${accounts.formulaSecurity.id}:sink/00000000-0000-4000-8000-000000000001`,
  "us-west-2": `arn:aws:oam:us-west-2:${accounts.formulaSecurity.id}:sink/00000000-0000-4000-8000-000000000002`,
} as const satisfies Record<(typeof organization.regions)[number], string>;

const DETECTORS: Detection = {
  alertEmails: ["platform@formula.example"],
  trailDays: 365,
  trail: { central: "The organization's trail, in the security account, records this account" },
  threats: "own",
  configuration: "own",
  sinkArns: SINK_ARNS,
  recording: {
    // A change of compliance is part of Security Hub's findings, and each would be one more recorded item.
    excludedTypes: ["AWS::Config::ResourceCompliance"],
    // Tasks, functions and endpoints make and delete them all day.
    dailyTypes: ["AWS::EC2::NetworkInterface"],
  },
  compliance: {
    findings: { memberOf: "organization" },
    disabledFsbpControls: unusedServices(
      "Functions read no data of the account, and the pipeline audits the packages of their archives",
    ),
    disabledCisControls: {},
  },
};

const COMMON = {
  standby: null,
  costCenter: "formula",
  clusters: [],
  components: [],
  detectors: DETECTORS,
  people: PEOPLE,
} as const;

/** Of each month, in US dollars. */
const BUDGETS = { dev: 300, staging: 1500, prod: 4000, dr: 0 } as const satisfies Record<
  FormulaEnvironment["name"],
  number
>;

/** IAM users in the account for identities. */
const BACKUP_USERS = ["arn:aws:iam::444444444444:user/backup"] as const;

const [, ...otherRegions] = organization.regions;

/** @param standby of the environment, in another region of its account */
function member(environment: FormulaEnvironment, standby: FormulaEnvironment | null = null): AccountRoot {
  const environments = [environment, ...(standby === null ? [] : [standby])];
  return {
    ...COMMON,
    account: environment.account,
    standby: standby?.account ?? null,
    otherRegions: otherRegions.filter((region) => region !== standby?.region),
    applications: environments.map(application),
    workloads: memberWorkloads(environment),
    apis: true,
    artifactBuckets: environments.map((one) => ({ name: artifactsBucket(one), region: one.region })),
    backups: { userArns: BACKUP_USERS, keyAliases: environments.map((one) => `alias/${nameOf(one)}-data`) },
    costs: { monthlyUsd: BUDGETS[environment.name] },
    ...(environment.shield && { shield: environment.shield.acknowledgedCost }),
  };
}

export const formulaMembers: readonly AccountRoot[] = [
  { ...member(dev), otherRoots: sandboxRoots(sandbox) },
  member(staging),
  { ...member(prod, dr), otherRoots: [peeringRoot(prod)] },
  {
    ...COMMON,
    account: sanitisation.account,
    otherRegions,
    applications: [],
    otherRoots: [sanitisationRoot(sanitisation)],
    workloads: MASKING_WORKLOADS,
    costs: { monthlyUsd: 200 },
  },
];
