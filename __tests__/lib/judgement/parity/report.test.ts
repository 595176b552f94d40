import type { Comparison } from "../../../../lib/judgement/parity";
import { reportAsMarkdown, reportForTerminal } from "../../../../lib/judgement/parity/report";

const start = "a text that begins alike in both of them, until here: ";

const comparison: Comparison = {
  system: "orders",
  environments: ["dev", "prod"],
  ending: [],
  calls: 3,
  inputs: 20,
  undeclared: [
    { place: "queue.name", values: { dev: '"a|b"', prod: null } },
    {
      place: "queue.policy",
      values: { dev: `"${start}one"`, prod: `"${start}two, which goes on and on and on and on and on"` },
    },
  ],
  declared: [
    {
      place: "web_acl",
      values: { dev: null, prod: '"modules/waf"' },
      declarations: [{ environment: "dev", at: "web_acl", reason: "Costs 20 USD a month." }],
    },
  ],
  sizing: [{ place: "db.size", values: { dev: "1", prod: "2" } }],
};

test("the report for a terminal has a line of counts, then tables of differences, undeclared ones first", () => {
  expect(reportForTerminal([comparison, { ...comparison, undeclared: [], declared: [], sizing: [] }])).toBe(
    `orders: environments: 2 (dev, prod), calls: 3, inputs compared: 20; differences: 2 undeclared, 1 declared, 1 in sizing

Undeclared differences:
place         dev                                        prod
queue.name    "a|b"                                      (absent)
queue.policy  … alike in both of them, until here: one"  …l here: two, which goes on and on and on…

Declared differences:
place    dev       prod           declared  reason
web_acl  (absent)  "modules/waf"  dev       Costs 20 USD a month.

Differences in sizing:
place    dev  prod
db.size  1    2

orders: environments: 2 (dev, prod), calls: 3, inputs compared: 20; differences: 0 undeclared, 0 declared, 0 in sizing`,
  );
});

test("the Markdown report has tables with escaped bars and with values as code", () => {
  const lines = reportAsMarkdown([comparison]).split("\n");
  expect(lines[0]).toBe("## Parity of orders");
  expect(lines.filter((line) => line.startsWith("### "))).toEqual([
    "### Undeclared differences",
    "### Declared differences",
    "### Differences in sizing",
  ]);
  expect(lines.slice(6, 9)).toEqual([
    "| place | dev | prod |",
    "| --- | --- | --- |",
    '| `queue.name` | `"a\\|b"` | (absent) |',
  ]);
  expect(lines).toContain('| `web_acl` | (absent) | `"modules/waf"` | dev | Costs 20 USD a month. |');
});
