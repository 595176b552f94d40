/** Tests every validation of every module at synth and in a real `terraform plan`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../../lib";
import { terraformKeys } from "../../lib/generator/inputs/terraform-keys";
import type { TerraformType } from "../../lib/generator/inputs/types";
import { type Check, checksOf } from "../../lib/generator/inputs/variables";
import { moduleFolder } from "../../lib/generator/module/folder";
import { renderModule } from "../../lib/generator/module/render";
import type { Specification } from "../../lib/generator/module/specification";
import { jsonFile } from "../../lib/generator/synth/tree";
import { writeTree } from "../../lib/generator/synth/write";
import { inParallel, inRoot, runTerraform } from "../../lib/terraform";
import { terraform } from "../../lib/terraform/run";
import { newRoot } from "../lib/generator/support";
import { describeWithTerraform } from "./terraform-needed";

/** One call with one invalid value. */
interface Trial {
  readonly title: string;
  readonly specification: Specification;
  readonly values: Readonly<Record<string, unknown>>;
  readonly input: string;
  readonly allowed: string;
  /** Whether the validation reads several variables. */
  readonly spansInputs: boolean;
  /** The invalid value as both messages show it. */
  readonly shown: string;
}

/** Declares a test of each validation of each module, at synth and in one plan for all. */
export function describeEveryValidation(modules: readonly { readonly specification: Specification }[]): void {
  const found = modules.flatMap(({ specification }) => trialsOf(specification));
  const trials = found.filter((trial) => typeof trial !== "string");
  const titled = trials.map((trial, i): [string, Trial, string] => [trial.title, trial, `trial_${i}`]);

  test("every check is reached by the example of its module", () => {
    expect(found.filter((trial) => typeof trial === "string")).toEqual([]);
  });

  test.each(titled)("synth refuses a value of %s", (_, { specification, values, input, shown, allowed }) => {
    const root = newRoot();
    const call = { id: "wrong", specification, inputs: values, providers: {}, source: () => "here.ts:1:1" };
    const error = thrown(() => root.call(call, specification.problems(values)));
    expect(error).toBeInstanceOf(InputError);
    const [head, ...lines] = String(error).split("\n  ");
    expect(head).toBe(`InputError: ${root.address}/wrong (here.ts:1:1): bad inputs of module ${specification.name}`);
    expect(lines.filter((line) => isAbout(line, input) && line.includes(shown) && line.includes(allowed))).toHaveLength(
      1,
    );
  });

  describeWithTerraform("a caller in plain HCL", () => {
    let diagnostics: Diagnostic[];
    beforeAll(async () => {
      // Terraform validates several variables together only if each of them is valid by itself.
      const groups = [true, false].flatMap((spans) =>
        chunks(titled.filter(([, trial]) => trial.spansInputs === spans)),
      );
      diagnostics = (await inParallel(groups, planned)).flat();
    }, 600_000);

    test.each(titled)("is refused a value of %s", (_, { input, shown, allowed }, id) => {
      const ours = diagnostics.filter(({ snippet }) => snippet?.context === `module.${id}`);
      const details = ours.map(({ summary, detail }) => `${summary}: ${detail}`);
      const name = Object.keys(terraformKeys({ [input]: 0 }, { ...OBJECT, fields: {} }) ?? {})[0] ?? "";
      const told = details.filter(
        (detail) => detail.includes(name) && detail.includes(escapedHtml(shown)) && detail.includes(`${allowed}.`),
      );
      expect({ told: told.length, details }).toEqual({ told: 1, details });
    });
  });
}

const OBJECT = {
  kind: "object",
  description: "",
  nullable: false,
  optional: false,
  default: undefined,
  sensitive: false,
  sizing: false,
  constraints: [],
} as const;

/** Trials, and for a check without a trial the reason as text. */
function trialsOf(specification: Specification): (Trial | string)[] {
  const { name, inputs, rules, example } = specification;
  const single = Object.entries(inputs).flatMap(([input, type]) =>
    checksOf(input, type).map((check): Trial | string => {
      const steps = check.place.slice(input.length).match(/\[\]|\{\}|[^.[\]{}]+/g) ?? [];
      const value = planted(example[input] ?? type.default, type, steps, check);
      if (typeof value === "string") return `${name}: ${value}`;
      return {
        title: `${name}: ${check.place} that is not ${check.constraint.allowed}`,
        specification,
        values: { ...example, [input]: value.whole },
        input,
        allowed: check.constraint.allowed,
        spansInputs: false,
        shown: type.sensitive ? "got a sensitive value" : value.shown,
      };
    }),
  );
  const together = rules.map((rule): Trial => {
    const [input = ""] = rule.inputs;
    // Explicit, so that Terraform's message refers to the call and not to the module's default.
    const defaults = rule.inputs.filter((name) => inputs[name]?.default !== undefined);
    const said = Object.fromEntries(defaults.map((name) => [name, inputs[name]?.default]));
    const values: Record<string, unknown> = { ...said, ...example, ...rule.counterexample };
    const shown = inputs[input]?.sensitive ? "a sensitive value" : shownAs(values[input], inputs[input]);
    return {
      title: `${name}: ${rule.inputs.join(" with ")} that is not ${rule.allowed}`,
      specification,
      values,
      input,
      allowed: rule.allowed,
      spansInputs: rule.inputs.length > 1,
      shown,
    };
  });
  return [...single, ...together];
}

