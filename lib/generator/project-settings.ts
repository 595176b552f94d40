/** Settings of a project: the file `project.ts` beside `main.ts`. */
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { InputError } from "../common/errors";

/** Roots are composed with these settings; the project without a file has the defaults. */
export interface ProjectSettings {
  /**
   * Schemas of tags that each root has beside CostCenter, App, Owner and Env: `{ DataClass: z.enum(["health", "none"]) }`.
   * A root may leave out a tag with an optional schema. None unless the project says otherwise.
   */
  readonly tags?: Readonly<Record<string, z.core.$ZodType<string | undefined>>>;
  /**
   * Levels of folders below `environments/`: 2 is `<system>/<environment>`, 3 allows `<system>/<environment>/<component>` as
   * well. 2 unless the project says otherwise.
   */
  readonly levels?: number;
  /** Number of waves in which the roots of a system are applied. 4 unless the project says otherwise. */
  readonly waves?: number;
  /**
   * Name of a root's state in its backend, from the path of the root and the type of the backend. For `environments/shop/dev`
   * in a bucket, `shop/dev/terraform.tfstate` unless the project says otherwise. Two roots cannot have the same place.
   */
  readonly stateKey?: (path: string, backend: string) => string;
}

const SCHEMA = z.custom<z.core.$ZodType>((value) => value instanceof z.core.$ZodType, "allowed: a schema of zod");

const SETTINGS = z.strictObject({
  tags: z.record(z.string().regex(/^[\w.:/=+@ -]{1,128}$/), SCHEMA).default({}),
  levels: z.int().min(2).max(8).default(2),
  waves: z.int().min(1).max(50).default(4),
  stateKey: z
    .custom<(path: string, backend: string) => string>((value) => typeof value === "function", "allowed: a function")
    .optional(),
});

export type CheckedSettings = Readonly<z.infer<typeof SETTINGS>>;

const FILE = "project.ts";
const PROJECT = z.looseObject({ project: z.unknown() });

/** By working directory, which is the folder of the project. */
const known = new Map<string, CheckedSettings>();

/** `project` of project.ts. @throws InputError with all problems at once */
export function projectSettings(): CheckedSettings {
  const file = path.resolve(FILE);
  const settings = known.get(file) ?? read(file);
  known.set(file, settings);
  return settings;
}

function read(file: string): CheckedSettings {
  if (!existsSync(file)) return SETTINGS.parse({});
  return checkedSettings(PROJECT.parse(require(file)).project);
}

/** @throws InputError with all problems at once */
export function checkedSettings(value: unknown): CheckedSettings {
  const { data, error } = SETTINGS.safeParse(value);
  if (data !== undefined) return data;
  throw new InputError(
    FILE,
    error.issues.map(({ path: place, message }) => `${["project", ...place.map(String)].join(".")}: ${message}`),
  );
}
