/**
 * Orders, composed once for all of its environments: clients → load balancer → API → queue → worker, and a database.
 */
import type { Root } from "../../lib";
import { keysAndAlerts } from "../common/keys-and-alerts";
import { systemRoot } from "../common/system-root";
import { containers } from "./containers";
import { SYSTEM } from "./context";
import { data } from "./data";
import { differencesOf } from "./differences";
import type { OrdersEnvironment } from "./environment";
import { ingress } from "./ingress";
import { network } from "./network";
import { observability } from "./observability";
import { recovery } from "./recovery";
import { runbook } from "./runbook";

export function orders(written: OrdersEnvironment): Root {
  const environment = sized(written);
  const { cidr, domain, certificateDomain, zoneId, testers, alertEmails, standbyFor } = environment;
  const differences = [...(environment.differences ?? []), ...differencesOf(environment)];
  const root = systemRoot(
    SYSTEM,
    { ...environment, differences },
    {
      zones: Object.keys(environment.zones),
      cidr: [cidr],
      domain: [domain],
      certificate_domain: [certificateDomain],
      zone_id: [zoneId],
      failover_role: [environment.failoverRole],
      testers: Object.values(testers),
      alert_emails: alertEmails,
    },
  );
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "Orders",
    data: "orders, messages, images, secrets",
    publishers: ["cloudwatch", "events", "rds-events"],
  });
  const net = network(context);
  const stores = data(context, net);
  const front = ingress(context, net, stores);
  const running = containers(context, net, stores, front);
  observability(context, stores, front, running);
  if (standbyFor !== null)
    root.document("RUNBOOK.md", runbook(environment, standbyFor, recovery(environment, standbyFor)));
  return root;
}

/** A standby runs at its minimum until it serves clients. */
function sized(environment: OrdersEnvironment): OrdersEnvironment {
  const { serving, standbyFor, sizing } = environment;
  return serving && standbyFor !== null ? { ...environment, sizing: { ...sizing, ...standbyFor.sizing } } : environment;
}
