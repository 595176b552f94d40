/** Derives the interface endpoints of a network without a route to the internet from its workloads. */
import { badArgument } from "../../lib";

/**
 * Actions of Fargate before the code of a container runs: pull the image, write the log.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const PULL = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
] as const;
const FARGATE = {
  "ecr.api": PULL,
  "ecr.dkr": PULL,
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
} as const;

/**
 * The endpoint service for each IAM action prefix; null if no interface endpoint is needed: S3 has a gateway endpoint, and
 * services that encrypt with KMS call it for the caller.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
const SERVICE_OF_ACTION = {
  cloudwatch: "monitoring",
  ecs: "ecs",
  events: "events",
  kms: null,
  logs: "logs",
  "rds-db": null,
  s3: null,
  secretsmanager: "secretsmanager",
  ses: "email",
  sns: "sns",
  sqs: "sqs",
  ssm: "ssm",
  states: "states",
  sts: "sts",
  xray: "xray",
} as const satisfies Record<string, string | null>;

/** Services and features that the containers of a network use. */
export interface NetworkUse {
  /** IAM actions of the task roles: `ses:SendEmail`. */
  readonly actions: readonly string[];
  /** Whether ECS injects secrets into containers from Secrets Manager. */
  readonly secrets: boolean;
}

/**
 * Endpoint services without region, each with the allowed actions: `{ email: ["ses:SendEmail"], … }`.
 * @throws where an action belongs to a service that the table does not know.
 */
export function requiredEndpoints({ actions, secrets }: NetworkUse): Record<string, string[]> {
  const uses = [
    ...Object.entries(FARGATE).flatMap(([service, needed]) => needed.map((action) => ({ service, action }))),
    ...(secrets ? [{ service: "secretsmanager", action: "secretsmanager:GetSecretValue" }] : []),
    ...actions.flatMap((action) => {
      const service = serviceOf(action);
      return service === null ? [] : [{ service, action }];
    }),
  ];
  const services = [...new Set(uses.map(({ service }) => service))].sort();
  return Object.fromEntries(
    services.map((service) => [
      service,
      [...new Set(uses.filter((use) => use.service === service).map(({ action }) => action))].sort(),
    ]),
  );
}

/**
 * Ids of the zones in which SES has no endpoint: the same zone name is another zone in another account.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-email-set-up-vpc-endpoints.html
 */
const WITHOUT_SES = [
  "apne2-az4",
  "cac1-az3",
  "cac1-az4",
  "use1-az2",
  "use1-az3",
  "use1-az5",
  "usw1-az2",
  "usw2-az4",
] as const;

/** AWS documents zones without an endpoint only for these services; `describe-vpc-endpoint-services` lists all. */
const ZONES_WITHOUT: Readonly<Record<string, readonly string[]>> = { email: WITHOUT_SES, "email-smtp": WITHOUT_SES };

/**
 * Zones of the services that have no endpoint in one of a network's zones: `{ email: ["us-east-1a"] }`.
 * @param zoneIds of the network's zones in its account, by their names: `{ "us-east-1a": "use1-az4", … }`
 * @throws where a zone has no id, or a service has an endpoint in none of the zones
 */
export function limitedEndpoints(
  services: readonly string[],
  zones: readonly string[],
  zoneIds: Readonly<Record<string, string>>,
): Record<string, string[]> {
  const unknown = zones.filter((zone) => zoneIds[zone] === undefined);
  if (unknown.length > 0) {
    throw badArgument(`zoneIds: got none for ${unknown.join(", ")}; allowed: an id such as use1-az4 for each zone`);
  }
  const limited = services.flatMap((service): [string, string[]][] => {
    const without = ZONES_WITHOUT[service] ?? [];
    const served = zones.filter((zone) => !without.includes(zoneIds[zone] ?? ""));
    if (served.length === 0) {
      const got = zones.map((zone) => `${zone} (${zoneIds[zone]})`).join(", ");
      throw badArgument(`zones: got ${got}; allowed: a zone with an endpoint of ${service}; not ${without.join(", ")}`);
    }
    return served.length === zones.length ? [] : [[service, served]];
  });
  return Object.fromEntries(limited);
}

function serviceOf(action: string): string | null {
  const prefix = action.split(":")[0] ?? "";
  const entry = Object.entries(SERVICE_OF_ACTION).find(([known]) => known === prefix);
  if (entry === undefined) {
    throw badArgument(
      `action: got "${action}"; allowed: actions of ${Object.keys(SERVICE_OF_ACTION).join(", ")}, whose endpoint service is known`,
    );
  }
  return entry[1];
}
