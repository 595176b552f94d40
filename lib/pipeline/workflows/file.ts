/** Reads workflows and composite actions of GitHub Actions, with line numbers for findings. */
import { type Document, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { InputError } from "../../common/errors";

const TEXT = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const TEXTS = z.record(z.string(), TEXT).default({});
const SHELL = z.object({ run: z.object({ shell: z.string().optional() }).optional() }).optional();
const PERMISSIONS = z.union([z.string(), z.record(z.string(), z.string())]).optional();
const CONCURRENCY = z
  .union([
    z.string(),
    z.object({
      group: z.string(),
      "cancel-in-progress": z.union([z.boolean(), z.string()]).optional(),
      queue: z.string().optional(),
    }),
  ])
  .optional();

const STEP = z.object({
  name: z.string().optional(),
  id: z.string().optional(),
  if: TEXT.optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  shell: z.string().optional(),
  "working-directory": z.string().optional(),
  "continue-on-error": TEXT.optional(),
  with: TEXTS,
  env: TEXTS,
});

const JOB = z.object({
  if: TEXT.optional(),
  needs: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  uses: z.string().optional(),
  with: TEXTS,
  secrets: z.unknown().optional(),
  permissions: PERMISSIONS,
  "runs-on": z.unknown().optional(),
  environment: z.unknown().optional(),
  concurrency: CONCURRENCY,
  "timeout-minutes": z.number().optional(),
  "continue-on-error": TEXT.optional(),
  defaults: SHELL,
  env: TEXTS,
  outputs: TEXTS,
  steps: z.array(STEP).default([]),
});

const INPUTS = z.record(z.string(), z.object({ required: z.boolean().default(false) }).nullable()).nullish();

const WORKFLOW = z.object({
  on: z.union([
    z.string().transform((one): Record<string, unknown> => ({ [one]: null })),
    z
      .array(z.string())
      .transform((names): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, null]))),
    z.record(z.string(), z.unknown()),
  ]),
  permissions: PERMISSIONS,
  concurrency: CONCURRENCY,
  defaults: SHELL,
  env: TEXTS,
  jobs: z.record(z.string(), JOB),
});

const ACTION = z.object({ inputs: INPUTS, runs: z.object({ using: z.literal("composite"), steps: z.array(STEP) }) });

type Place = readonly (string | number)[];

export interface WorkflowStep extends z.infer<typeof STEP> {
  readonly at: Place;
}

export interface Job extends Omit<z.infer<typeof JOB>, "steps"> {
  readonly id: string;
  readonly at: Place;
  readonly steps: readonly WorkflowStep[];
}

/** A string value in the file. Comments are not included. */
export interface Text {
  readonly text: string;
  readonly line: number;
}

interface File {
  /** From the top of the repository: `.github/workflows/ci.yml`. */
  readonly path: string;
  readonly texts: readonly Text[];
  /** For a workflow, the steps of all jobs. */
  readonly steps: readonly WorkflowStep[];
  /** Line of the node at this place, or of the closest node around it. */
  line(at: Place): number;
  /** The comment after the node at this place. */
  comment(at: Place): string | undefined;
}

export interface Workflow extends File, Omit<z.infer<typeof WORKFLOW>, "jobs"> {
  readonly kind: "workflow";
  readonly jobs: readonly Job[];
  /** Inputs for callers, if other workflows can call this one. */
  readonly inputs: Inputs;
}

export interface Action extends File {
  readonly kind: "action";
  readonly inputs: Inputs;
}

export type Inputs = Readonly<Record<string, { readonly required: boolean }>>;

/** @throws InputError if the source is not YAML or not a valid workflow */
export function readWorkflow(path: string, source: string): Workflow {
  const { file, content } = read(path, source);
  const { jobs, ...workflow } = valid(file, WORKFLOW, content);
  const withPlaces = Object.entries(jobs).map(([id, job]): Job => {
    const at = ["jobs", id];
    return { ...job, id, at, steps: job.steps.map((step, i) => ({ ...step, at: [...at, "steps", i] })) };
  });
  const call = z.object({ inputs: INPUTS }).nullish().safeParse(workflow.on.workflow_call).data;
  return {
    ...file,
    ...workflow,
    kind: "workflow",
    jobs: withPlaces,
    inputs: inputsOf(call?.inputs),
    steps: withPlaces.flatMap(({ steps }) => steps),
  };
}

/** @throws InputError if the source is not YAML or not a composite action */
export function readAction(path: string, source: string): Action {
  const { file, content } = read(path, source);
  const { inputs, runs } = valid(file, ACTION, content);
  const steps = runs.steps.map((step, i) => ({ ...step, at: ["runs", "steps", i] }));
  return { ...file, kind: "action", inputs: inputsOf(inputs), steps };
}

function inputsOf(declared: z.infer<typeof INPUTS>): Inputs {
  return Object.fromEntries(
    Object.entries(declared ?? {}).map(([name, input]) => [name, { required: input?.required ?? false }]),
  );
}

function read(path: string, source: string): { file: Omit<File, "steps">; content: unknown } {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter });
  if (document.errors.length > 0) {
    // The lines after the first one quote the source.
    throw new InputError(
      path,
      document.errors.map(({ message }) => message.replace(/:?\n.*$/s, "")),
    );
  }
  const lineAt = (node: unknown) =>
    typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)
      ? lineCounter.linePos(node.range[0]).line
      : undefined;
  const texts: Text[] = [];
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string") texts.push({ text: node.value, line: lineAt(node) ?? 1 });
    },
  });
  const line = (at: Place): number => lineAt(document.getIn(at, true)) ?? (at.length === 0 ? 1 : line(at.slice(0, -1)));
  const comment = (at: Place) => {
    const node = document.getIn(at, true);
    return isScalar(node) ? (node.comment ?? undefined) : undefined;
  };
  return { file: { path, texts, line, comment }, content: contentOf(path, document) };
}

/** @throws InputError if an alias cannot be resolved */
function contentOf(path: string, document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InputError(path, [error instanceof Error ? error.message : String(error)]);
  }
}

function valid<T>({ path, line }: Omit<File, "steps">, schema: z.core.$ZodType<T>, content: unknown): T {
  const { data, error } = z.safeParse(schema, content);
  if (data !== undefined) return data;
  throw new InputError(
    path,
    (error?.issues ?? []).map((issue) => {
      const at = issue.path.map((key) => (typeof key === "symbol" ? key.toString() : key));
      return [`line ${line(at)}`, ...(at.length > 0 ? [at.join(".")] : []), issue.message].join(": ");
    }),
  );
}
