import type { Decision } from "../../../../lib/judgement/gate";
import { markdown } from "../../../../lib/judgement/gate/summary";
import { summaryOf } from "../../../../lib/pipeline/github/summaries";
import { rootOf } from "../../judgement/guardrails/fixture";

const decision: Decision = {
  root: "environments/shop/prod",
  decision: "pass",
  refused: [],
  toApprove: [],
  missing: [],
  guardrails: {
    root: rootOf([]),
    counts: { holds: 0, broken: 0, unknown: 0 },
    broken: [],
    unknown: [],
    excused: [],
    problems: [],
  },
  changes: [],
  outputs: [],
  drift: [],
  unmanaged: [],
  checks: [],
  judgedByProject: new Map(),
  isRefreshOnly: false,
  isEmpty: true,
  access: [],
  effects: [],
};
const change = {
  address: "module.queue.aws_sqs_queue.this",
  type: "aws_sqs_queue",
  action: "update",
  before: {},
  after: {},
  changed: ["name"],
  replacedFor: [],
} as const;

test.each([
  ["refused", { decision: "refused" }],
  ["approval", { decision: "approval needed", missing: ["data", "removal"] }],
  ["changes", { changes: [change], isEmpty: false }],
  ["none", {}],
] as const)("a summary of the gate is read: %s", (outcome, differences) => {
  const text = markdown({ ...decision, ...differences }, new Map());
  expect(summaryOf("test", text)).toEqual({ root: "shop/prod", outcome, text: text.trim() });
});

test("the summary of an account's root is read, too", () => {
  const text = markdown({ ...decision, root: "accounts/shared" }, new Map());
  expect(summaryOf("test", text)).toMatchObject({ root: "accounts/shared", outcome: "none" });
});

test.each(["", "## shop/prod looks good\n", "# shop/prod ✅ passes\n", "\n## shop/prod ✅ passes\n"])(
  "a text that is not a summary is an input error: %j",
  (text) => {
    expect(() => summaryOf("some.md", text)).toThrow(
      /^some\.md\n {2}first line: got ".*"; allowed: ## <root> <decision>, as/,
    );
  },
);
