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
import { protection } from "./protection";
import { scripts } from "./scripts";
import { service } from "./service";

/** Cognito takes the certificate of its pages here. */
const EDGE_REGION = "us-east-1";

export function formula(environment: FormulaEnvironment): Root {
  const { cidr, subnets, zones, domain, zoneId, alertEmails, firstArchive } = environment;
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
  const edge = root.awsAlias("us_east_1", EDGE_REGION);
  const net = network(context);
  const stores = data(context, net);
  const users = identity(context, edge);
  const balancers = ingress(context, net);
  scripts(context, stores);
  const tasks = service(context, net, stores, users, balancers);
  maskedData(context, { network: net, data: stores, cluster: tasks.cluster });
  const formulas = executions(context, users, balancers);
  logMasking(context, tasks, formulas);
  const restApi = api(context, users, balancers);
  const website = front(context, edge, balancers);
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
  return root;
}
