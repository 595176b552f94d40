import { CloudMapNamespace } from "../../modules/cloud-map-namespace";
import { evaluated } from "../support/evaluated";

const planned = evaluated((root) => {
  new CloudMapNamespace(root, "names", {
    name: "shop.internal",
    vpcId: "vpc-1",
    services: { api: { description: "Tasks of the API" }, worker: { description: "Tasks of the worker" } },
  });
});

test("a VPC resolves the names of the namespace", () => {
  expect(planned.values("module.names.aws_service_discovery_private_dns_namespace.this")).toMatchObject({
    name: "shop.internal",
    vpc: "vpc-1",
  });
});

test("a name has the addresses of the healthy tasks for ten seconds", () => {
  expect(planned.keys("module.names.aws_service_discovery_service.this")).toEqual(["api", "worker"]);
  expect(planned.values('module.names.aws_service_discovery_service.this["api"]')).toMatchObject({
    name: "api",
    dns_config: { routing_policy: "MULTIVALUE", dns_records: [{ type: "A", ttl: 10 }] },
    health_check_custom_config: { failure_threshold: 1 },
  });
});
