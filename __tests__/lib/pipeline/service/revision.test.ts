import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import {
  containerOf,
  familyOf,
  numberOf,
  requireActive,
  revisionName,
  withImage,
} from "../../../../lib/pipeline/service/revision";
import { digest } from "./fake-work";

const ARN = "arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:7";

const containers = fc.uniqueArray(
  fc.record({
    name: fc.string({ minLength: 1 }),
    image: fc.string({ minLength: 1 }),
    essential: fc.boolean(),
    environment: fc.array(fc.record({ name: fc.string(), value: fc.string() })),
    secrets: fc.array(fc.record({ name: fc.string(), valueFrom: fc.string() })),
    linuxParameters: fc.record({ initProcessEnabled: fc.boolean() }),
  }),
  { minLength: 1, maxLength: 4, selector: ({ name }) => name },
);

const registrable = fc.record(
  {
    family: fc.constant("shop-api"),
    containerDefinitions: containers,
    taskRoleArn: fc.string(),
    executionRoleArn: fc.string(),
    networkMode: fc.constant("awsvpc" as const),
    volumes: fc.array(fc.record({ name: fc.string() })),
    cpu: fc.string(),
    memory: fc.string(),
    ephemeralStorage: fc.record({ sizeInGiB: fc.nat() }),
    runtimePlatform: fc.record({ cpuArchitecture: fc.constant("ARM64" as const) }),
    enableFaultInjection: fc.boolean(),
  },
  { requiredKeys: ["family", "containerDefinitions"] },
);

const READ_ONLY = {
  taskDefinitionArn: ARN,
  revision: 7,
  status: "ACTIVE",
  requiresAttributes: [{ name: "ecs.capability.execution-role-awslogs" }],
  compatibilities: ["EC2", "FARGATE"],
  registeredAt: new Date(0),
  registeredBy: "arn:aws:iam::111122223333:role/deploy",
} satisfies TaskDefinition;

const tags = fc.array(fc.record({ key: fc.string(), value: fc.string() }));

test("a next revision differs in one container's image, and in nothing else that can be registered", () => {
  fc.assert(
    fc.property(registrable, tags, fc.nat(), (kept, tags, choice) => {
      const container = kept.containerDefinitions[choice % kept.containerDefinitions.length];
      const image = digest("a");
      const expected: RegisterTaskDefinitionCommandInput = {
        ...kept,
        tags,
        containerDefinitions: kept.containerDefinitions.map((one) => (one === container ? { ...one, image } : one)),
      };
      const revision = { arn: ARN, definition: { ...kept, ...READ_ONLY }, tags };
      expect(withImage(revision, image, container?.name)).toEqual(expected);
    }),
  );
});

test("with the image that the container has already, nothing is registered", () => {
  fc.assert(
    fc.property(registrable, tags, (kept, tags) => {
      const [{ name, image }] = [...kept.containerDefinitions, { name: "", image: "" }];
      expect(withImage({ arn: ARN, definition: { ...kept, ...READ_ONLY }, tags }, image, name)).toBeUndefined();
    }),
  );
});

const two = {
  arn: ARN,
  tags: [],
  definition: {
    containerDefinitions: [
      { name: "app", image: "a" },
      { name: "proxy", image: "b" },
    ],
  },
};

test.each([
  [undefined, "--container\n  got none; allowed: one of shop-api:7: app, proxy"],
  ["web", "--container\n  got web; allowed: one of shop-api:7: app, proxy"],
])("of two containers, %j is an error that names them", (name, message) => {
  expect(() => containerOf(two, name)).toThrow(message);
});

test("a revision that was deregistered runs nothing any more", () => {
  expect(() => requireActive({ ...two, definition: { status: "INACTIVE" } })).toThrow(
    "shop-api:7 is INACTIVE; allowed: a revision that is ACTIVE",
  );
});

test("an ARN tells name, family and number", () => {
  expect([revisionName(ARN), familyOf(ARN), numberOf(ARN)]).toEqual(["shop-api:7", "shop-api", 7]);
});
