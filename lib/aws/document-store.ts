/**
 * What the variants of a document store share: equal inputs for the network, equal outputs, and the security group, whose
 * address stays the same when a call changes from one variant to another.
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Construct } from "constructs";
import { z } from "zod";
import type { Expression } from "../generator/expression/code";
import { resourceName } from "../generator/inputs/identifiers";
import { set } from "../generator/inputs/schema";
import type { Resource } from "../generator/module/attribute";
import { resource } from "../generator/module/resource";

export const DOCUMENT_STORE_INPUTS = {
  name: resourceName(40).describe("Name of the store, and prefix of the names of its resources."),
  vpcId: z.string().min(1).describe("Id of the VPC."),
  subnetIds: set(z.string()).describe("Data subnets, in two zones or more."),
} as const;

export const DOCUMENT_STORE_OUTPUTS = {
  host: z.string().nullable().describe("Host name for clients; null without a store."),
  port: z.number().nullable().describe("Port for clients; null without a store."),
  secretArn: z.string().nullable().describe("Secret with the login; null without a store."),
  securityGroupId: z.string().describe("Security group of the store, which exists in every variant."),
} as const;

interface Network {
  readonly name: Expression<string>;
  readonly vpcId: Expression<string>;
}

export function documentStoreGroup(scope: Construct, { name, vpcId }: Network) {
  return resource(scope, SecurityGroup, "this", {
    namePrefix: `${name}-document-store-`,
    description: "Document store",
    vpcId,
    tags: { Name: `${name}-document-store` },
    lifecycle: { createBeforeDestroy: true },
  });
}

/** Allows clients to connect to a range of ports. */
export function allowDocumentClients(
  scope: Construct,
  group: Resource<SecurityGroup>,
  clientSecurityGroupId: Expression<string>,
  ports: readonly [from: number, to: number],
): void {
  const [fromPort, toPort] = ports;
  resource(scope, VpcSecurityGroupIngressRule, "clients", {
    securityGroupId: group.id,
    referencedSecurityGroupId: clientSecurityGroupId,
    ipProtocol: "tcp",
    fromPort,
    toPort,
    description: "Clients of the document store",
  });
}
