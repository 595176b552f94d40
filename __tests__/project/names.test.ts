/** One exported name has one meaning in the whole of lib/. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Declaration, type ModuleItem, type Pattern, parseSync } from "@swc/core";

const LIB = path.resolve(__dirname, "../../lib");

/** The entry point of each command's file: `lib/cli/index.ts` calls it by this name. */
const ENTRY_POINT = "add";

/** Names that a file declares and exports. A name that it re-exports from another file is declared there. */
function exportedNames(source: string): string[] {
  const { body } = parseSync(source, { syntax: "typescript", target: "es2022" });
  return [...new Set(body.flatMap(namesOf))];
}

function namesOf(item: ModuleItem): string[] {
  if (item.type === "ExportDeclaration") return declaredBy(item.declaration);
  if (item.type !== "ExportNamedDeclaration") return [];
  return item.specifiers.flatMap((specifier) => {
    if (specifier.type !== "ExportSpecifier") return [];
    const { orig, exported } = specifier;
    const isReExport = item.source !== null && (exported ?? orig).value === orig.value;
    return isReExport ? [] : [(exported ?? orig).value];
  });
}

function declaredBy(declaration: Declaration): string[] {
  switch (declaration.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap(({ id }) => boundBy(id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return [declaration.identifier.value];
    default:
      return declaration.id.value === undefined ? [] : [declaration.id.value];
  }
}

function boundBy(pattern: Pattern): string[] {
  if (pattern.type === "Identifier") return [pattern.value];
  throw new Error(`got export of a ${pattern.type}; allowed: export const <name>`);
}

/** Each name that several files declare, with these files. */
function sharedNames(files: ReadonlyMap<string, string>): string[] {
  const places = new Map<string, string[]>();
  for (const [file, source] of files) {
    for (const name of exportedNames(source)) {
      if (name === ENTRY_POINT && /^cli\/[^/]+\.ts$/.test(file)) continue;
      places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  return [...places]
    .filter(([, declaring]) => declaring.length > 1)
    .map(([name, declaring]) => `${name}: ${declaring.sort().join(", ")}`)
    .sort();
}

test("no two files of lib/ declare the same exported name", () => {
  const names = readdirSync(LIB, { recursive: true, encoding: "utf8" }).filter((file) => /\.(ts|mjs|cts)$/.test(file));
  expect(names.length).toBeGreaterThan(250);
  expect(sharedNames(new Map(names.map((file) => [file, readFileSync(path.join(LIB, file), "utf8")])))).toEqual([]);
});

test.each([
  ["two functions", "export function a() {}", "export async function a() {}", ["a: one.ts, two.ts"]],
  ["a type and an interface", "export type A = 1;", "export interface A {}", ["A: one.ts, two.ts"]],
  ["a class and a constant", "export abstract class A {}", "export const B = 1, A = 2;", ["A: one.ts, two.ts"]],
  ["a list of exports", "const a = 1; export { a };", "const b = 1; export { b as a };", ["a: one.ts, two.ts"]],
  ["a renamed re-export", "export { b as a } from './three';", "export const a = 1;", ["a: one.ts, two.ts"]],
  ["a re-export", "export { a } from './two'; export * from './two';", "export const a = 1;", []],
  ["names that are not exported", "const a = 1; type B = 1;", "export const a = 1; export type B = 1;", []],
  ["overloads in one file", "export function a(b: 1): 1; export function a(b: 2): 2; export function a() {}", "", []],
])("%s: the shared names are reported", (_what, one, two, shared) => {
  expect(
    sharedNames(
      new Map([
        ["one.ts", one],
        ["two.ts", two],
      ]),
    ),
  ).toEqual(shared);
});

test("only the entry points of commands may share their name", () => {
  const add = "export function add() {}";
  expect(sharedNames(new Map(["cli/one.ts", "cli/two.ts", "aws/three.ts"].map((file) => [file, add])))).toEqual([]);
  expect(sharedNames(new Map(["aws/three.ts", "aws/four.ts"].map((file) => [file, add])))).toEqual([
    "add: aws/four.ts, aws/three.ts",
  ]);
});
