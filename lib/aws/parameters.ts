/** SSM parameters as the contract between roots: one module publishes values, modules of other roots read them. */
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Construct } from "constructs";
import type { z } from "zod";
import { InputError } from "../common/errors";
import { codeOf, type Expression } from "../generator/expression/code";
import { hcl, jsonencode, type Ref, type Value } from "../generator/expression/expression";
import { snakeCase } from "../generator/expression/names";
import { reference } from "../generator/expression/reference";
import { text } from "../generator/inputs/schema";
import { terraformKeys } from "../generator/inputs/terraform-keys";
import { type TerraformType, terraformType } from "../generator/inputs/types";
import { resource } from "../generator/module/resource";

/** Path of published parameters and of configuration values. */
export const PARAMETER_PATH = text(
  /^(?:\/[\w.-]+){1,14}$/,
  "a path with a slash before each name and none at the end",
  "shop/config/",
);

type Shape = Readonly<Record<string, z.core.$ZodType>>;

export interface ParameterContract<S extends Shape> {
  /** Folder of the parameters below the path of the publisher: `network` in `/shop/dev/network/vpc_id`. */
  readonly name: string;
  /** Types of the values. */
  readonly values: S;
  /** Values that a plan without an account reads. */
  readonly standIns: { readonly [K in keyof S]: z.output<S[K]> };
}

/** A contract whose stand-ins have the types of its values. @throws InputError for a value that is a secret */
export function defineParameters<S extends Shape>(contract: ParameterContract<S>): ParameterContract<S> {
  typesOf(contract);
  return contract;
}

/** Publishes the values of a contract below a path, one parameter each. Anybody who may read the parameters sees them. */
export function publishParameters<S extends Shape>(
  scope: Construct,
  contract: ParameterContract<S>,
  path: Value<string>,
  values: { readonly [K in keyof S]: Value<z.output<S[K]>> },
): void {
  for (const [key, type] of typesOf(contract)) {
    resource(scope, SsmParameter, nameOf(contract, key), {
      name: `${path}/${contract.name}/${snakeCase(key)}`,
      type: "String",
      description: type.description ?? key,
      insecureValue: encoded(values[key], type),
    });
  }
}

/** Reads the values that another root of the project publishes below the path. Synth refuses a path that no root publishes. */
export function readParameters<S extends Shape>(
  scope: Construct,
  contract: ParameterContract<S>,
  path: Value<string>,
): { readonly [K in keyof S]: Ref<z.output<S[K]>> };
export function readParameters(scope: Construct, contract: ParameterContract<Shape>, path: Value<string>): object {
  const entries = typesOf(contract).map(([key, type]) => {
    const standIn = contract.standIns[key];
    const parameter = resource(
      scope,
      DataAwsSsmParameter,
      nameOf(contract, key),
      { name: `${path}/${contract.name}/${snakeCase(key)}`, withDecryption: false },
      { insecureValue: type.kind === "string" ? String(standIn) : JSON.stringify(terraformKeys(standIn, type)) },
    );
    return [key, decoded(parameter.insecureValue, type)];
  });
  return Object.fromEntries(entries);
}

function typesOf({ name, values }: ParameterContract<Shape>): [string, TerraformType][] {
  return Object.entries(values).map(([key, schema]) => {
    const type = terraformType(schema, `${name}.${key}`);
    if (!type.sensitive && !type.nullable) return [key, type];
    throw new InputError(`contract ${name}, ${key}`, [
      "got a secret, or a value that may be null; allowed: values that each reader of the account may see",
    ]);
  });
}

function nameOf({ name }: { readonly name: string }, key: string): string {
  return `${snakeCase(name)}_${snakeCase(key)}`;
}

function encoded(value: unknown, type: TerraformType): Value<string> {
  if (type.kind === "string") return hcl<string>`${value}`;
  return jsonencode(terraformKeys(value, type));
}

function decoded(text: Expression<string>, type: TerraformType): Expression<unknown> {
  return reference(type.kind === "string" ? codeOf(text) : codeOf(hcl`jsondecode(${text})`), type);
}
