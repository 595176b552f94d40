import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { z } from "zod";
import {
  ACCOUNT_ID,
  defineModule,
  type Expression,
  hcl,
  jsonencode,
  REGION,
  type Ref,
  readyAfter,
  resourceForEach,
  resourceName,
  set,
  sizing,
  text,
} from "../../lib";

export const VpcInterfaceEndpoints = defineModule({
  name: "vpc-interface-endpoints",
  description:
    "Interface endpoints for AWS services, with one network interface for each service and zone and with private DNS. The policy of each allows only the named actions, for principals of the account.",
  inputs: {
    name: resourceName(40).describe("Prefix of the endpoints' names."),
    accountId: ACCOUNT_ID.describe("Account whose principals may use the endpoints."),
    region: REGION.describe("Region of the VPC."),
    vpcId: z.string().min(1).describe("Id of the VPC."),
    subnetIds: set(z.string()).describe(
      "Subnets of the interfaces, one for each zone. Each interface is charged by the hour.",
    ),
    subnetIdsOf: sizing(z.record(z.string(), set(z.string()).min(1)))
      .default({})
      .describe(
        "Subnets of services without an endpoint in some zone, by service: AWS refuses an interface there. The name of such a service resolves to another zone.",
      ),
    securityGroupId: z.string().min(1).describe("Security group of the interfaces. It has to allow port 443."),
    services: z
      .record(
        text(/^[a-z][a-z0-9.-]*$/, "service names without region, such as ecr.api", "com amazonaws"),
        set(text(/^[a-z0-9-]+:[A-Za-z*]+$/, "an IAM action such as ses:SendEmail", "everything")).min(1),
      )
      .describe(
        "Endpoint services, without `com.amazonaws.<region>.`, and the IAM actions that each allows: `email` is the SES API.",
      ),
    unsignedActions: z
      .record(z.string(), set(text(/^[a-z0-9-]+:[A-Za-z]+$/, "an IAM action without wildcard", "sts:*")).min(1))
      .default({})
      .describe(
        "Actions of callers without credentials on resources of the account, by service: with `sts:AssumeRoleWithWebIdentity`, a pod gets its first credentials.",
      ),
  },
  rules: [
    {
      inputs: ["subnetIdsOf", "services"],
      allowed: "subnets of services that get an endpoint",
      holds: ({ subnetIdsOf, services }) => Object.keys(subnetIdsOf).every((service) => service in services),
      condition: "alltrue([for service in keys(var.subnet_ids_of) : contains(keys(var.services), service)])",
      counterexample: { subnetIdsOf: { braket: ["subnet-0123456789abcdef0"] } },
    },
    {
      inputs: ["unsignedActions", "services"],
      allowed: "actions of services that get an endpoint",
      holds: ({ unsignedActions, services }) => Object.keys(unsignedActions).every((service) => service in services),
      condition: "alltrue([for service in keys(var.unsigned_actions) : contains(keys(var.services), service)])",
      counterexample: { unsignedActions: { braket: ["braket:GetDevice"] } },
    },
  ],
  outputs: {
    ids: z.record(z.string(), z.string()).describe("Ids of the endpoints, by service."),
    subnetIds: z
      .array(z.string())
      .describe(
        "The same subnets, available after the endpoints exist: for services whose tasks pull images and read secrets through them.",
      ),
  },
  example: {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    subnetIdsOf: { email: ["subnet-0123456789abcdef0"] },
    securityGroupId: "sg-0123456789abcdef0",
    services: {
      email: ["ses:SendEmail"],
      logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
      secretsmanager: ["secretsmanager:GetSecretValue"],
      sts: ["sts:GetCallerIdentity"],
    },
    unsignedActions: { sts: ["sts:AssumeRoleWithWebIdentity"] },
  },
  build(scope, input) {
    const endpoints = resourceForEach(scope, VpcEndpoint, "this", input.services, (actions, service) => ({
      vpcId: input.vpcId,
      serviceName: `com.amazonaws.${input.region}.${service}`,
      vpcEndpointType: "Interface",
      subnetIds: hcl<string[]>`lookup(${input.subnetIdsOf}, ${service}, ${input.subnetIds})`,
      securityGroupIds: [input.securityGroupId],
      privateDnsEnabled: true,
      policy: jsonencode({ Version: "2012-10-17", Statement: statements(input, service, actions) }),
      tags: { Name: `${input.name}-${service}` },
    }));
    return { ids: endpoints.all("id"), subnetIds: readyAfter(hcl<string[]>`sort(${input.subnetIds})`, endpoints) };
  },
});

interface PolicyInput {
  readonly accountId: Expression<string>;
  readonly unsignedActions: Ref<Record<string, string[]>>;
}

/** A caller without credentials has no account. */
function statements(input: PolicyInput, service: Expression<string>, actions: Expression<string[]>) {
  const named = {
    Sid: "NamedActionsOfOwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: hcl`sort(${actions})`,
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": input.accountId } },
  };
  const unsigned = {
    Sid: "UnsignedActionsOnOwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: hcl`sort(unsigned)`,
    Resource: "*",
    Condition: { StringEquals: { "aws:ResourceAccount": input.accountId } },
  };
  return hcl`concat([${named}], [for name, unsigned in ${input.unsignedActions} : ${unsigned} if name == ${service}])`;
}
