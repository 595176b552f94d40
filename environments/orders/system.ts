/** Orders, composed once for all of its environments: clients → load balancer → API → queue → worker, and a database. */
import { Root } from "../../lib";
import { Kms } from "../../modules/kms";
import { SnsTopic } from "../../modules/sns-topic";
import { delivery } from "../accounts";
import { containers } from "./containers";
import { nameOf } from "./context";
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
  const { account, region, cidr, domain, certificateDomain, zoneId, testers, alertEmails, standbyFor } = environment;
  const name = nameOf(environment);
  const root = new Root({
    path: `environments/orders/${environment.name}`,
    source: `environments/orders/${environment.name}.ts`,
    accountId: account.id,
    region,
    backend: account.state,
    tags: { CostCenter: "orders", App: "orders", Owner: "platform", Env: environment.name },
    production: environment.production,
    ...(environment.ending && { ending: true }),
    delivery: delivery(account, name, environment.wave),
    identity: {
      zones: Object.keys(environment.zones),
      cidr: [cidr],
      domain: [domain],
      certificate_domain: [certificateDomain],
      zone_id: [zoneId],
      failover_role: [environment.failoverRole],
      testers: Object.values(testers),
      alert_emails: alertEmails,
    },
    differences: [...(environment.differences ?? []), ...differencesOf(environment)],
    ...(environment.exceptions && { exceptions: environment.exceptions }),
  });
  const key = (id: string, what: string, services: readonly ("logs" | "cloudwatch" | "events" | "rds-events")[]) =>
    new Kms(root, `${id}_key`, {
      accountId: account.id,
      region,
      name: `${name}-${id}`,
      description: `Orders: ${what}`,
      services,
    });
  const alertsKey = key("alerts", "alerts", ["cloudwatch", "events", "rds-events"]);
  const alerts = new SnsTopic(root, "alerts", {
    name: `${name}-alerts`,
    accountId: account.id,
    kmsKeyArn: alertsKey.arn,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "events.rds.amazonaws.com"],
    emails: alertEmails,
  });
  const context = {
    root,
    environment,
    name,
    dataKeyArn: key("data", "orders, messages, images, secrets", []).arn,
    logsKeyArn: key("logs", "logs", ["logs"]).arn,
    alertTopicArn: alerts.arn,
  };
  const net = network(context);
  const stores = data(context, net);
  const front = ingress(context, net, stores);
  const running = containers(context, net, stores, front);
  observability(context, stores, front, running);
  if (standbyFor !== null)
    root.document("RUNBOOK.md", runbook(environment, standbyFor, recovery(environment, standbyFor)));
  return root;
}

/** A standby works at its minimum until clients are wanted there. */
function sized(environment: OrdersEnvironment): OrdersEnvironment {
  const { serving, standbyFor, sizing } = environment;
  return serving && standbyFor !== null ? { ...environment, sizing: { ...sizing, ...standbyFor.sizing } } : environment;
}
