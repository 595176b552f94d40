/** Roots of a tree as an apply leaves them, and plans of changes to them. No Terraform is needed. */
import type { Configurations, RootConfiguration } from "../../../../lib/judgement/configuration";
import { asObject, type Json } from "../../../../lib/judgement/configuration/json";
import { type Decision, decide, type GateInput } from "../../../../lib/judgement/gate";
import { accountOf } from "../../../../lib/judgement/guardrails/account";
import {
  EncodedJson,
  type HclValue,
  isList,
  isMapping,
  type Mapping,
  PartialText,
  Reference,
  Unknown,
  Unordered,
} from "../../../../lib/judgement/hcl";
import { readPlan } from "../../../../lib/terraform";
import { EMPTY_PLAN } from "../../terraform/empty-plan";

export interface Values {
  readonly [argument: string]: HclValue;
}

/** One entry of `resource_changes`; null for values of a resource that is new or will be gone. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  readonly before: Values | null;
  readonly after: Values | null;
  /** By default what the values say; a replacement has both values. */
  readonly actions?: readonly string[];
}

export const NOON = new Date("2026-11-29T12:00:00Z");

export interface AppliedTree {
  /** Every managed resource of a root, each of its arguments known, as entries that change nothing. */
  applied(root: string): Planned[];
  /** The gate's decision on a plan of a root with these changes. */
  gateOn(root: string, changes: readonly Planned[], more?: Partial<GateInput>, sections?: object): Decision;
  /** The part of a plan that repeats the tree. */
  configurationOf(root: string): PlannedConfiguration;
}

export function appliedTree(tree: Configurations): AppliedTree {
  const configurationOf = (root: string) => plannedConfiguration(tree, root);
  return {
    applied: (root) => standing(tree.root(root)),
    gateOn(root, changes, more = {}, sections = {}) {
      const plan = {
        ...EMPTY_PLAN,
        applyable: true,
        resource_changes: changes.map(entryOf),
        configuration: configurationOf(root),
        ...sections,
      };
      return decide({
        tree,
        root,
        plan: readPlan("plan.json", JSON.stringify(plan)),
        production: true,
        exceptions: [],
        approved: [],
        backups: [],
        judged: [],
        now: NOON,
        ...more,
      });
    },
    configurationOf,
  };
}

