/** Manifests of an application's repository, completed with the image of a deployment. */
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { InputError } from "../../../common/errors";
import { checkedInput, readText } from "../../../common/input-file";
import { isByDigest } from "../image";

/** Image of each container that gets the image of the deployment. */
const PLACEHOLDER = "application";

const instead = (allowed: string) => ({
  error: ({ input }: { input?: unknown }) => `got ${JSON.stringify(input) ?? "nothing"}; allowed: ${allowed}`,
});

const CONTAINER = z.looseObject({ name: z.string(), image: z.string() });
const POD = z.looseObject({
  initContainers: z.array(CONTAINER).default([]),
  containers: z.array(CONTAINER).min(1),
});
const METADATA = z.looseObject({
  name: z.string(),
  annotations: z.record(z.string(), z.string()).default({}),
});

const DEPLOYMENT = z.looseObject({
  apiVersion: z.literal("apps/v1"),
  kind: z.literal("Deployment"),
  metadata: METADATA,
  spec: z.looseObject({
    replicas: z.undefined(instead("none, because a HorizontalPodAutoscaler sets the number of pods")).optional(),
    template: z.looseObject({ spec: POD }),
  }),
});

const JOB = z.looseObject({
  apiVersion: z.literal("batch/v1"),
  kind: z.literal("Job"),
  metadata: METADATA,
  spec: z.looseObject({
    backoffLimit: z.literal(0, instead("0, because a migration runs once")),
    template: z.looseObject({
      spec: POD.extend({ restartPolicy: z.literal("Never", instead("Never, because a migration runs once")) }),
    }),
  }),
});

/** The Deployment with this image, and with its cause, which `kubectl rollout history` prints. */
export function deploymentIn(file: string, image: string, cause: string): z.output<typeof DEPLOYMENT> {
  const found = documentIn(file, DEPLOYMENT, "a Deployment of apps/v1");
  const { metadata, spec } = found;
  const annotations = { ...metadata.annotations, "kubernetes.io/change-cause": cause };
  return { ...found, metadata: { ...metadata, annotations }, spec: withImage(file, spec, image) };
}

/** The Job with this image and time limit. Kubernetes completes its name, because each run is a Job of its own. */
export function jobIn(file: string, image: string, minutes: number): object {
  const found = documentIn(file, JOB, "a Job of batch/v1");
  const { name, ...metadata } = found.metadata;
  const spec = { ...withImage(file, found.spec, image), activeDeadlineSeconds: minutes * 60 };
  return { ...found, metadata: { ...metadata, generateName: `${name}-` }, spec };
}

function documentIn<T>(file: string, schema: z.core.$ZodType<T>, noun: string): T {
  const allowed = `one YAML document with ${noun}`;
  const documents = parseAllDocuments(readText(file, allowed));
  const [document, ...others] = documents;
  if (document === undefined || others.length > 0) {
    throw new InputError(file, [`got ${documents.length} documents; allowed: ${allowed}`]);
  }
  const [error] = document.errors;
  if (error !== undefined) throw new InputError(file, [`got no YAML: ${error.message}; allowed: ${allowed}`]);
  return checkedInput(file, document.toJS(), schema, { noun, allowed });
}

interface Templated {
  readonly template: { readonly spec: z.output<typeof POD> };
}

/** @throws InputError if no container gets the image, or another image has no digest */
function withImage<T extends Templated>(file: string, spec: T, image: string): T {
  const { initContainers, containers } = spec.template.spec;
  const images = [...initContainers, ...containers].map((container) => container.image);
  const problems = images
    .filter((found) => found !== PLACEHOLDER && !isByDigest(found))
    .map((found) => `image: got "${found}"; allowed: ${PLACEHOLDER}, or <repository>@sha256:<digest>`);
  if (!images.includes(PLACEHOLDER))
    problems.push(`got no container with the image ${PLACEHOLDER}; allowed: one or more`);
  if (problems.length > 0) throw new InputError(file, problems);
  const put = (all: readonly z.output<typeof CONTAINER>[]) =>
    all.map((container) => (container.image === PLACEHOLDER ? { ...container, image } : container));
  const pod = { ...spec.template.spec, initContainers: put(initContainers), containers: put(containers) };
  return { ...spec, template: { ...spec.template, spec: pod } };
}
