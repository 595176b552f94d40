/** Helpers for tests of the generator: a root for calls, and the generated files as data. */
import { Root, type RootProps } from "../../../lib";
import type { Expression } from "../../../lib/generator/expression/code";
import { expression } from "../../../lib/generator/expression/expression";
import { reference } from "../../../lib/generator/expression/reference";
import type { TerraformType } from "../../../lib/generator/inputs/types";
import { renderModule } from "../../../lib/generator/module/render";
import type { Specification } from "../../../lib/generator/module/specification";
import type { GeneratedFile } from "../../../lib/generator/synth/tree";

export const OWNER = "modules/fixture";

export function newRoot(props: Partial<RootProps> = {}): Root {
  return new Root({
    path: "environments/shop/dev",
    source: "environments/shop/dev.ts",
    accountId: "111122223333",
    region: "eu-central-1",
    backend: {
      bucket: "shop-state",
      region: "eu-central-1",
      kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/state",
      dynamodbTable: "shop-locks",
    },
    tags: { CostCenter: "4711", App: "shop", Owner: "platform", Env: "dev" },
    ...props,
  });
}

/** A scalar expression. */
export function deployTime<T>(hcl: string, owner = OWNER): Expression<T> {
  return expression<T>({ hcl, owner });
}

/** An input of the type, as `build` receives it. */
export function input<T>(name: string, type: TerraformType) {
  return reference<T>({ hcl: `var.${name}`, owner: OWNER }, type);
}

export function contentOf(files: readonly GeneratedFile[], path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} among ${files.map((candidate) => candidate.path).join(", ")}`);
  return file.content;
}

export function jsonOf(files: readonly GeneratedFile[], path: string): unknown {
  return JSON.parse(contentOf(files, path));
}

/** One file of a module, as data. */
export function emitted({ specification }: { readonly specification: Specification }, name: string): unknown {
  return jsonOf(renderModule(specification), `modules/${specification.name}/${name}`);
}

/** The error that a function throws. */
export function failure(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("expected an error, but nothing was thrown");
}
