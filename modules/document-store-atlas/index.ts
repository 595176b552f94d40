import { DocdbSubnetGroup } from "@cdktf/provider-aws/lib/docdb-subnet-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { z } from "zod";
import {
  allowDocumentClients,
  arnOf,
  DOCUMENT_STORE_INPUTS,
  DOCUMENT_STORE_OUTPUTS,
  DOMAIN_NAME,
  defineModule,
  documentStoreGroup,
  resource,
  text,
} from "../../lib";

/** Atlas answers on a port for each node behind the endpoint. */
const PORTS = [1024, 65_535] as const;

export const DocumentStoreAtlas = defineModule({
  name: "document-store-atlas",
  description:
    "The private way to a MongoDB Atlas cluster that its owner manages in Atlas: an interface endpoint in the data subnets. The owner of the cluster accepts the endpoint in Atlas.",
  inputs: {
    ...DOCUMENT_STORE_INPUTS,
    clientSecurityGroupId: z.string().min(1).describe("Security group of the clients."),
    endpointServiceName: text(
      /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/,
      "a service such as com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
      "mongodb.net",
    ).describe("Endpoint service of the Atlas cluster, which Atlas shows when a private endpoint is created."),
    host: DOMAIN_NAME.describe("Host name of the cluster behind the endpoint, from Atlas."),
    secretArn: arnOf("secretsmanager").describe(
      "Secret for the login, from the `secrets-manager` module. A person sets its value.",
    ),
  },
  outputs: DOCUMENT_STORE_OUTPUTS,
  example: {
    name: "shop",
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    clientSecurityGroupId: "sg-0123456789abcdef0",
    endpointServiceName: "com.amazonaws.vpce.eu-central-1.vpce-svc-0123456789abcdef0",
    host: "shop-pl-0.abcde.mongodb.net",
    secretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/document-store-AbCdEf",
  },
  build(scope, input) {
    const group = documentStoreGroup(scope, input);
    allowDocumentClients(scope, group, input.clientSecurityGroupId, PORTS);
    resource(scope, DocdbSubnetGroup, "this", { name: input.name, subnetIds: input.subnetIds });
    resource(scope, VpcEndpoint, "this", {
      vpcId: input.vpcId,
      serviceName: input.endpointServiceName,
      vpcEndpointType: "Interface",
      subnetIds: input.subnetIds,
      securityGroupIds: [group.id],
      privateDnsEnabled: false,
      tags: { Name: `${input.name}-document-store` },
    });
    return { host: input.host, port: 27_017, secretArn: input.secretArn, securityGroupId: group.id };
  },
});
