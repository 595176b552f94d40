/** Revisions of a task definition: the next one, with another image, and those that are there. */
import {
  DescribeTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type Tag,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { aws, ServiceError } from "./failure";

export interface Revision {
  readonly arn: string;
  readonly definition: TaskDefinition;
  readonly tags: readonly Tag[];
}

/** `shop-api:7` of `arn:aws:ecs:eu-central-1:111122223333:task-definition/shop-api:7`. */
export function revisionName(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}

export function familyOf(arn: string): string {
  return revisionName(arn).replace(/:\d+$/, "");
}

export function numberOf(arn: string): number {
  return Number(revisionName(arn).split(":").at(-1));
}

const DESCRIBED = z.object({ taskDefinition: z.object({ taskDefinitionArn: z.string() }) });

/** @param name a family, whose newest active revision is meant, or `<family>:<revision>`, or an ARN @throws AwsError */
export async function readRevision(ecs: ECSClient, name: string): Promise<Revision> {
  const answer = await aws("ecs:DescribeTaskDefinition", revisionName(name), () =>
    ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name, include: ["TAGS"] })),
  );
  const arn = DESCRIBED.parse(answer).taskDefinition.taskDefinitionArn;
  return { arn, definition: answer.taskDefinition ?? {}, tags: answer.tags ?? [] };
}

export async function register(ecs: ECSClient, revision: RegisterTaskDefinitionCommandInput): Promise<string> {
  const answer = await aws("ecs:RegisterTaskDefinition", revision.family ?? "a task definition", () =>
    ecs.send(new RegisterTaskDefinitionCommand(revision)),
  );
  return DESCRIBED.parse(answer).taskDefinition.taskDefinitionArn;
}

/**
 * What to register so that one container has another image and all else stays; undefined if it has that image.
 * @param container may be omitted if there is only one
 * @throws InputError if the container is not found
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function withImage(
  { arn, definition, tags }: Revision,
  image: string,
  container?: string,
): RegisterTaskDefinitionCommandInput | undefined {
  const { name, image: former } = containerOf({ arn, definition, tags }, container);
  if (former === image) return undefined;
  // All members but those that only ECS writes.
  const {
    taskDefinitionArn,
    revision,
    status,
    requiresAttributes,
    compatibilities,
    registeredAt,
    registeredBy,
    deregisteredAt,
    deleteRequestedAt,
    ...kept
  } = definition;
  return {
    ...kept,
    family: definition.family,
    containerDefinitions: definition.containerDefinitions?.map((one) => (one.name === name ? { ...one, image } : one)),
    tags: [...tags],
  };
}

/** The one that is named, or the only one there is. @throws InputError */
export function containerOf(
  { arn, definition }: Revision,
  name?: string,
): { readonly name: string; readonly image: string } {
  const containers = z
    .array(z.object({ name: z.string(), image: z.string() }))
    .parse(definition.containerDefinitions ?? []);
  const [first, ...others] = name === undefined ? containers : containers.filter((one) => one.name === name);
  if (first !== undefined && others.length === 0) return first;
  const names = containers.map((one) => one.name).join(", ");
  throw new InputError("--container", [`got ${name ?? "none"}; allowed: one of ${revisionName(arn)}: ${names}`]);
}

/** @throws ServiceError if nothing can run it any more */
export function requireActive({ arn, definition }: Revision): void {
  if (definition.status === "ACTIVE") return;
  throw new ServiceError(
    `${revisionName(arn)} is ${definition.status ?? "of no status"}; allowed: a revision that is ACTIVE`,
  );
}
