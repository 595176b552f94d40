/** The contracts between the roots of Vitality: synth refuses a root that reads what no earlier root publishes. */
import path from "node:path";
import { z } from "zod";
import { rootParts } from "../../../lib/generator/root/root-path";
import { Configurations, readTree } from "../../../lib/judgement/configuration";
import { unpublishedParameters } from "../../../lib/judgement/guardrails/parameter-order";
import { parametersOf } from "../../../lib/judgement/guardrails/parameters";
import { roots } from "../../../main";
import { TREE } from "../committed-tree";
import { codesIn, pageOf } from "../system-page";

const vitality = roots.filter(({ address }) => address.startsWith("environments/vitality/"));
const committed = readTree(TREE);

function problemsIn(files: ReadonlyMap<string, string>): string[] {
  const tree = new Configurations(files);
  return unpublishedParameters(
    vitality.map(({ address, props }) => ({ ...parametersOf(tree.root(address)), wave: props.delivery?.wave })),
  );
}

const READS = z.object({ data: z.object({ aws_ssm_parameter: z.record(z.string(), z.unknown()) }) });
const PUBLISHES = z.object({ resource: z.object({ aws_ssm_parameter: z.record(z.string(), z.unknown()) }) });

/** The module that publishes a contract without one of its values. */
function without(contract: string, parameter: string): Map<string, string> {
  const file = `modules/${contract}-parameters/main.tf.json`;
  const main = PUBLISHES.parse(JSON.parse(committed.get(file) ?? ""));
  expect(Object.keys(main.resource.aws_ssm_parameter)).toContain(parameter);
  delete main.resource.aws_ssm_parameter[parameter];
  return new Map([...committed, [file, JSON.stringify(main)]]);
}

/** Contracts that a root publishes or reads, by the names of the modules that it calls. */
function contractsOf(address: string, role: "parameters" | "lookup"): string[] {
  const { calls } = new Configurations(committed).root(address);
  return calls.flatMap(({ module }) => new RegExp(`^modules/(.+)-${role}$`).exec(module)?.[1] ?? []);
}

const inProduction = vitality.filter(({ address }) => rootParts(address).environment === "prod");
const users = (contract: string, role: "parameters" | "lookup") =>
  inProduction
    .filter(({ address }) => contractsOf(address, role).includes(contract))
    .map(({ address }) => rootParts(address).component);
const contracts = [...new Set(inProduction.flatMap(({ address }) => contractsOf(address, "parameters")))];

test("each parameter that a root reads is published in an earlier wave", () => {
  expect(problemsIn(committed)).toEqual([]);
});

test("a parameter that another root reads cannot be removed", () => {
  expect(contracts.filter((contract) => users(contract, "lookup").length === 0)).toEqual([]);
  for (const contract of contracts) {
    const readers = users(contract, "lookup");
    const file = committed.get(`modules/${contract}-lookup/main.tf.json`) ?? "";
    const [first = ""] = Object.keys(READS.parse(JSON.parse(file)).data.aws_ssm_parameter);
    const name = `${contract}/${first.replace(`${contract}_`, "")}`;
    expect(problemsIn(without(contract, first))).toEqual(
      vitality
        .filter(({ address }) => readers.includes(rootParts(address).component))
        .map(({ address }) =>
          expect.stringMatching(`^${address}: .*: got /vitality/\\w+/${name}, which no root .* publishes`),
        ),
    );
  }
});

const page = pageOf([path.join(__dirname, "../../../docs/systems/vitality/README.md")]);

test("the page has a row for each component, with its waves", () => {
  const waveOf = (environment: string, component: string) =>
    vitality.find(({ address }) => address === `environments/vitality/${environment}/${component}`)?.props.delivery
      ?.wave;
  const components = inProduction.map(({ address }) => rootParts(address).component);
  expect(page.rows("Components").map((cells) => cells.slice(0, 4).map(({ text }) => text))).toEqual(
    components.map((name) => [
      `\`${name}\``,
      `\`vitality/<environment>/${name}\``,
      String(waveOf("dev", name)),
      String(waveOf("prod", name)),
    ]),
  );
});

test("the page has a row for each contract: who publishes it, and who reads it", () => {
  expect(page.rows("Contracts").map((cells) => cells.map((cell) => codesIn(cell.text)))).toEqual(
    contracts.map((contract) => [[contract], users(contract, "parameters"), users(contract, "lookup")]),
  );
});
