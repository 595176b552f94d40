import { execFileSync } from "node:child_process";
import path from "node:path";

const PROGRAM = `require("./lib/cli/typescript.cjs");
const { Testing, TerraformOutput } = require("cdktf");
const { z } = require("zod");
const isLoaded = (name) => Object.keys(require.cache).some((file) => file.includes(name));
const before = ["archiver/index.js", "json-stable-stringify", "locales/de.cjs"].map(isLoaded);
const stack = Testing.synthScope((scope) => new TerraformOutput(scope, "name", { value: "x" }));
const [issue] = z.string().safeParse(1, { error: z.locales.de().localeError }).error.issues;
console.log(JSON.stringify({ before, stack: JSON.parse(stack), message: issue.message }));`;

test("parts of packages are loaded when they are used, and then work", () => {
  const folder = path.resolve(__dirname, "../../..");
  const answer = JSON.parse(execFileSync(process.execPath, ["--eval", PROGRAM], { cwd: folder, encoding: "utf8" }));
  expect(answer).toMatchObject({
    before: [false, false, false],
    stack: { output: { name: { value: "x" } } },
    message: "Ungültige Eingabe: erwartet string, erhalten Zahl",
  });
});
