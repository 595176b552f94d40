/** The reader of runbooks, and the player of their steps. */
import { failure } from "../../lib/generator/support";
import { changed } from "./change";
import { play } from "./player";
import { stepsOf } from "./text";

const PAGE = `# Shop

## The end

Two steps.

1. **Decide.** Two people.
2. **Say that it ends.** In \`shop.ts\`:

   \`\`\`diff
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
        { language: "diff", text: " export const shop = {\n+  ending: true,", file: "shop.ts" },
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
  ["The end", PAGE.replace("`shop.ts`", "the data"), "step 2: got a change of no file; allowed: a step that names"],
  ["The end", PAGE.replace("```sh", "```python"), 'step 2: got a block of the language "python"; allowed: sh, diff'],
])("section %s that is no runbook is refused", (heading, page, message) => {
  expect(failure(() => stepsOf(page, heading, "shop.md")).message).toContain(message);
});

describe("a change", () => {
  test.each([
    ["adds a line after another", " a\n+b", "a\nc\n", "a\nb\nc\n"],
    ["replaces lines that stand together", "-a\n-b\n+c", "a\nb\n", "c\n"],
    ["replaces lines that stand apart, one by one", "-a\n-b\n+A\n+B", "a\nx\nb\n", "A\nx\nB\n"],
    ["changes two places", "-a\n@@\n-b\n+B", "a\nx\nb\n", "x\nB\n"],
  ])("%s", (_, diff, before, after) => {
    expect(changed(before, diff, "shop.ts")).toBe(after);
  });

  test.each([
    ["-a\n+b", "", "got no place with these lines"],
    ["-a\n+b", "a\na\n", "got more than one place with these lines"],
    ["-a\n-b\n+A\n+B", "a\n", "got no place with these lines; allowed: one\nb"],
    ["-a\nb", "a\n", 'got "b"; allowed: @@, and lines that begin with a space, - or +'],
  ])("%j does not fit %j", (diff, content, message) => {
    expect(failure(() => changed(content, diff, "shop.ts")).message).toContain(message);
  });
});

describe("the player", () => {
  const done: string[] = [];
  const stage = {
    run: async (commands: string, input: string) => {
      done.push(`run ${commands} < ${input}`);
      return "printed";
    },
    change: (file: string) => {
      done.push(`change ${file}`);
    },
  };
  const standIns = { Decide: () => void done.push("decided") };

  test("does all steps in order", async () => {
    done.length = 0;
    const checks = { "Say that it ends": (printed: string) => void done.push(`checked ${printed}`) };
    await play(steps(), stage, { standIns, checks, answers: { "Say that it ends": "yes" } });
    expect(done).toEqual(["decided", "change shop.ts", "run npm run synth\nnpm run check < yes", "checked printed"]);
  });

  test.each([
    [{ standIns: {} }, 'step "Decide": got neither block nor stand-in'],
    [{ standIns: { ...standIns, Undecide: () => {} } }, 'stand-in "Undecide": got no step of this name'],
    [{ standIns: { ...standIns, "Say that it ends": () => {} } }, 'stand-in "Say that it ends": got no step'],
    [{ standIns, answers: { Decide: "yes" } }, 'answer "Decide": got no step of this name that takes one'],
    [{ standIns, values: { suffix: () => "x" } }, 'value "suffix": got no block with <suffix>; allowed: none'],
    [{ standIns, checks: { Decide: () => {} } }, 'check "Decide": got no step of this name that takes one'],
  ])("does nothing where steps and stand-ins do not fit: %j", async (cast, message) => {
    done.length = 0;
    await expect(play(steps(), stage, cast)).rejects.toThrow(message);
    expect(done).toEqual([]);
  });

  test("writes values in place of names in angle brackets", async () => {
    done.length = 0;
    const named = [{ name: "Read", blocks: [{ language: "sh", text: "echo <suffix>" }] }] as const;
    await play(named, stage, { standIns: {}, values: { suffix: () => "AbCdEf" } });
    expect(done).toEqual(["run echo AbCdEf < "]);
    await expect(play(named, stage, { standIns: {} })).rejects.toThrow("<suffix>: got no value; allowed: one");
  });

  test("names the step that fails", async () => {
    const failing = { ...stage, change: () => void changed("", "-a", "shop.ts") };
    await expect(play(steps(), failing, { standIns })).rejects.toThrow('runbook, step "Say that it ends" failed');
  });
});
