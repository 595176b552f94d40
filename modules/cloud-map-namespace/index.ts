import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { z } from "zod";
import { DOMAIN_NAME, defineModule, resource, resourceForEach, text } from "../../lib";

export const CloudMapNamespace = defineModule({
  name: "cloud-map-namespace",
  description:
    "A private DNS namespace of Cloud Map in a VPC, with a name for each service of ECS. ECS registers the address of each healthy task under the name of its service.",
  inputs: {
    name: DOMAIN_NAME.describe("Private domain, such as `shop.internal`. Another name replaces every service in it."),
    vpcId: z.string().min(1).describe("VPC that resolves the names."),
    services: z
      .record(
        text(/^[a-z][a-z0-9-]{0,62}$/, "labels of a domain name", "Not A Name"),
        z.object({ description: z.string().min(1) }),
      )
      .describe("Services by their names within the domain. Another name is another service."),
  },
  outputs: {
    namespaceId: z.string().describe("Id of the namespace."),
    serviceArns: z.record(z.string(), z.string()).describe("ARNs for services of ECS, by name."),
  },
  example: {
    name: "shop.internal",
    vpcId: "vpc-0123456789abcdef0",
    services: { api: { description: "Tasks of the API" } },
  },
  build(scope, input) {
    const namespace = resource(scope, ServiceDiscoveryPrivateDnsNamespace, "this", {
      name: input.name,
      description: `Services of ${input.name}`,
      vpc: input.vpcId,
    });
    const services = resourceForEach(scope, ServiceDiscoveryService, "this", input.services, (service, name) => ({
      name,
      description: service.description,
      dnsConfig: {
        namespaceId: namespace.id,
        routingPolicy: "MULTIVALUE",
        dnsRecords: [{ type: "A", ttl: 10 }],
      },
      /** ECS reports the health of tasks. AWS accepts only this threshold. */
      healthCheckCustomConfig: { failureThreshold: 1 },
    }));
    return { namespaceId: namespace.id, serviceArns: services.all("arn") };
  },
});
