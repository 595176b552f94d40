/** A state in a backend of which nobody has judged the encryption. */
import type { Backend } from "../../../../lib";
import { renderTree } from "../../../../lib/generator/synth/synthesize";
import { Configurations } from "../../../../lib/judgement/configuration";
import type { GateInput } from "../../../../lib/judgement/gate";
import { newRoot } from "../../generator/support";
import { ADDRESS, approvals, entry, gate, NO_OP } from "./second-day-plan";

const CREATE = { resource_changes: [entry({ actions: ["create"], before: null, after: { dashboard_name: "shop" } })] };
const RULE = "security environments/shop/dev: a state in the unjudged backend kubernetes";

function gateWith(backend: Backend, sections: object, more: Partial<GateInput> = {}) {
  const files = renderTree([newRoot({ backend })]).map(({ path, content }) => [path, content] as const);
  return gate(sections, { tree: new Configurations(new Map(files)), ...more });
}

test("a plan needs the approval security, and passes with it", () => {
  const decision = gateWith({ type: "kubernetes" }, CREATE);
  expect(decision).toMatchObject({ decision: "approval needed", missing: ["security"] });
  expect(approvals(decision)).toContain(RULE);
  expect(gateWith({ type: "kubernetes" }, CREATE, { approved: ["security"] }).decision).toBe("pass");
});

test("a plan that changes nothing writes no state, and passes", () => {
  const nothing = { resource_changes: [entry(NO_OP, { address: ADDRESS })], applyable: false };
  expect(gateWith({ type: "kubernetes" }, nothing).decision).toBe("pass");
});

test("a plan needs no approval if the project has judged the type", () => {
  const judged = [{ backend: "kubernetes", reason: "etcd is encrypted.", owner: "platform", day: "2026-11-01" }];
  expect(approvals(gateWith({ type: "kubernetes" }, CREATE, { judged }))).not.toContain(RULE);
});

test("a plan is refused if its root does not lock its state", () => {
  const decision = gateWith({ type: "http", address: "https://state.example.com" }, CREATE, { approved: ["security"] });
  expect(decision.decision).toBe("refused");
  expect(decision.guardrails.broken.map(({ guardrail }) => guardrail.id)).toEqual(["state-locked"]);
});
