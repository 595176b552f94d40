/** CredentialMate, composed once for all of its environments. */
import type { Root } from "../../lib";
import { keysAndAlerts } from "../common/keys-and-alerts";
import { systemRoot } from "../common/system-root";
import { containers } from "./containers";
import { type ComposedEnvironment, SYSTEM } from "./context";
import { data } from "./data";
import { ingress } from "./ingress";
import { network } from "./network";
import { observability } from "./observability";

export function credentialMate(environment: ComposedEnvironment): Root {
  const { cidr, domain, zoneId, alertEmails, testRecipients } = environment;
  const root = systemRoot(SYSTEM, environment, {
    cidr: [cidr],
    domain: [domain],
    zone_id: [zoneId],
    alert_emails: alertEmails,
    test_recipients: testRecipients,
  });
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "CredentialMate",
    data: "records, images, secrets",
    publishers: ["cloudwatch", "events", "rds-events", "ses"],
  });
  const net = network(context);
  const stores = data(context, net);
  const front = ingress(context, net, stores);
  const running = containers(context, net, stores, front);
  observability(context, stores, front, running);
  return root;
}
