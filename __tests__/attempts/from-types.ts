/** Attempts from the table of types: types with data, unjudged types, and types with a mark. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { STATEFUL } from "../../lib/judgement/gate/stateful";
import { isJudged } from "../../lib/judgement/guardrails/types";
import { RESTRICTING } from "../../lib/judgement/guardrails/types/held";
import type { Mark } from "../../lib/judgement/guardrails/types/marks";
import type { TypeRow } from "../../lib/judgement/guardrails/types/schema";
import type { HclValue } from "../../lib/judgement/hcl";
import { type ChangeRow, FOREIGN, type Stop } from "./attempt";

const table: Readonly<Record<string, TypeRow>> = Object.assign(
  {},
  ...["aws", "clusters"].map((name) =>
    JSON.parse(readFileSync(path.resolve(`lib/judgement/guardrails/types/${name}.json`), "utf8")),
  ),
);

const SOMETHING = { id: "x" };

function creation(type: string): ChangeRow {
  return ["types", `make a ${type}`, type, null, SOMETHING];
}

function end(type: string, stop: Stop): ChangeRow {
  return ["types", `delete a ${type}`, type, SOMETHING, null, stop];
}

/** The creation opens the resource's access, and the deletion ends it. */
export const OF_HOLDINGS: readonly ChangeRow[] = Object.entries(table).flatMap(([type, { holds }]): ChangeRow[] => {
  const loss = STATEFUL[type] === undefined ? "security" : "refused";
  switch (holds) {
    case "access":
    case "network":
      return [...(RESTRICTING.has(type) ? [] : [creation(type)]), end(type, loss)];
    case "logging":
      return [end(type, loss)];
    case "data":
      return [end(type, STATEFUL[type] === undefined ? "data" : "refused")];
    default:
      return [];
  }
});

export const OF_UNJUDGED: readonly ChangeRow[] = Object.keys(table)
  .filter((type) => !isJudged(type))
  .flatMap((type) => [creation(type), end(type, "security")]);

/** A value that is weaker than the one before, by mark. */
const WEAKER: Readonly<Record<Mark, readonly [before: HclValue, after: HclValue]>> = {
  code: ["x", "y"],
  logging: ["x", ""],
  secret: ["x", "y"],
  policy: ["x", "y"],
  role: ["x", "y"],
  key: ["x", "y"],
  network: ["x", "y"],
  principal: ["x", "y"],
  public: ["x", "y"],
  retention: [90, 30],
  protection: ["x", "y"],
  enabled: ["x", "y"],
  target: ["x", `arn:aws:sqs:us-east-1:${FOREIGN}:q`],
};

/** Of each type, the first argument with each mark from each source. */
export const OF_MARKS: readonly ChangeRow[] = Object.entries(table).flatMap(([type, { marks }]) =>
  Object.entries(WEAKER).flatMap(([mark, [before, after]]): ChangeRow[] => {
    const sources = Object.entries(marks).find(([one]) => one === mark)?.[1] ?? {};
    return Object.values(sources).map((names) => {
      const [name = ""] = names.split(" ");
      return ["types", `weaken ${name} of a ${type}`, type, { [name]: before }, { [name]: after }];
    });
  }),
);
