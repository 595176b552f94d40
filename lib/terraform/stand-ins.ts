/** Replaces the data sources of a module with the values that its `stand-ins.json` has for plans without an account. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { withoutData } from "../common/hcl/references";
import { parsedInput, readText } from "../common/input-file";
import type { ProcessEnvironment } from "../common/process-environment";
import { STAND_INS_FILE } from "../common/stand-ins-file";
import { configurationFiles } from "./calls";

const block = z.record(z.string(), z.unknown());
const STAND_INS = z.record(z.string(), z.unknown());
const OF_DATA = z.record(z.string(), block);
const EXPECTED = { noun: "stand-ins", allowed: "the file that `groundplan synth` writes; run: npm run synth" };
const CONFIGURATION = z.looseObject({
  data: z.record(z.string(), z.record(z.string(), block)).optional(),
  locals: block.optional(),
});

type StandInValues = z.infer<typeof OF_DATA>;

/** Rewrites the configuration of a copied module, so that no data source with a stand-in is read. */
export function replaceData(folder: string): void {
  const file = path.join(folder, STAND_INS_FILE);
  if (!existsSync(file)) return;
  const standIns = standInsIn(file, readText(file, EXPECTED.allowed));
  for (const one of configurationFiles(folder)) writeFileSync(one, withoutReads(readFileSync(one, "utf8"), standIns));
}

/** Values of a folder's data sources and inputs, by address: `data.aws_ami.this`, `var.token`. */
export function standInsOf(folder: string): Readonly<Record<string, unknown>> {
  const file = path.join(folder, STAND_INS_FILE);
  return existsSync(file) ? parsedInput(file, readText(file, EXPECTED.allowed), STAND_INS, EXPECTED) : {};
}

/** Values of a root's inputs for a plan without an account, as variables of Terraform's environment. */
export function standInVariables(folder: string): ProcessEnvironment {
  const values = Object.entries(standInsOf(folder)).filter(([address]) => address.startsWith("var."));
  return Object.fromEntries(
    values.map(([address, value]) => [`TF_VAR_${address.slice("var.".length)}`, String(value)]),
  );
}

/** @param text content of a `stand-ins.json` @returns values by the address of their data source */
export function standInsIn(place: string, text: string): StandInValues {
  return parsedInput(place, text, OF_DATA, EXPECTED);
}

/** Terraform JSON whose data sources are local values. */
export function withoutReads(json: string, standIns: StandInValues): string {
  return JSON.stringify(replaced(JSON.parse(json), standIns), null, 2);
}

function replaced(json: unknown, standIns: StandInValues): object {
  const { data = {}, locals = {}, ...rest } = CONFIGURATION.parse(json);
  const addresses = Object.entries(data).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => ({ address: `data.${type}.${name}`, type, name, body })),
  );
  const left = addresses.filter(({ address }) => !(address in standIns));
  const values = addresses.flatMap(({ address, body }) => {
    const values = standIns[address];
    return values === undefined ? [] : Object.entries(localsFor(address, body, values));
  });
  const all = { ...locals, ...Object.fromEntries(values) };
  const kept = Object.fromEntries(
    [...new Set(left.map(({ type }) => type))].map((type) => [
      type,
      Object.fromEntries(left.filter((one) => one.type === type).map(({ name, body }) => [name, body])),
    ]),
  );
  const configuration = { ...rest, ...filled("locals", all), ...filled("data", kept) };
  return Object(rewritten(configuration, (address) => (address in standIns ? `local.${nameOf(address)}` : undefined)));
}

function filled(name: string, block: object): object {
  return Object.keys(block).length === 0 ? {} : { [name]: block };
}

/** Arguments that Terraform evaluates itself. */
const META_ARGUMENTS = new Set(["//", "count", "depends_on", "for_each", "lifecycle", "provider"]);

/** The value of the data source, or of all its instances. Arguments of instances may depend on their keys, and are left out. */
function localsFor(address: string, { count, for_each: forEach, ...body }: Block, values: Block): Block {
  const name = nameOf(address);
  if (count === undefined && forEach === undefined) {
    const own = Object.entries(body).filter(([argument]) => !META_ARGUMENTS.has(argument));
    return { [name]: { ...Object.fromEntries(own), ...literal(values) } };
  }
  const one = `${name}_instance`;
  const all =
    count === undefined
      ? `\${{ for key, value in ${inner(forEach)} : key => local.${one} }}`
      : `\${[for index in range(${inner(count)}) : local.${one}]}`;
  return { [name]: all, [one]: literal(values) };
}

type Block = z.infer<typeof block>;

/** Text of a stand-in is no template. */
function literal(values: Block): Block {
  return z.record(z.string(), z.unknown()).parse(mapped(values, (text) => text.replace(/[$%](?=\{)/g, "$&$&")));
}

/** What stands between the braces of an interpolation; a number as it is. */
function inner(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value.startsWith("${") && value.endsWith("}") ? value.slice(2, -1) : JSON.stringify(value);
}

function nameOf(address: string): string {
  return `stand_in_${address.slice("data.".length).replace(".", "_")}`;
}

/** The configuration with other references, and without dependencies on replaced data sources. */
function rewritten(json: unknown, instead: (address: string) => string | undefined): unknown {
  const withoutDependencies = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(withoutDependencies);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) =>
        key === "depends_on" && Array.isArray(member)
          ? [key, member.filter((one) => instead(String(one)) === undefined)]
          : [key, withoutDependencies(member)],
      ),
    );
  };
  return mapped(withoutDependencies(json), (text) => withoutData(text, instead));
}

function mapped(json: unknown, change: (text: string) => string): unknown {
  if (typeof json === "string") return change(json);
  if (Array.isArray(json)) return json.map((item) => mapped(item, change));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [change(key), mapped(value, change)]));
}
