/** The API and its pool of database connections. A pipeline deploys the API itself. */
import type { CustomResource, Root } from "../../../lib";
import { ApplicationFrame } from "../../../modules/application-frame";
import { KubernetesObjects } from "../../../modules/kubernetes-objects";
import { KubernetesServiceAccount } from "../../../modules/kubernetes-service-account";
import { Pgbouncer } from "../../../modules/pgbouncer";
import { PGBOUNCER_SECRETS, pgbouncerSecrets } from "../../../modules/pgbouncer/secrets";
import {
  type ComposedEnvironment,
  DATABASE_NAME,
  roleArn,
  SERVICE_ACCOUNTS,
  settingsPath,
  targetGroupName,
} from "../context";
import { cacheOf } from "../images";
import { PGBOUNCER } from "../versions";
import { DATABASE_AUTHORITIES } from "./database-authorities";
import type { Platform } from "./platform";

export function pooler(root: Root, environment: ComposedEnvironment, { pooler, externalSecrets }: Platform) {
  const namespace = pooler.name;
  const path = settingsPath(environment);
  const reader = new KubernetesServiceAccount(root, "pooler_secrets_account", {
    name: SERVICE_ACCOUNTS.pgbouncer_secrets.name,
    namespace,
    roleArn: roleArn(environment, "pgbouncer_secrets"),
  });
  const secrets = new KubernetesObjects(root, "pooler_secrets", {
    name: "pgbouncer-secrets",
    namespace,
    objects: pgbouncerSecrets({
      apiVersion: externalSecrets.apiVersion,
      namespace,
      region: environment.region,
      serviceAccountName: reader.name,
      loginSecret: `${path}/database-application`,
      hostParameter: `/${path}/config/database-host`,
      statisticsPasswordParameter: `/${path}/pgbouncer-stats-password`,
      databaseName: DATABASE_NAME,
      authority: environment.poolerAuthority,
      authorityKeyParameter: `/${path}/pgbouncer-authority-key`,
    }),
  });
  const secretName = (name: string) => secrets.names.at(`ExternalSecret ${PGBOUNCER_NAMESPACE}/${name}`);
  const account = new KubernetesServiceAccount(root, "pooler_account", { name: "pgbouncer", namespace });
  new Pgbouncer(root, "pooler", {
    namespace,
    serviceAccountName: account.name,
    image: `${cacheOf(environment, "docker-hub")}/edoburu/pgbouncer:${PGBOUNCER.pgbouncer}`,
    exporterImage: `${cacheOf(environment, "quay")}/prometheuscommunity/pgbouncer-exporter:${PGBOUNCER.exporter}`,
    loginsSecretName: secretName(PGBOUNCER_SECRETS.logins),
    formerLoginsSecretName: secretName(PGBOUNCER_SECRETS.formerLogins),
    certificateSecretName: secretName(PGBOUNCER_SECRETS.certificate),
    serverCertificates: DATABASE_AUTHORITIES,
    ...environment.sizing.pods.pooler,
  });
}

const PGBOUNCER_NAMESPACE = SERVICE_ACCOUNTS.pgbouncer_secrets.namespace;

export function api(root: Root, environment: ComposedEnvironment, platform: Platform) {
  const namespace = platform.application.name;
  new KubernetesServiceAccount(root, "api_account", {
    name: SERVICE_ACCOUNTS.api.name,
    namespace,
    roleArn: roleArn(environment, "api"),
  });
  const frame = new ApplicationFrame(root, "api", { name: "api", namespace, ...environment.sizing.pods.api });
  new KubernetesObjects(root, "api_binding", {
    name: "api-binding",
    namespace,
    objects: [
      {
        apiVersion: platform.loadBalancerController.apiVersion,
        kind: "TargetGroupBinding",
        metadata: { name: "api", namespace },
        spec: {
          serviceRef: { name: frame.serviceName, port: frame.servicePort },
          targetGroupName: targetGroupName(environment),
          targetType: "ip",
        },
      },
    ] satisfies CustomResource[],
  });
}
