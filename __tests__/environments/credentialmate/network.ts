import { arnOf } from "../../support/stand-ins";
import { LOGS_KEY, type PlannedEnvironment } from "./planned-environment";

export function testNetwork({ environment, plan }: PlannedEnvironment): void {
  const { account, cidr, region, sizing } = environment;
  const zones = Object.keys(environment.zones);
  const everyTier = ["data", "private", "public"].flatMap((tier) => zones.map((zone) => `${tier}/${zone}`));
  const of = (tier: string) => zones.map((zone) => `${tier}/${zone}`);
  const subnets = (tier: string) => of(tier).map((key) => `module.vpc.aws_subnet.this["${key}"]`);

  test("there is one VPC, with three tiers in two zones", () => {
    expect(
      plan()
        .all("aws_vpc")
        .map(({ values }) => values.cidr_block),
    ).toEqual([cidr]);
    expect(
      plan()
        .all("aws_subnet")
        .map(({ key }) => key),
    ).toEqual(everyTier);
    for (const { key, values } of plan().all("aws_subnet")) {
      expect(values).toMatchObject({ map_public_ip_on_launch: false, availability_zone: String(key).split("/")[1] });
    }
  });

  test("nothing but the load balancer lies in the public subnets", () => {
    expect(plan().values("module.load_balancer.aws_lb.this").subnets).toEqual(subnets("public"));
    const others = plan().resources.filter(({ type }) => !/^aws_(subnet|lb|route\w*)$/.test(type));
    for (const { values } of others) expect(JSON.stringify(values)).not.toContain('aws_subnet.this[\\"public/');
  });

  test("tasks and endpoints lie in the private subnets, the database in those for data", () => {
    for (const { values } of plan().all("aws_ecs_service")) {
      expect(values).toMatchObject({ network_configuration: [{ subnets: subnets("private") }] });
    }
    const interfaces = plan()
      .all("aws_vpc_endpoint")
      .filter(({ values }) => values.vpc_endpoint_type === "Interface");
    const served = (key: unknown) =>
      key === "email" && environment.name === "stage" ? subnets("private").slice(0, 1) : subnets("private");
    for (const { key, values } of interfaces) expect(values.subnet_ids).toEqual(served(key));
    expect(plan().values("module.database.aws_db_subnet_group.this").subnet_ids).toEqual(subnets("data"));
  });

  test("only the public subnets have a route to the internet, as there is no NAT gateway", () => {
    expect(sizing.natGateways).toBe("none");
    expect(plan().all("aws_nat_gateway")).toEqual([]);
    expect(plan().all("aws_eip")).toEqual([]);
    const routes = plan().all("aws_route");
    expect(routes.map(({ key, values }) => [key, values.gateway_id])).toEqual(
      of("public").map((key) => [key, "module.vpc.aws_internet_gateway.this"]),
    );
  });

  test("S3 is reached through a gateway endpoint, from the private subnets alone", () => {
    expect(plan().values("module.gateway_endpoints.aws_vpc_endpoint.s3")).toMatchObject({
      service_name: `com.amazonaws.${region}.s3`,
      vpc_endpoint_type: "Gateway",
      route_table_ids: of("private").map((key) => `module.vpc.aws_route_table.this["${key}"]`),
    });
  });

  test("every other service that tasks use is reached through an interface endpoint, and no more than those", () => {
    expect(plan().keys("module.interface_endpoints.aws_vpc_endpoint.this")).toEqual([
      "ecr.api",
      "ecr.dkr",
      "email",
      "logs",
      "secretsmanager",
    ]);
    for (const { key, values } of plan().all("aws_vpc_endpoint")) {
      if (key === undefined) continue;
      expect(values).toMatchObject({
        service_name: `com.amazonaws.${region}.${key}`,
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        security_group_ids: ['module.security_groups.aws_security_group.this["endpoints"]'],
      });
    }
  });

  test("no endpoint lets through every action", () => {
    for (const { address } of plan().all("aws_vpc_endpoint")) {
      const actions = Object.values(plan().statements(address)).flatMap(({ Action }) => Action);
      expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    }
  });

  test("interface endpoints admit principals of this account, the gateway endpoint its own buckets and image layers", () => {
    for (const key of plan().keys("module.interface_endpoints.aws_vpc_endpoint.this")) {
      const statements = Object.values(plan().statements(`module.interface_endpoints.aws_vpc_endpoint.this["${key}"]`));
      expect(statements).toMatchObject([{ Condition: { StringEquals: { "aws:PrincipalAccount": account.id } } }]);
    }
    const bucket = `arn:aws:s3:::credentialmate-${environment.name}-documents-${account.id}`;
    expect(plan().statements("module.gateway_endpoints.aws_vpc_endpoint.s3")).toMatchObject({
      OwnBuckets: {
        Resource: [bucket, `${bucket}/*`],
        Condition: { StringEquals: { "aws:PrincipalAccount": account.id } },
      },
      ImageLayers: { Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*` },
    });
  });

  test("every action that a task or its start needs comes through an endpoint", () => {
    const through = plan()
      .all("aws_vpc_endpoint")
      .flatMap(({ address }) => Object.values(plan().statements(address)))
      .flatMap(({ Action }) => Action);
    const needed = plan()
      .all("aws_iam_role_policy")
      .filter(({ address }) => /_task\.aws_iam_role_policy/.test(address))
      .flatMap(({ address }) => Object.values(plan().statements(address)))
      .flatMap(({ Action }) => Action)
      .filter((action) => !action.startsWith("kms:"));
    expect(needed.length).toBeGreaterThan(0);
    expect(needed.filter((action) => !through.includes(action))).toEqual([]);
  });

  test("all flows are logged, encrypted, for as long as every log of the environment", () => {
    expect(plan().values("module.vpc.aws_flow_log.this")).toMatchObject({
      traffic_type: "ALL",
      vpc_id: "module.vpc.aws_vpc.this",
      log_destination: arnOf("module.vpc.aws_cloudwatch_log_group.flow_logs"),
    });
    expect(plan().values("module.vpc.aws_cloudwatch_log_group.flow_logs")).toMatchObject({
      kms_key_id: arnOf(LOGS_KEY),
      retention_in_days: sizing.logRetentionDays,
    });
  });

  test("the default security group is closed, also to rules that somebody adds later", () => {
    expect(plan().values("module.vpc.aws_default_security_group.this")).toMatchObject({
      vpc_id: "module.vpc.aws_vpc.this",
      ingress: [],
      egress: [],
    });
  });
}