interface Planted {
  readonly whole: unknown;
  readonly shown: string;
}

/** The value with the counterexample at the place of the check; text if the example has no such place. */
function planted(value: unknown, type: TerraformType, steps: readonly string[], check: Check): Planted | string {
  const [step, ...rest] = steps;
  if (step === undefined) return counterexample(value, type, check);
  const given = value ?? type.default;
  if (typeof given !== "object" || given === null || (type.kind !== "object" && Object.keys(given).length === 0)) {
    return `the example has nothing at ${check.place}; give it a value there, so that its check can be tried`;
  }
  if (type.kind === "object") {
    const field = type.fields[step];
    if (field === undefined) throw new Error(`${check.place}: no field ${step}`);
    const inner = planted(Reflect.get(given, step), field, rest, check);
    if (typeof inner === "string") return inner;
    return { ...inner, whole: { ...given, [step]: inner.whole } };
  }
  if (!("element" in type)) throw new Error(`${check.place}: nothing is inside a ${type.kind}`);
  const { element } = type;
  const entries = Object.entries(given);
  const tried = entries.map(([key, one]) => [key, planted(one, element, rest, check)] as const);
  const [key, inner] = tried.find(([, one]) => typeof one !== "string") ?? tried[0] ?? ["", ""];
  if (typeof inner === "string") return inner;
  const changed = entries.map(([other, one]): [string, unknown] => [other, other === key ? inner.whole : one]);
  return { ...inner, whole: Array.isArray(given) ? changed.map(([, one]) => one) : Object.fromEntries(changed) };
}

function counterexample(value: unknown, type: TerraformType, { constraint, place }: Check): Planted | string {
  const bad = constraint.counterexample;
  if (type.kind === "map" && typeof bad === "object" && bad !== null) {
    const [key = ""] = Object.keys(bad);
    const [first] = Object.values(typeof value === "object" && value !== null ? value : {});
    if (first === undefined) return `the example has no entry in ${place}; give it one, so that its keys can be tried`;
    return { whole: { [key]: first }, shown: JSON.stringify(key) };
  }
  if (Array.isArray(bad) && bad.length > 0 && "element" in type && type.element.kind !== "string") {
    const [first] = Array.isArray(value) ? value : [];
    if (first === undefined) return `the example has nothing in ${place}; give it one, so that its length can be tried`;
    return { whole: bad.map(() => first), shown: "got [" };
  }
  return { whole: bad, shown: `got ${shownAs(bad, type)}` };
}

/** A value as both sides print it: Terraform sorts sets and adds omitted attributes of objects. */
function shownAs(value: unknown, type: TerraformType | undefined): string {
  const items = Array.isArray(value) ? value : [value];
  if (items.some((item) => typeof item === "object" && item !== null)) return "";
  return JSON.stringify(type?.kind === "set" ? [...items].sort() : value);
}

const DIAGNOSTIC = z.object({
  summary: z.string(),
  detail: z.string().default(""),
  snippet: z.object({ context: z.string().nullable() }).optional(),
});
type Diagnostic = z.infer<typeof DIAGNOSTIC>;

/** The duration of a plan grows with the square of its calls. */
const CALLS_PER_PLAN = 20;

function chunks<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CALLS_PER_PLAN) }, (_, i) =>
    items.slice(i * CALLS_PER_PLAN, (i + 1) * CALLS_PER_PLAN),
  );
}

/** Terraform's messages about the calls. Each module has only its variables: without resources, no provider is needed. */
async function planned(trials: readonly (readonly [string, Trial, string])[]): Promise<Diagnostic[]> {
  const module = Object.fromEntries(
    trials.map(([, { specification, values }, id]) => [
      id,
      {
        source: `./${moduleFolder(specification)}`,
        ...Object(terraformKeys(values, { ...OBJECT, fields: specification.inputs })),
      },
    ]),
  );
  const specifications = [...new Set(trials.map(([, { specification }]) => specification))];
  const folder = mkdtempSync(path.join(tmpdir(), "groundplan-validations-"));
  try {
    writeTree(folder, [
      ...specifications
        .flatMap((specification) => renderModule(specification))
        .filter(({ path }) => path.endsWith("/variables.tf.json")),
      jsonFile("main.tf.json", "trials", { module }),
    ]);
    return await inRoot(folder, ".", async (workplace) => {
      await terraform(["get", "-no-color"], workplace);
      const { stdout } = await runTerraform(["plan", "-json"], workplace);
      return stdout
        .split("\n")
        .filter((line) => line.includes('"type":"diagnostic"'))
        .map((line) => z.object({ diagnostic: DIAGNOSTIC }).parse(JSON.parse(line)).diagnostic);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isAbout(line: string, input: string): boolean {
  return line.startsWith(input) && /^[:.[]/.test(line.slice(input.length));
}

/** Terraform's `jsonencode` writes these as Go does. */
function escapedHtml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function thrown(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
