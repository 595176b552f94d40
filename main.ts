/** The roots that `groundplan synth` renders: every account, and every environment of every system. */

import { account } from "./environments/accounts/account";
import { accountRoots } from "./environments/accounts/roots";
import { dev } from "./environments/credentialmate/dev";
import { prod } from "./environments/credentialmate/prod";
import { stage } from "./environments/credentialmate/stage";
import { credentialMate } from "./environments/credentialmate/system";
import { dev as formulaDev } from "./environments/formula/dev";
import { dr as formulaDr } from "./environments/formula/dr";
import { organization } from "./environments/formula/organization";
import { formulaOrganization } from "./environments/formula/organization/system";
import { peering } from "./environments/formula/peering";
import { prod as formulaProd } from "./environments/formula/prod";
import { sandbox } from "./environments/formula/sandbox";
import { formulaSandboxes } from "./environments/formula/sandbox/system";
import { sanitisation } from "./environments/formula/sanitisation";
import { formulaSanitisation } from "./environments/formula/sanitisation/system";
import { staging as formulaStaging } from "./environments/formula/staging";
import { formula } from "./environments/formula/system";
import { isolationOfProduction } from "./environments/isolation";
import { dev as ordersDev } from "./environments/orders/dev";
import { dr as ordersDr } from "./environments/orders/dr";
import { prod as ordersProd } from "./environments/orders/prod";
import { orders } from "./environments/orders/system";
import { vitalityApi } from "./environments/vitality/api/system";
import { vitalityDatabase } from "./environments/vitality/database/system";
import { dev as vitalityDev } from "./environments/vitality/dev";
import { vitalityFrontend } from "./environments/vitality/frontend/system";
import { vitalityNetwork } from "./environments/vitality/network/system";
import { vitalityObservability } from "./environments/vitality/observability/system";
import { prod as vitalityProd } from "./environments/vitality/prod";
import { vitalityRegistry } from "./environments/vitality/registry/system";
import { wardmitraAws } from "./environments/wardmitra/aws/system";
import { wardmitraCluster } from "./environments/wardmitra/cluster/system";
import { dev as wardmitraDev } from "./environments/wardmitra/dev";
import { prod as wardmitraProd } from "./environments/wardmitra/prod";
import { wardmitraMigration } from "./environments/wardmitra/rehearsal/system";
import { staging as wardmitraStaging } from "./environments/wardmitra/staging";
import type { ProjectProviders } from "./lib";

/** Modules accept versions 5 and 6 of the AWS provider, so that roots can be upgraded one by one: docs/upgrade-provider.md. */
export const providers = {
  ranges: { aws: ">= 5.100.0, < 7.0.0" },
} satisfies ProjectProviders;

export const isolation = isolationOfProduction;

export const roots = [
  ...accountRoots.map(account),
  ...[dev, stage, prod].map(credentialMate),
  ...[ordersDev, ordersProd, ordersDr].map(orders),
  ...[wardmitraDev, wardmitraStaging, wardmitraProd].map(wardmitraAws),
  ...[wardmitraDev, wardmitraStaging, wardmitraProd].flatMap(wardmitraCluster),
  ...[wardmitraDev, wardmitraStaging, wardmitraProd].flatMap(wardmitraMigration),
  ...[vitalityDev, vitalityProd].flatMap((environment) => [
    vitalityNetwork(environment),
    vitalityDatabase(environment),
    vitalityRegistry(environment),
    vitalityApi(environment),
    vitalityFrontend(environment),
    vitalityObservability(environment),
  ]),
  formulaOrganization(organization),
  formulaSanitisation(sanitisation),
  ...[formulaDev, formulaStaging, formulaProd, formulaDr].map(formula),
  peering(formulaProd, formulaDr),
  ...formulaSandboxes(sandbox),
];
