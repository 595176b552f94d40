import fc from "fast-check";
import type { Decision } from "../../../../lib/judgement/gate";
import { ACTION_GUARDRAILS } from "../../../../lib/judgement/gate/actions";
import { ACTIONS } from "../../../../lib/judgement/gate/change";
import { json } from "../../../../lib/judgement/gate/json";
import { markdown } from "../../../../lib/judgement/gate/summary";
import { GUARDRAILS } from "../../../../lib/judgement/guardrails/catalogue";
import { code, cut, fenced, prose } from "../../../../lib/judgement/markdown";
import { rootOf } from "../guardrails/fixture";

const [guardrail] = ACTION_GUARDRAILS;
const [row] = GUARDRAILS;
if (guardrail === undefined || row === undefined) throw new Error("got no guardrails");

/** Text as an attacker would put it into a key of `for_each`. */
const nasty = fc.oneof(
  fc.string({
    unit: fc.constantFrom("`", "|", "\n", "\r", "#", "*", "_", "[", "]", "(", "<", ">", "@", "~", "\\", "a", " "),
  }),
  fc.constantFrom("```", "`` ` ``", "\n```\n# Approved", "| a | b |", "<img src=x>", "@everybody", "[x](https://x.y)"),
);
const judgement = fc.record({ guardrail: fc.constant(guardrail), address: nasty, got: nasty });
const finding = fc.record({
  guardrail: fc.constant(row),
  address: nasty,
  outcome: fc.constantFrom("broken" as const, "unknown" as const),
  got: nasty,
});
const change = fc.record({
  address: nasty,
  type: nasty,
  action: fc.constantFrom(...ACTIONS),
  before: fc.constant(undefined),
  after: fc.constant(undefined),
  changed: fc.array(nasty),
  replacedFor: fc.array(nasty),
});
const told = fc.record(
  { previousAddress: nasty, importId: nasty, deposed: nasty, reason: nasty },
  { requiredKeys: [] },
);
const names = fc.array(nasty);
const made: fc.Arbitrary<Decision> = fc.record({
  root: fc.constant("environments/orders/dev"),
  decision: fc.constantFrom("pass" as const, "approval needed" as const, "refused" as const),
  refused: fc.array(judgement),
  toApprove: fc.array(judgement.map((one) => ({ ...one, approval: "security" as const }))),
  missing: fc.constant(["security" as const]),
  guardrails: fc.record({
    root: fc.constant(rootOf([])),
    counts: fc.constant({ holds: 0, broken: 0, unknown: 0 }),
    broken: fc.array(finding),
    unknown: fc.array(finding),
    excused: fc.constant([]),
    problems: names,
  }),
  changes: fc.array(fc.tuple(change, told).map(([one, more]) => ({ ...one, ...more }))),
  outputs: fc.array(fc.record({ name: nasty, action: fc.constantFrom("create" as const, "update" as const) })),
  drift: fc.array(change),
  unmanaged: fc.array(fc.record({ address: nasty, argument: nasty, gives: nasty })),
  checks: fc.array(
    fc.record({ address: nasty, status: fc.constantFrom("failed" as const, "unknown" as const), problems: names }),
  ),
  judgedByProject: fc.array(fc.tuple(nasty, fc.nat())).map((counts) => new Map(counts)),
  isRefreshOnly: fc.boolean(),
  isEmpty: fc.boolean(),
  access: fc.array(fc.record({ who: names, may: fc.constant("may call"), what: names, on: names, when: nasty })),
  effects: fc.array(fc.record({ address: nasty, effect: nasty })),
});

/** A decision's lists about which there is nothing to say. */
const SILENT = {
  outputs: [],
  drift: [],
  unmanaged: [],
  checks: [],
  judgedByProject: new Map(),
  isRefreshOnly: false,
  isEmpty: false,
  access: [],
  effects: [],
};

const fences = (text: string) => text.split("\n").filter((line) => line.startsWith("```")).length;

