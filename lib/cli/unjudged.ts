/** Types of resources and state backends without a verdict that a synth adds to the tree. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { ProjectJudgement } from "../generator/synth/project-judgement";
import type { GeneratedFile } from "../generator/synth/tree";
import { isJudgedByProject } from "../judgement/guardrails/types/project";

const named = z.record(z.string(), z.unknown()).default({});
const FILE = z.object({ resource: named, terraform: z.object({ backend: named }).default({ backend: {} }) });

/**
 * One line for each type that a module uses and its version in the tree does not, and for each root with another type of
 * backend than in the tree. Unchanged files are not parsed.
 * @param folder of the tree
 */
export function newlyUnjudged(
  tree: readonly GeneratedFile[],
  folder: string,
  judged: readonly ProjectJudgement[],
): string[] {
  return tree
    .filter(({ path: file }) => /^(?:modules|vendor)\/.*\.tf\.json$|\/versions\.tf\.json$/.test(file))
    .flatMap(({ path: file, content }) => {
      const there = path.join(folder, file);
      const before = existsSync(there) ? readFileSync(there, "utf8") : "{}";
      if (before === content) return [];
      const [known, now] = [namesIn(before), namesIn(content)];
      const place = path.posix.dirname(file);
      return [
        ...now.types
          .filter((type) => !known.types.includes(type) && !isJudgedByProject(type, judged) && !isJudgedType(type))
          .map((type) => `${place}: ${type}: nobody has judged the type, so the gate requires the approval security`),
        ...now.backends
          .filter((type) => !known.backends.includes(type) && !hasVerdict(type, judged))
          .map(
            (type) =>
              `${place}: backend ${type}: nobody has judged how it encrypts the state, so the gate requires the approval security`,
          ),
      ];
    });
}

/** The judges are loaded here, because a run that brings no type into the tree has no use for them. */
function isJudgedType(type: string): boolean {
  const { isJudged }: typeof import("../judgement/guardrails/types") = require("../judgement/guardrails/types");
  return isJudged(type);
}

function hasVerdict(type: string, judged: readonly ProjectJudgement[]): boolean {
  const { isBackendJudged }: typeof import("../judgement/guardrails/state") = require("../judgement/guardrails/state");
  return isBackendJudged(type, judged);
}

function namesIn(json: string): { readonly types: string[]; readonly backends: string[] } {
  const { resource, terraform } = FILE.parse(JSON.parse(json));
  return { types: Object.keys(resource), backends: Object.keys(terraform.backend) };
}
