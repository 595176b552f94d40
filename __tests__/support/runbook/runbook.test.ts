/** The reader of runbooks, and the player of their steps. */
import { failure } from "../../lib/support";
import { readChange } from "./change";
import { play } from "./player";
import { stepsOf } from "./text";

const PAGE = `# Shop

## The end

Two steps.

1. **Decide.** Two people.
2. **Say that it ends.** In the data:

   \`\`\`diff
   --- shop.ts
   +++ shop.ts
   @@
    export const shop = {
   +  ending: true,
   \`\`\`

   \`\`\`sh
   npm run synth
   npm run check
   \`\`\`

### More

No step.

## Another

1. **Other.** None.
`;

const steps = () => stepsOf(PAGE, "The end", "shop.md");

test("a section's numbered list is its steps, with names and blocks", () => {
  expect(steps()).toEqual([
    { name: "Decide", blocks: [] },
    {
      name: "Say that it ends",
      blocks: [
        { language: "diff", text: "--- shop.ts\n+++ shop.ts\n@@\n export const shop = {\n+  ending: true," },
        { language: "sh", text: "npm run synth\nnpm run check" },
      ],
    },
  ]);
});

test.each([
  ["The beginning", PAGE, 'got no section "The beginning"; allowed: "Shop", "The end", "More", "Another"'],
  ["More", PAGE, "got 0 numbered lists; allowed: one"],
  ["The end", PAGE.replace("**Decide.**", "Decide."), "step 1: got no name; allowed: a step that begins with"],
  ["The end", PAGE.replace("Decide.", "Say that it ends."), 'got two steps "Say that it ends"'],
  ["The end", PAGE.replace("```sh", "```python"), 'step 2: got a block of the language "python"; allowed: sh, diff'],
])("section %s that is no runbook is refused", (heading, page, message) => {
  expect(failure(() => stepsOf(page, heading, "shop.md")).message).toContain(message);
});

describe("a change", () => {
  const [
    ,
    {
      blocks: [{ text: diff } = { text: "" }],
    } = { blocks: [] },
  ] = steps();

  test("replaces the lines of its hunks", () => {
    const change = readChange(`${diff}\n@@\n-  b: 2,\n+  c: 3,`);
    expect(change.file).toBe("shop.ts");
    expect(change.apply("export const shop = {\n  a: 1,\n  b: 2,\n};\n")).toBe(
      "export const shop = {\n  ending: true,\n  a: 1,\n  c: 3,\n};\n",
    );
  });

  test.each(["", "export const shop = {\nexport const shop = {\n"])(
    "that does not fit once is refused: %j",
    (content) => {
      expect(failure(() => readChange(diff).apply(content)).message).toMatch(
        /got (no|more than one) place with these lines/,
      );
    },
  );

  test.each(["shop.ts\n+ a", "--- a\n+++ b\n@@\n+ c", "--- a\n+++ a\n@@\nc"])(
    "in another form is refused: %j",
    (text) => {
      expect(failure(() => readChange(text)).message).toContain("allowed: --- <file>, +++ <file>, @@");
    },
  );
});

describe("the player", () => {
  const done: string[] = [];
  const stage = {
    run: async (commands: string, input: string) => {
      done.push(`run ${commands} < ${input}`);
      return "printed";
    },
    change: (diff: string) => {
      done.push(`change ${diff.split("\n")[0]}`);
    },
  };
  const standIns = { Decide: () => void done.push("decided") };

  test("does all steps in order", async () => {
    done.length = 0;
    const checks = { "Say that it ends": (printed: string) => void done.push(`checked ${printed}`) };
    await play(steps(), stage, { standIns, checks, answers: { "Say that it ends": "yes" } });
    expect(done).toEqual([
      "decided",
      "change --- shop.ts",
      "run npm run synth\nnpm run check < yes",
      "checked printed",
    ]);
  });

  test.each([
    [{ standIns: {} }, 'step "Decide": got neither block nor stand-in'],
    [{ standIns: { ...standIns, Undecide: () => {} } }, 'stand-in "Undecide": got no step of this name'],
    [{ standIns: { ...standIns, "Say that it ends": () => {} } }, 'stand-in "Say that it ends": got no step'],
    [{ standIns, answers: { Decide: "yes" } }, 'answer "Decide": got no step of this name that takes one'],
    [{ standIns, checks: { Decide: () => {} } }, 'check "Decide": got no step of this name that takes one'],
  ])("does nothing where steps and stand-ins do not fit: %j", async (cast, message) => {
    done.length = 0;
    await expect(play(steps(), stage, cast)).rejects.toThrow(message);
    expect(done).toEqual([]);
  });

  test("names the step that fails", async () => {
    const failing = { ...stage, change: () => readChange("") };
    await expect(play(steps(), failing, { standIns })).rejects.toThrow('runbook, step "Say that it ends" failed');
  });
});
