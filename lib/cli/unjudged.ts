/** Types of resources without a verdict that a synth adds to the tree. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { GeneratedFile } from "../generator/synth/tree";
import { isJudgedByProject } from "../judgement/guardrails/types/project";

const RESOURCES = z.object({ resource: z.record(z.string(), z.unknown()).default({}) });

/**
 * One line for each type that a module uses and its version in the tree does not. Unchanged files are not parsed.
 * @param folder of the tree
 */
export function newlyUnjudged(
  tree: readonly GeneratedFile[],
  folder: string,
  judged: readonly ProjectJudgement[],
): string[] {
  return tree
    .filter(({ path: file }) => /^(?:modules|vendor)\/.*\.tf\.json$/.test(file))
    .flatMap(({ path: file, content }) => {
      const there = path.join(folder, file);
      const before = existsSync(there) ? readFileSync(there, "utf8") : "{}";
      if (before === content) return [];
      const known = typesIn(before);
      return typesIn(content)
        .filter((type) => !known.includes(type) && !isJudgedByProject(type, judged) && !isJudgedType(type))
        .map(
          (type) =>
            `${path.posix.dirname(file)}: ${type}: nobody has judged the type, so the gate requires the approval security`,
        );
    });
}

/** The judges are loaded here, because a run that brings no type into the tree has no use for them. */
function isJudgedType(type: string): boolean {
  const { isJudged }: typeof import("../judgement/guardrails/types") = require("../judgement/guardrails/types");
  return isJudged(type);
}

function typesIn(json: string): string[] {
  return Object.keys(RESOURCES.parse(JSON.parse(json)).resource);
}