test("the summary is never longer than its limit, and each fence in it is closed", () => {
  fc.assert(
    fc.property(made, fc.integer({ min: 200, max: 3_000 }), (decision, longest) => {
      const text = markdown(decision, new Map(), longest);
      expect(text.length).toBeLessThanOrEqual(longest);
      expect(fences(text) % 2).toBe(0);
    }),
  );
});

test("a cut summary keeps the first sections, and counts the missing lines", () => {
  const change = { type: "aws_sqs_queue", before: undefined, after: undefined, replacedFor: [] };
  const decision: Decision = {
    root: "environments/orders/prod",
    decision: "refused",
    refused: [{ guardrail, address: "environments/orders/prod", got: "a plan that ended with an error" }],
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
    changes: [
      ...Array.from({ length: 5_000 }, (_, i) => ({
        ...change,
        address: `module.m${i}.aws_sqs_queue.this`,
        action: "update" as const,
        changed: ["name"],
      })),
      { ...change, address: "module.orders.aws_sqs_queue.this", action: "delete", changed: [] },
    ],
    ...SILENT,
  };
  const text = markdown(decision, new Map());
  expect(text.length).toBeLessThanOrEqual(60_000);
  const [title, , summary, , refused] = text.split("\n");
  expect([title, summary, refused]).toEqual([
    "## orders/prod ⛔ is refused",
    "1 to delete, 5000 to change.",
    "### Refused",
  ]);
  expect(text).toMatch(
    /### Deleted, replaced or forgotten\n\n- delete `module\.orders\.aws_sqs_queue\.this`\n\n### Changed\n/,
  );
  expect(text).toMatch(/\n… and \d{4} more lines, which the plan itself shows\.\n$/);
});

test("refusals come first, then deleted and replaced resources", () => {
  fc.assert(
    fc.property(made, (decision) => {
      const titles = markdown(decision, new Map(), 10_000_000)
        .split("\n")
        .filter((line) => line.startsWith("### "));
      const order = [
        "### Refused",
        "### Deleted, replaced or forgotten",
        "### To approve",
        "### Permissions and network access",
      ];
      const leading = order.filter((title) => titles.includes(title));
      expect(titles.slice(0, leading.length)).toEqual(leading);
    }),
  );
});

test("a name is one line in a code span that it cannot end", () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const span = code(text);
      const [, fence = "", inner = ""] = /^(`+)(.*?)\1$/s.exec(span) ?? [];
      expect(span).not.toContain("\n");
      expect(Array.from(inner.matchAll(/`+/g), ([ticks]) => ticks)).not.toContain(fence);
    }),
  );
  expect(code('module.a.aws_sqs_queue.this["`\n# Approved"]')).toBe('``module.a.aws_sqs_queue.this["` # Approved"]``');
});

test("plain words of a sentence are text, and all other words are code", () => {
  expect(prose("`x` **[a](https://b.c)** @team | <img>\n# y")).toBe("`` `x` **[a](https://b.c)** @team | <img> # `` y");
  expect(prose("instance_class: changed in the maintenance window sun:08:00-sun:09:00, not during the apply")).toBe(
    "`instance_class`: changed in the maintenance window `sun:08:00-sun:09:00`, not during the apply",
  );
  expect(prose("a secret's ARN (see OPS-12); kept for 30 days")).toBe(
    "a secret's ARN (see `OPS-12`); kept for 30 days",
  );
  expect(prose("Schlüssel für Zoë, 鍵")).toBe("Schlüssel für Zoë, 鍵");
  expect(fenced("a\n```\n# b\rc")).toBe("```text\na\n'''\n# b\nc\n```");
  expect(cut("short", 100)).toBe("short\n");
});

/** @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls */
const AUTOLINKS = [
  "www.example.com",
  "https://example.com",
  "http://example.com/a",
  "ftp://example.com",
  "mailto:someone@example.com",
  "xmpp:someone@example.com",
  "someone@example.com",
  "@team",
  "@org/team",
  "#1",
  "GH-1",
  "owner/repo#1",
  "owner#1",
  "1234567",
  "a5c3785",
  "defaced",
  "DEADBEEF",
  "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
  "owner@a5c3785",
  "owner/repo@a5c3785",
  "JIRA-123",
  "CVE-2024-12345",
  ":tada:",
];

