/** Problems of a root's props that follow from the settings of the project. */
import type { CheckedSettings } from "../project-settings";
import { rootParts } from "./root-path";

interface Props {
  readonly path: string;
  /** Tags beside those that every project has. */
  readonly tags: Readonly<Record<string, unknown>>;
  readonly delivery?: { readonly wave: number } | undefined;
}

/** One line for each problem. */
export function settingsProblems({ path, tags, delivery }: Props, settings: CheckedSettings): string[] {
  const { kind } = rootParts(path);
  const levels = path.split("/").length - 1;
  const most = kind === "accounts" ? 1 : settings.levels;
  const { waves } = settings;
  return [
    ...(levels <= most && levels >= Math.min(2, most)
      ? []
      : [`path: got "${path}"; allowed: ${kind}/ and ${range(kind, most)}; levels in project.ts: ${settings.levels}`]),
    ...tagProblems(tags, settings),
    ...(delivery !== undefined && delivery.wave > waves
      ? [
          `delivery.wave: got ${delivery.wave}; allowed: an integer, at least 1, at most ${waves}, the waves in project.ts`,
        ]
      : []),
  ];
}

function range(kind: string, most: number): string {
  if (kind === "accounts") return "one level of folders";
  return most === 2 ? "2 levels of folders" : `2 to ${most} levels of folders`;
}

function tagProblems(tags: Props["tags"], { tags: schemas }: CheckedSettings): string[] {
  const names = [...new Set([...Object.keys(tags), ...Object.keys(schemas)])];
  return names.flatMap((name) => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    const got = `tags.${name}: got ${JSON.stringify(tags[name]) ?? "nothing"}`;
    if (schema === undefined) {
      const allowed = ["CostCenter", "App", "Owner", "Env", ...Object.keys(schemas)].join(", ");
      return [`${got}; allowed: nothing of this name, only ${allowed}; project.ts declares more tags`];
    }
    const { error } = schema.safeParse(tags[name]);
    return (error?.issues ?? []).map(({ message }) => `${got}; allowed: as project.ts says: ${message}`);
  });
}
