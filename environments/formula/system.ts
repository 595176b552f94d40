/**
 * Formula, composed once for all of its environments: website → API → load balancer of a colour → service or function of this
 * colour → database.
 */
import type { Root } from "../../lib";
import { keysAndAlerts } from "../common/keys-and-alerts";
import { systemRoot } from "../common/system-root";
import { api } from "./api";
import { SYSTEM } from "./context";
import { data } from "./data";
import { differencesOf } from "./differences";
import type { FormulaEnvironment } from "./environment";
import { executions } from "./executions";
import { front } from "./front";
import { identity } from "./identity";
import { ingress } from "./ingress";
import { logMasking } from "./log-masking";
import { maskedData } from "./masked-data";
import { monitoring } from "./monitoring";
import { network } from "./network";
import { chat } from "./paging";
import { performanceTests } from "./performance";
import { proofs } from "./proofs";
import { protection } from "./protection";
import { restoreInRegion, standbyRecovery } from "./recovery";
import { runbook } from "./runbook";
import { scripts } from "./scripts";
import { service } from "./service";

/** Cognito takes the certificate of its pages here. */
const EDGE_REGION = "us-east-1";

export function formula(written: FormulaEnvironment): Root {
  const environment = sized(written);
  const { cidr, subnets, zones, domain, zoneId, alertEmails, firstArchive, standby, standbyFor } = environment;
  const differences = [...(environment.differences ?? []), ...differencesOf(environment)];
  const performance = performanceTests(environment);
  const root = systemRoot(
    SYSTEM,
    { ...environment, differences, ...(performance && { performance }) },
    {
      zones: Object.keys(zones),
      cidr: [cidr, ...Object.values(subnets).flat()],
      domain: [domain],
      zone_id: [zoneId],
      alert_emails: alertEmails,
      first_archive: [firstArchive.version],
    },
  );
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "Formula",
    data: "database, images, secrets",
    publishers: ["cloudwatch", "events", "rds-events"],
  });
  // A standby works while this region is down, also when Terraform configures its providers.
  const edge = standbyFor === null ? root.awsAlias("us_east_1", EDGE_REGION) : null;
  const elsewhere = standby && { ...standby, provider: root.awsAlias("standby", standby.region) };
  const net = network(context);
  const stores = data(context, net);
  const users = identity(context, edge);
  const balancers = ingress(context, net);
  scripts(context, stores);
  const tasks = service(context, net, stores, users, balancers);
  maskedData(context, { network: net, data: stores, cluster: tasks.cluster });
  const formulas = executions(context, users, balancers);
  logMasking(context, tasks, formulas);
  const restApi = api(context, elsewhere, users, balancers);
  const website = edge === null ? null : front(context, edge, elsewhere, balancers);
  protection(context, website, balancers);
  monitoring(context, {
    front: website,
    ingress: balancers,
    service: tasks,
    executions: formulas,
    api: restApi,
    identity: users,
    data: stores,
  });
  chat(context);
  restoreInRegion(environment);
  if (standbyFor !== null) {
    proofs(context, standbyFor, net, stores, balancers);
    root.document("RUNBOOK.md", runbook(environment, standbyFor, standbyRecovery(environment, standbyFor)));
  }
  return root;
}

/** A standby runs at its minimum until it serves clients. */
function sized(environment: FormulaEnvironment): FormulaEnvironment {
  const { serving, standbyFor, sizing } = environment;
  return serving && standbyFor !== null ? { ...environment, sizing: { ...sizing, ...standbyFor.sizing } } : environment;
}