/** Text that GitHub searches: what is in no code span. */
const bare = (text: string) => text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, "");

test.each(AUTOLINKS)("%s becomes no link at any place in a sentence", (link) => {
  const around = fc.tuple(nasty, fc.constantFrom(" ", "(", ", "), fc.constantFrom(" ", ")", ".", ": "), nasty);
  fc.assert(
    fc.property(around, ([before, opening, closing, after]) => {
      expect(bare(prose(`${before}${opening}${link}${closing}${after}`))).not.toContain(link);
    }),
  );
});

test("text outside of code contains only words, short numbers and punctuation", () => {
  fc.assert(
    fc.property(fc.oneof(nasty, fc.string({ unit: "binary" })), (text) => {
      for (const word of bare(prose(text)).split(" ")) {
        expect(word).toMatch(/^(?:\(*[\p{L}\p{M}'’]*[),.;:!?]*|\d{1,6})$/u);
        expect(word).not.toMatch(/[0-9a-f]{7}/i);
      }
    }),
  );
});

test.each([
  ["a bidirectional override", "\u202e", "\\u202e"],
  ["a bidirectional isolate", "\u2066", "\\u2066"],
  ["a right-to-left mark", "\u200f", "\\u200f"],
  ["an Arabic letter mark", "\u061c", "\\u061c"],
  ["a zero-width space", "\u200b", "\\u200b"],
  ["a zero-width joiner", "\u200d", "\\u200d"],
  ["a word joiner", "\u2060", "\\u2060"],
  ["a byte order mark", "\ufeff", "\\ufeff"],
  ["a soft hyphen", "\u00ad", "\\u00ad"],
  ["a combining grapheme joiner", "\u034f", "\\u034f"],
  ["a Mongolian vowel separator", "\u180e", "\\u180e"],
  ["a Hangul filler", "\u3164", "\\u3164"],
  ["a Hangul initial filler", "\u115f", "\\u115f"],
  ["a blank Braille pattern", "\u2800", "\\u2800"],
  ["a variation selector", "\ufe0f", "\\ufe0f"],
  ["a tag", "\u{e0041}", "\\u{e0041}"],
  ["a line separator", "\u2028", "\\u2028"],
  ["a no-break space", "\u00a0", "\\u00a0"],
  ["an escape", "\u001b", "\\u001b"],
  ["NUL", "\u0000", "\\u0000"],
  ["half of a surrogate pair", "\ud800", "\\ud800"],
])("%s is shown as an escape", (_, character, shown) => {
  expect(code(`a${character}b`)).toBe(`\`a${shown}b\``);
  expect(prose(`is a${character}b`)).toBe(`is \`a${shown}b\``);
  expect(fenced(`a${character}b`)).toBe(`\`\`\`text\na${shown}b\n\`\`\``);
});

test("no value adds an invisible character to a summary", () => {
  const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const shown of [code(text), prose(text), fenced(text)]) expect(shown).not.toMatch(unseen);
    }),
  );
});

test("a secret at any place is not shown", () => {
  const token = `xoxb-${"1".repeat(12)}-abc`;
  fc.assert(
    fc.property(made, (decision) => {
      const spoilt: Decision = {
        ...decision,
        refused: [{ guardrail, address: `module.a["${token}"]`, got: token }],
        access: [{ who: [token], may: "may call", what: [`a ${token}`], on: [token], when: `x = ${token}` }],
        effects: [{ address: token, effect: token }],
        guardrails: {
          ...decision.guardrails,
          broken: [{ guardrail: row, address: token, outcome: "broken", got: `x = "${token}"` }],
        },
        changes: [
          {
            address: token,
            type: "t",
            action: "update",
            before: {},
            after: { a: token },
            changed: [token],
            replacedFor: [],
          },
        ],
      };
      expect(markdown(spoilt, new Map())).not.toContain(token);
      expect(json(spoilt)).not.toContain(token);
    }),
  );
});
