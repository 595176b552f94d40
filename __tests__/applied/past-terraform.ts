/** Changes of a root without Terraform: deployments, scaling, and changes by hand. */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { readPlan } from "../../lib/terraform";
import { callJson, callQuery } from "../support/cloud/call";
import type { Cloud } from "../support/cloud/server";
import type { StandingRoot } from "../support/cloud/standing";

const LAUNCHER = path.resolve(__dirname, "../../lib/cli/launch.mjs");

export interface Resource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Every existing resource, from a plan. */
export function resourcesIn(plan: string): Resource[] {
  return readPlan("plan", plan).resource_changes.flatMap(({ address, type, mode, change: { before } }) =>
    mode === "managed" && before !== null ? [{ address, type, values: before }] : [],
  );
}

const SERVICE = z.object({
  name: z.string(),
  cluster: z.string(),
  task_definition: z.string(),
  desired_count: z.number(),
  deployment_controller: z.array(z.object({ type: z.string() })).default([]),
  load_balancer: z.array(z.object({ container_name: z.string() })).default([]),
});

export type Service = z.infer<typeof SERVICE>;

const OUTPUTS = z.object({
  appspec: z.object({ value: z.string() }),
  codedeploy_application: z.object({ value: z.string() }),
  codedeploy_group: z.object({ value: z.string() }),
});

/**
 * Deploys an image to one service of each deployment controller with `groundplan deploy`. Returns the services' names.
 * @param digit of the image's digest
 */
export async function deployEach(
  standing: StandingRoot,
  resources: readonly Resource[],
  digit = "a",
): Promise<string[]> {
  const image = `registry.example/app@sha256:${digit.repeat(64)}`;
  const services = new Map(servicesIn(resources).map((service) => [controllerOf(service), service]));
  for (const [controller, { cluster, name, load_balancer: balanced }] of services) {
    const codeDeploy = controller === "CODE_DEPLOY" ? await codeDeployArguments(standing) : [];
    // A task with sidecars has the application in the container that the load balancer reaches.
    const container = balanced.slice(0, 1).flatMap(({ container_name: reached }) => ["--container", reached]);
    await deploy(standing, ["--cluster", cluster, "--service", name, "--image", image, ...container, ...codeDeploy]);
  }
  return [...services.values()].map(({ name }) => name);
}

/** Starts one more task of each service, as autoscaling does. */
export async function scaleOut({ cloud, root }: StandingRoot, resources: readonly Resource[]): Promise<void> {
  for (const { cluster, name, desired_count } of servicesIn(resources)) {
    await callJson(cloud, { service: "ecs", region: root.props.region }, `${ECS}.UpdateService`, {
      cluster,
      service: name,
      desiredCount: desired_count + 1,
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/making-api-requests.html */
const ECS = "AmazonEC2ContainerServiceV20141113";

/** A resource as AWS's APIs name it. */
interface Target {
  readonly cloud: Cloud;
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

interface ByHand {
  readonly type: string;
  readonly change: (target: Target) => Promise<unknown>;
  readonly undo?: (target: Target) => Promise<unknown>;
}

/** An argument that Terraform sets and the next apply sets again. Only the first entry with an existing type is changed. */
const SET: readonly ByHand[] = [
  {
    type: "aws_cloudwatch_log_group",
    change: ({ cloud, region, name }) =>
      callJson(cloud, { service: "logs", region }, "Logs_20140328.PutRetentionPolicy", {
        logGroupName: name,
        retentionInDays: 1,
      }),
  },
  {
    type: "aws_dynamodb_table",
    change: ({ cloud, region, name }) =>
      callJson(cloud, { service: "dynamodb", region }, "DynamoDB_20120810.UpdateContinuousBackups", {
        TableName: name,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
      }),
  },
];

/** Access that no resource of Terraform describes, so that no apply removes it. */
const UNMANAGED: readonly ByHand[] = [
  {
    type: "aws_iam_role",
    change: (target) => rolePolicy(target, { Action: "PutRolePolicy", PolicyDocument: READ_OBJECTS }),
    undo: (target) => rolePolicy(target, { Action: "DeleteRolePolicy" }),
  },
  {
    type: "aws_security_group",
    change: (target) => ingress(target, "AuthorizeSecurityGroupIngress"),
    undo: (target) => ingress(target, "RevokeSecurityGroupIngress"),
  },
];

const READ_OBJECTS = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::by-hand/*" }],
});

const POSTGRESQL = {
  "IpPermissions.1.IpProtocol": "tcp",
  "IpPermissions.1.FromPort": "5432",
  "IpPermissions.1.ToPort": "5432",
  "IpPermissions.1.IpRanges.1.CidrIp": "192.0.2.0/24",
};

export interface ChangedByHand {
  /** Addresses of resources with changed arguments. */
  readonly set: readonly string[];
  /** Addresses of resources with access that Terraform does not manage. */
  readonly unmanaged: readonly string[];
  /** Removes the access that no apply removes. */
  undo(): Promise<void>;
}

export async function changeByHand(cloud: Cloud, resources: readonly Resource[]): Promise<ChangedByHand> {
  const found = (changes: readonly ByHand[]) =>
    changes.flatMap((byHand) => {
      const resource = resources.findLast(({ type }) => type === byHand.type);
      return resource === undefined ? [] : [{ byHand, address: resource.address, target: targetOf(resource, cloud) }];
    });
  const set = found(SET).slice(0, 1);
  const unmanaged = found(UNMANAGED);
  for (const { byHand, target } of [...set, ...unmanaged]) await byHand.change(target);
  return {
    set: set.map(({ address }) => address),
    unmanaged: unmanaged.map(({ address }) => address),
    async undo() {
      for (const { byHand, target } of unmanaged) await byHand.undo?.(target);
    },
  };
}

const NAMED = z.object({ id: z.string(), name: z.string(), arn: z.string() });

/** IAM has no region; its API is in us-east-1. */
function targetOf({ values }: Resource, cloud: Cloud): Target {
  const { id, name, arn } = NAMED.parse(values);
  return { cloud, id, name, region: arn.split(":")[3] || "us-east-1" };
}

function rolePolicy({ cloud, region, name }: Target, form: Record<string, string>): Promise<string> {
  const common = { Version: "2010-05-08", RoleName: name, PolicyName: "by-hand" };
  return callQuery(cloud, { service: "iam", region }, { ...common, ...form });
}

function ingress({ cloud, region, id }: Target, action: string): Promise<string> {
  const form = { Version: "2016-11-15", Action: action, GroupId: id, ...POSTGRESQL };
  return callQuery(cloud, { service: "ec2", region }, form);
}

export function servicesIn(resources: readonly Resource[]): Service[] {
  return resources.filter(({ type }) => type === "aws_ecs_service").map(({ values }) => SERVICE.parse(values));
}

export function controllerOf({ deployment_controller: [controller] }: Service): string {
  return controller?.type ?? "ECS";
}

async function codeDeployArguments(standing: StandingRoot): Promise<string[]> {
  const outputs = OUTPUTS.parse(JSON.parse(await standing.terraform("output", "-json")));
  const { appspec, codedeploy_application: application, codedeploy_group: group } = outputs;
  return ["--appspec", appspec.value, "--application", application.value, "--deployment-group", group.value];
}

async function deploy({ cloud, root }: StandingRoot, args: readonly string[]): Promise<void> {
  const env = { ...process.env, ...cloud.environment, AWS_REGION: root.props.region };
  await promisify(execFile)(process.execPath, [LAUNCHER, "deploy", ...args], { env });
}
