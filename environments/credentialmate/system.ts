/** CredentialMate, composed once for all of its environments. */
import { Root } from "../../lib";
import { Kms } from "../../modules/kms";
import { SnsTopic } from "../../modules/sns-topic";
import { delivery } from "../accounts";
import { containers } from "./containers";
import { data } from "./data";
import type { CredentialMateEnvironment } from "./environment";
import { ingress } from "./ingress";
import { network } from "./network";
import { observability } from "./observability";

export function credentialMate(environment: CredentialMateEnvironment): Root {
  const { account, region, cidr, domain, zoneId, alertEmails, testRecipients } = environment;
  const name = `credentialmate-${environment.name}`;
  const root = new Root({
    path: `environments/credentialmate/${environment.name}`,
    source: `environments/credentialmate/${environment.name}.ts`,
    accountId: account.id,
    region,
    backend: account.state,
    tags: { CostCenter: "credentialmate", App: "credentialmate", Owner: "platform", Env: environment.name },
    production: environment.production,
    ...(environment.ending && { ending: true }),
    delivery: delivery(account, name, environment.wave),
    ...(environment.differences && { differences: environment.differences }),
    ...(environment.exceptions && { exceptions: environment.exceptions }),
    identity: {
      cidr: [cidr],
      domain: [domain],
      zone_id: [zoneId],
      alert_emails: alertEmails,
      test_recipients: testRecipients,
    },
  });
  const place = { accountId: account.id, region };
  const dataKey = new Kms(root, "data_key", {
    ...place,
    name: `${name}-data`,
    description: "CredentialMate: records, images, secrets",
  });
  const logsKey = new Kms(root, "logs_key", {
    ...place,
    name: `${name}-logs`,
    description: "CredentialMate: logs",
    services: ["logs"],
  });
  const alerts = alertTopic(root, environment, name);
  const context = {
    root,
    environment,
    name,
    dataKeyArn: dataKey.arn,
    logsKeyArn: logsKey.arn,
    alertTopicArn: alerts.arn,
  };

  const net = network(context);
  const stores = data(context, net);
  const front = ingress(context, net, stores);
  const running = containers(context, net, stores, front);
  observability(context, stores, front, running);
  return root;
}

function alertTopic(root: Root, { account, region, alertEmails }: CredentialMateEnvironment, name: string) {
  const key = new Kms(root, "alerts_key", {
    accountId: account.id,
    region,
    name: `${name}-alerts`,
    description: "CredentialMate: alerts",
    services: ["cloudwatch", "events", "rds-events", "ses"],
  });
  return new SnsTopic(root, "alerts", {
    name: `${name}-alerts`,
    accountId: account.id,
    kmsKeyArn: key.arn,
    publishers: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "events.rds.amazonaws.com", "ses.amazonaws.com"],
    emails: alertEmails,
  });
}