function entryOf({ address, type, before, after, actions }: Planned) {
  const [module_address] = /^module\.[^.[]+/.exec(address) ?? [];
  const name = /([^.[]+)(\[.*)?$/.exec(address)?.[1] ?? "";
  const known = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return { address, module_address, mode: "managed", type, name, change: { actions: actions ?? known, before, after } };
}

interface Expressions {
  readonly [argument: string]: { readonly constant_value: unknown };
}

interface PlannedModule {
  readonly resources: readonly object[];
  readonly variables: object;
  readonly outputs: object;
}

interface PlannedProvider {
  readonly name: string;
  readonly expressions: Expressions;
}

interface PlannedCall {
  readonly source: unknown;
  readonly expressions: Expressions;
  readonly module: PlannedModule;
}

export interface PlannedConfiguration {
  readonly provider_config: { readonly [name: string]: PlannedProvider };
  readonly root_module: { readonly outputs: object; readonly module_calls: { readonly [id: string]: PlannedCall } };
}

/** Terraform reads each expression of a JSON file as the constant that is written there. */
function plannedConfiguration(tree: Configurations, root: string): PlannedConfiguration {
  const { provider, module, terraform, output } = tree.folder(root);
  const required = asObject(terraform.required_providers);
  const providers = Object.entries(provider).flatMap(([name, blocks]) =>
    [blocks].flat().map((block): [string, PlannedProvider] => {
      const { alias, ...rest } = asObject(block);
      const { source, version } = asObject(required[name]);
      const facts = { name, full_name: source, version_constraint: version, ...(alias !== undefined && { alias }) };
      return [alias === undefined ? name : `${name}.${String(alias)}`, { ...facts, expressions: constants(rest) }];
    }),
  );
  const calls = Object.entries(module).map(([id, block]): [string, PlannedCall] => {
    const { source, providers: passed, ...inputs } = asObject(block);
    const called = moduleOf(tree, tree.moduleOf(root, String(source)), asObject(passed));
    return [id, { source, ...dependenciesOf(inputs), expressions: constants(inputs), module: called }];
  });
  return {
    provider_config: Object.fromEntries(providers),
    root_module: { outputs: outputsOf(output), module_calls: Object.fromEntries(calls) },
  };
}

const NOT_IN_PLANS = ["//", "depends_on", "dynamic", "lifecycle", "provider", "for_each", "count"];

function constants(block: object): Expressions {
  const shown = Object.entries(block).filter(([name]) => !NOT_IN_PLANS.includes(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, { constant_value: value }]));
}

function dependenciesOf({ depends_on: dependencies }: Json): object {
  return dependencies === undefined ? {} : { depends_on: [dependencies].flat() };
}

function outputsOf(outputs: Json): object {
  const planned = Object.entries(outputs).map(([name, block]) => {
    const { value, ...rest } = asObject(block);
    return [name, { ...rest, expression: { constant_value: value } }];
  });
  return Object.fromEntries(planned);
}

/** @param passed provider configurations of the root, by their names in the module */
function moduleOf(tree: Configurations, folder: string, passed: Json): PlannedModule {
  const { resource, data, variable, output } = tree.folder(folder);
  const resources = Object.entries({ managed: resource, data }).flatMap(([mode, types]) =>
    Object.entries(types).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]) => {
        const block = asObject(body);
        const { for_each: forEach, count, provider = type.split("_")[0] } = block;
        return {
          mode,
          type,
          name,
          provider_config_key: passed[String(provider)] ?? provider,
          ...dependenciesOf(block),
          expressions: constants(block),
          ...(forEach !== undefined && { for_each_expression: { constant_value: forEach } }),
          ...(count !== undefined && { count_expression: { constant_value: count } }),
        };
      }),
    ),
  );
  const variables = Object.entries(variable).map(([name, block]) => {
    const { default: byDefault, description, sensitive } = asObject(block);
    return [name, { default: byDefault, description, sensitive }];
  });
  return { resources, variables: Object.fromEntries(variables), outputs: outputsOf(output) };
}

function standing(configuration: RootConfiguration): Planned[] {
  const attributes = attributesIn(accountOf(configuration));
  return configuration.of("*").map(({ address, type, values }) => {
    const identifiers = Object.fromEntries(
      ["id", "arn", "name", "url"].map((name) => [name, attributes(address, name)]),
    );
    const attributesNow = { ...identifiers, ...members(known(values, attributes)) };
    return { address, type, before: attributesNow, after: attributesNow, actions: ["no-op"] };
  });
}

type Attributes = (address: string, attribute: string) => string;

/** Made-up attributes, of which only the form matters: an ARN names the account, and a reference names its resource. */
function attributesIn(account: string | undefined): Attributes {
  return (address, attribute) => {
    const text = `${address}.${attribute}`.replaceAll(/[^\w.-]/g, "-");
    if (address.includes(".aws_kms_key.")) return `arn:aws:kms:us-east-1:${account}:key/${text}`;
    if (/(^|[._])arn$/.test(attribute)) return `arn:aws:service:us-east-1:${account}:${text}`;
    return attribute === "repository_url" ? `${account}.dkr.ecr.us-east-1.amazonaws.com/${text}` : text;
  };
}

function members(value: HclValue): Mapping {
  return isMapping(value) ? value : {};
}

/** The value as an apply has made it: a reference as the attribute that it names. */
function known(value: HclValue, attributes: Attributes): HclValue {
  const inner = (one: HclValue): HclValue => known(one, attributes);
  if (value instanceof Reference) return attributes(value.address, value.path);
  if (value instanceof PartialText) return value.parts.map((part) => String(inner(part))).join("");
  if (value instanceof EncodedJson) return JSON.stringify(inner(value.value));
  if (value instanceof Unordered) return value.elements.map(inner);
  if (value instanceof Unknown) return value.references.map(inner).join("");
  if (isList(value)) return value.map(inner);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inner(member)]));
}
