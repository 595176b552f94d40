/** Roots of the generated tree, read without Terraform. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../common/errors";
import { VENDOR } from "../../generator/module/folder";
import { requireWrittenTree } from "../../terraform/roots";
import {
  EvaluationError,
  type HclValue,
  isList,
  lazyObject,
  type Mapping,
  Reference,
  type Scope,
  scopeOf,
  Unknown,
} from "../hcl";
import { type Folder, readFolder } from "./folder";
import { asObject, asValue, evaluateJson, isLiteral } from "./json";
import { CalledModule, passedProviders, pathsOf } from "./module";
import { offlineTree } from "./offline-tree";
import { type RootConfiguration, rootConfiguration, type VariableConfiguration } from "./root";
import type { SourcePlaces } from "./source-places";
import type { TreeFiles } from "./tree-files";

/** Reads the generated tree. @throws InputError if Terraform would read files that synth did not write */
export function readTree(folder: string): TreeFiles {
  const files = [...requireWrittenTree(folder)].filter((file) => existsSync(path.join(folder, file)));
  return new Map(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

/** Roots of one tree. Each module and each root is read once. */
export class Configurations {
  private readonly folders = new Map<string, Folder>();
  private readonly roots = new Map<string, RootConfiguration>();
  private readonly modules = new Map<string, SharedModule>();

  /** @param sources where in the TypeScript the blocks were written; asked for only to report an error */
  constructor(
    private readonly files: TreeFiles,
    private readonly sources: () => SourcePlaces = () => new Map(),
  ) {}

  /** @param root folder below the tree: `environments/shop/dev` @throws InputError if the tree has no such root */
  root(root: string): RootConfiguration {
    const configuration = this.roots.get(root) ?? this.evaluated(root);
    this.roots.set(root, configuration);
    return configuration;
  }

  /** Releases the memory of a root whose configuration is not needed again. */
  forget(root: string): void {
    this.roots.delete(root);
    this.folders.delete(root);
  }

  /** @throws InputError for an expression that Terraform refuses, too */
  private evaluated(root: string): RootConfiguration {
    try {
      return this.evaluate(root);
    } catch (error) {
      throw error instanceof EvaluationError ? new InputError(root, [error.message]) : error;
    }
  }

  private evaluate(root: string): RootConfiguration {
    const folder = this.folder(root);
    const calls = new Map<string, CalledModule>();
    const scope: Scope = scopeOf({
      var: lazyObject(Object.keys(folder.variable), (name) => new Reference(`var.${name}`)),
      module: lazyObject(Object.keys(folder.module), (id) => calls.get(id)?.outputs ?? new Unknown()),
      path: pathsOf("."),
    });
    const described = Object.entries(folder.module).map(([id, block]) => {
      const { source, providers, ...inputs } = asObject(block);
      const module = this.moduleOf(root, String(source));
      const evaluated = lazyObject(
        Object.keys(inputs),
        (name) => evaluateJson(inputs[name], scope),
        (name) => isLiteral(inputs[name]),
      );
      const folderAt = (name: string) => this.folder(name);
      const place = {
        root,
        call: id,
        address: `module.${id}`,
        providers: passedProviders(providers, {}),
        folderAt,
        sources: this.sources,
      };
      calls.set(id, new CalledModule(place, this.folder(module), evaluated));
      return { id, module, inputs: evaluated };
    });
    const modules = this.calledFrom(described.map(({ module }) => module));
    return rootConfiguration({
      path: root,
      source: folder.source,
      terraform: literals(folder.terraform),
      providers: Object.fromEntries(
        Object.entries(folder.provider).map(([name, blocks]) => [name, blocksOf(evaluateJson(blocks, scope))]),
      ),
      requirements: Object.fromEntries(modules.map(({ path: module, terraform }) => [module, terraform])),
      variables: [...variablesOf(folder), ...modules.flatMap(({ variables }) => variables)],
      migration: evaluateJson(folder.locals.migration ?? null, scope),
      calls: described,
      resources: [...calls.values()].flatMap((call) => call.resources()),
      ownBlocks: [...addresses(folder.resource), ...addresses(folder.data).map((address) => `data.${address}`)],
    });
  }

  /** The modules, and the modules that they call. */
  private calledFrom(modules: readonly string[]): SharedModule[] {
    const found = new Set(modules);
    for (const module of found) for (const called of this.module(module).calls) found.add(called);
    return [...found].map((module) => this.module(module));
  }

  /** The text of every file. */
  texts(): Iterable<string> {
    return this.files.values();
  }

  private module(name: string): SharedModule {
    const known = this.modules.get(name) ?? this.shared(this.folder(name));
    this.modules.set(name, known);
    return known;
  }

  private shared(module: Folder): SharedModule {
    requireJudgeable(module);
    return {
      path: module.path,
      terraform: literals(module.terraform),
      variables: variablesOf(module),
      calls: Object.values(module.module).map((block) => this.moduleOf(module.path, String(asObject(block).source))),
    };
  }

  /** The tree as an offline plan has it: with stand-ins for data sources. */
  offline(): Configurations {
    return new Configurations(offlineTree(this.files), this.sources);
  }

  /** The folder of a module below the tree, from a call's `source`. */
  moduleOf(root: string, source: string): string {
    return path.posix.join(root, source);
  }

  /** The Terraform JSON of a module or root, not evaluated. */
  folder(name: string): Folder {
    const folder = this.folders.get(name) ?? readFolder(this.files, name);
    this.folders.set(name, folder);
    return folder;
  }
}

/** @throws InputError if a module of the project calls a module, or any module configures a provider */
function requireJudgeable({ path: folder, module, provider }: Folder): void {
  const calls = folder.startsWith(`${VENDOR}/`) ? [] : Object.keys(module).map((id) => `module.${id}`);
  const found = [...calls, ...Object.keys(provider).map((name) => `provider.${name}`)];
  if (found.length === 0) return;
  throw new InputError(folder, [
    `got ${found.join(", ")}; allowed: calls in roots and in modules from elsewhere, and providers in roots only`,
  ]);
}

/** The parts of a module that are the same for all roots that call it. */
interface SharedModule {
  readonly path: string;
  readonly terraform: Mapping;
  readonly variables: readonly VariableConfiguration[];
  /** Folders of the modules that it calls. */
  readonly calls: readonly string[];
}

function variablesOf(module: Folder): VariableConfiguration[] {
  return Object.entries(module.variable).map(([name, block]) => {
    const { default: byDefault, sensitive } = asObject(block);
    return { module: module.path, name, default: asValue(byDefault), sensitive: sensitive === true };
  });
}

function addresses(types: Folder["resource"]): string[] {
  return Object.entries(types).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
}

/** A block that may not contain expressions. */
function literals(block: Readonly<Record<string, unknown>>): Mapping {
  return Object.fromEntries(Object.entries(block).map(([name, value]) => [name, asValue(value)]));
}

/** In JSON, a single block may be written without a list. */
function blocksOf(value: HclValue): readonly HclValue[] {
  return isList(value) ? value : [value];
}
