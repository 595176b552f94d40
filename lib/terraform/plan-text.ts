/** Recognizes a plan's JSON among the other output of Terraform, which must not be read as a plan without changes. */
import { z } from "zod";
import { InputError } from "../common/errors";

export const PLAN_JSON = "what `terraform show -json <plan>` prints";

/** @throws InputError with one sentence if the text is not the whole JSON of a plan */
export function planIn(place: string, text: string): unknown {
  const json = objectIn(text);
  const problem = json === undefined ? problemOfText(text) : problemOfObject(json);
  if (problem === undefined) return json;
  const { got, allowed = PLAN_JSON } = problem;
  throw new InputError(place, [`got ${got}; allowed: ${allowed}`]);
}

interface Problem {
  readonly got: string;
  /** By default the JSON of a plan, without advice. */
  readonly allowed?: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

const OBJECT = z.record(z.string(), z.unknown());

function objectIn(text: string): JsonObject | undefined {
  try {
    return OBJECT.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const OF_SAVED_PLAN = `${PLAN_JSON}, where <plan> is the file that \`terraform plan -out=<plan>\` has written`;

/** Colors, and the frame around an error. */
const DECORATION = "^(?:\\u001b\\[[\\d;]*m|[│╷\\s])*";

/** Other output, recognized by its own marks. The first match counts. */
const OTHER_TEXT: readonly (Problem & { readonly has: RegExp })[] = [
  { has: /^\s*$/, got: "an empty text" },
  /** @see https://github.com/hashicorp/setup-terraform#inputs */
  {
    has: /^(?:\[command\]|::debug::|::set-output )/m,
    got: "a plan among lines of the wrapper that hashicorp/setup-terraform installs",
    allowed: `${PLAN_JSON}, with \`terraform_wrapper: false\` for hashicorp/setup-terraform`,
  },
  /** @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
  { has: /^\s*\{"@level":/, got: "the log of `terraform plan -json`", allowed: OF_SAVED_PLAN },
  { has: new RegExp(`${DECORATION}Error: `, "m"), got: "an error message of Terraform" },
  {
    has: new RegExp(
      `${DECORATION}(?:Terraform (?:will perform|used the selected)|No changes\\.|Plan: \\d|Note: Objects have|\\S+: (?:Refreshing|Reading))`,
      "m",
    ),
    got: "the text that Terraform prints for people",
    allowed: `${PLAN_JSON}, with -json`,
  },
  { has: /^\s*\{/, got: "JSON that is cut off or damaged" },
];

function problemOfText(text: string): Problem {
  return OTHER_TEXT.find(({ has }) => has.test(text)) ?? { got: "something else than a plan" };
}

/**
 * What Terraform writes in every plan since 1.8: one without changes, of an empty root, targeted, or that failed. Others,
 * `resource_changes` among them, are omitted if they are empty.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const SECTIONS = ["terraform_version", "planned_values", "configuration", "applyable", "complete", "errored"];

function problemOfObject(json: JsonObject): Problem | undefined {
  const { format_version: version } = json;
  const missing = SECTIONS.filter((name) => json[name] === undefined);
  if ("@level" in json) return { got: "the log of `terraform plan -json`", allowed: OF_SAVED_PLAN };
  if ("lineage" in json) return { got: "a state file", allowed: OF_SAVED_PLAN };
  if (version === undefined) return { got: "JSON without format_version" };
  if (typeof version !== "string" || !/^1\.\d+$/.test(version)) {
    return {
      got: `format_version ${JSON.stringify(version)}`,
      allowed: "1.x, as Terraform 1.11 writes with `terraform show -json <plan>`",
    };
  }
  // Without any resource, a state is its format_version alone.
  if ("values" in json || missing.length === SECTIONS.length) {
    return { got: "the JSON of a state", allowed: OF_SAVED_PLAN };
  }
  if (missing.length > 0) return { got: `a plan without ${missing.join(", ")}`, allowed: `the whole of ${PLAN_JSON}` };
  if (!lacksChanges(json)) return undefined;
  return {
    got: "a plan with resources and without resource_changes",
    allowed: `the whole of ${PLAN_JSON}`,
  };
}

const MODULE = z.object({
  resources: z.array(z.object({ mode: z.string() })).default([]),
  get child_modules() {
    return z.array(MODULE).default([]);
  },
});

const WITH_RESOURCES = z.object({
  planned_values: z.object({ root_module: MODULE.optional() }),
  prior_state: z.object({ values: z.object({ root_module: MODULE.optional() }).optional() }).optional(),
  resource_drift: z.array(z.unknown()).default([]),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).default({}),
});

/**
 * Each managed resource has an entry in `resource_changes`, `no-op` without a change. A refresh-only plan has neither
 * those entries nor planned values of resources; its changes to the state are drift or outputs.
 */
function lacksChanges(json: JsonObject): boolean {
  // A failed or targeted plan may list none; the gate refuses such a plan.
  if (json.resource_changes !== undefined || json.complete !== true || json.errored !== false) return false;
  const { data } = WITH_RESOURCES.safeParse(json);
  if (data === undefined) return false;
  const { planned_values: after, prior_state: before, resource_drift: drift, output_changes: outputs } = data;
  if (hasManaged(after.root_module)) return true;
  const isRefresh = drift.length > 0 || Object.values(outputs).some(({ actions }) => !actions.includes("no-op"));
  return json.applyable === true && hasManaged(before?.values?.root_module) && !isRefresh;
}

function hasManaged(module: z.infer<typeof MODULE> | undefined): boolean {
  if (module === undefined) return false;
  return module.resources.some(({ mode }) => mode === "managed") || module.child_modules.some(hasManaged);
}
