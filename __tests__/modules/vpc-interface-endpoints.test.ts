import fc from "fast-check";
import { VpcInterfaceEndpoints } from "../../modules/vpc-interface-endpoints";
import { limitedEndpoints, requiredEndpoints } from "../../modules/vpc-interface-endpoints/services";
import { failure, newRoot } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const base = {
  name: "orders",
  accountId: "111122223333",
  region: "eu-central-1",
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  securityGroupId: "sg-0123456789abcdef0",
} as const;

describePlan(
  "interface endpoints",
  (root) => {
    new VpcInterfaceEndpoints(root, "endpoints", {
      ...base,
      subnetIdsOf: { email: ["subnet-0123456789abcdef1"] },
      services: {
        "ecr.api": ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"],
        email: ["ses:SendEmail"],
        sts: ["sts:GetCallerIdentity"],
      },
      unsignedActions: { sts: ["sts:AssumeRoleWithWebIdentity"] },
    });
  },
  (plan) => {
    test("exist once for each service, with private DNS, in the given subnets and group", () => {
      expect(plan().keys("module.endpoints.aws_vpc_endpoint.this")).toEqual(["ecr.api", "email", "sts"]);
      expect(plan().values('module.endpoints.aws_vpc_endpoint.this["ecr.api"]')).toMatchObject({
        service_name: "com.amazonaws.eu-central-1.ecr.api",
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        vpc_id: base.vpcId,
        subnet_ids: [...base.subnetIds],
        security_group_ids: [base.securityGroupId],
        tags: { Name: "orders-ecr.api" },
      });
    });

    test("have fewer subnets if a service has no endpoint in some zone", () => {
      expect(plan().values('module.endpoints.aws_vpc_endpoint.this["email"]')).toMatchObject({
        service_name: "com.amazonaws.eu-central-1.email",
        subnet_ids: ["subnet-0123456789abcdef1"],
      });
    });

    test("allow the named actions for principals of the account", () => {
      expect(plan().statements('module.endpoints.aws_vpc_endpoint.this["ecr.api"]')).toEqual({
        NamedActionsOfOwnAccount: {
          Effect: "Allow",
          Principal: "*",
          Action: ["ecr:BatchGetImage", "ecr:GetAuthorizationToken"],
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
        },
      });
    });

    test("let callers without credentials use the named actions on resources of the account", () => {
      expect(plan().statements('module.endpoints.aws_vpc_endpoint.this["sts"]').UnsignedActionsOnOwnAccount).toEqual({
        Effect: "Allow",
        Principal: "*",
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceAccount": "111122223333" } },
      });
    });
  },
);

test("a service without an action is refused, because AWS would refuse its endpoint's policy", () => {
  const problem = failure(
    () => new VpcInterfaceEndpoints(newRoot(), "endpoints", { ...base, services: { email: [] } }),
  );
  expect(problem.message).toContain("services.email: got []; allowed: ");
});

describe("the endpoints that a network needs", () => {
  const fargate = ["ecr.api", "ecr.dkr", "logs"];
  const SERVICES = { ses: "email", cloudwatch: "monitoring", sqs: "sqs", logs: "logs", sts: "sts" } as const;
  const use = fc.record({
    actions: fc.array(
      fc
        .tuple(fc.constantFrom(...Object.keys(SERVICES), "s3", "kms"), fc.constantFrom("Get", "PutOne", "Send"))
        .map(([prefix, name]) => `${prefix}:${name}`),
    ),
    secrets: fc.boolean(),
  });
  const serviceOf = (action: string) =>
    Object.entries(SERVICES).find(([prefix]) => action.startsWith(`${prefix}:`))?.[1];

  test("are those that Fargate needs to start a container, if its code calls no service", () => {
    expect(requiredEndpoints({ actions: [], secrets: false })).toEqual({
      "ecr.api": expect.arrayContaining(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]),
      "ecr.dkr": expect.arrayContaining(["ecr:GetDownloadUrlForLayer"]),
      logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
    });
  });

  test("allow every action", () => {
    fc.assert(
      fc.property(use, ({ actions, secrets }) => {
        const endpoints = requiredEndpoints({ actions, secrets });
        for (const action of actions) {
          const service = serviceOf(action);
          if (service !== undefined) expect(endpoints[service]).toContain(action);
        }
        expect(endpoints.secretsmanager ?? []).toEqual(secrets ? ["secretsmanager:GetSecretValue"] : []);
      }),
    );
  });

  test("are none without need, and allow no unnecessary action", () => {
    fc.assert(
      fc.property(use, ({ actions, secrets }) => {
        const endpoints = requiredEndpoints({ actions, secrets });
        const needed = [...fargate, ...(secrets ? ["secretsmanager"] : []), ...actions.map(serviceOf)];
        expect(Object.keys(endpoints).filter((service) => !needed.includes(service))).toEqual([]);
        const without = requiredEndpoints({ actions: [], secrets });
        for (const [service, through] of Object.entries(endpoints)) {
          expect(through.filter((action) => !actions.includes(action) && !without[service]?.includes(action))).toEqual(
            [],
          );
        }
      }),
    );
  });

  test("do not depend on the order of the actions", () => {
    fc.assert(
      fc.property(use, ({ actions, secrets }) => {
        const forwards = JSON.stringify(requiredEndpoints({ actions, secrets }));
        expect(JSON.stringify(requiredEndpoints({ actions: [...actions, ...actions].reverse(), secrets }))).toBe(
          forwards,
        );
      }),
    );
  });

  test("are an error for a service that is not in the table", () => {
    expect(failure(() => requiredEndpoints({ actions: ["braket:CreateJob"], secrets: false })).message).toMatch(
      /\n {2}action: got "braket:CreateJob"; allowed: actions of cloudwatch, .*xray, whose endpoint service is known$/,
    );
  });
});

describe("the endpoints that are not in every zone of a network", () => {
  const zoneIds = { "us-east-1a": "use1-az4", "us-east-1b": "use1-az2", "us-east-1c": "use1-az6" };
  const zones = Object.keys(zoneIds);

  test("are those of SES, and are placed in the zones that have them", () => {
    expect(limitedEndpoints(["email", "logs", "sqs"], zones, zoneIds)).toEqual({ email: ["us-east-1a", "us-east-1c"] });
    expect(limitedEndpoints(["email-smtp"], ["us-east-1a", "us-east-1b"], zoneIds)).toEqual({
      "email-smtp": ["us-east-1a"],
    });
  });

  test("are none if every zone has them", () => {
    expect(limitedEndpoints(["email", "logs"], ["us-east-1a", "us-east-1c"], zoneIds)).toEqual({});
  });

  test("depend on the id of a zone, because its name means another zone in another account", () => {
    const other = { "us-east-1a": "use1-az2", "us-east-1b": "use1-az4" };
    expect(limitedEndpoints(["email"], Object.keys(other), other)).toEqual({ email: ["us-east-1b"] });
  });

  test("are an error if no zone has them, or the id of a zone is missing", () => {
    expect(failure(() => limitedEndpoints(["email"], ["us-east-1b"], zoneIds)).message).toMatch(
      /\n {2}zones: got us-east-1b \(use1-az2\); allowed: a zone with an endpoint of email; not apne2-az4, .*usw2-az4$/,
    );
    expect(failure(() => limitedEndpoints(["logs"], ["us-east-1d"], zoneIds)).message).toContain(
      "zoneIds: got none for us-east-1d; allowed: an id such as use1-az4 for each zone",
    );
  });
});
