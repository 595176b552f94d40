/** Excerpts in the README of what this repository's own systems became. */
import { readFileSync } from "node:fs";
import path from "node:path";

const project = path.resolve(__dirname, "../..");
const readme = readFileSync(path.join(project, "README.md"), "utf8");
const blocks = [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));

/** An excerpt, and the file that it is from. */
const shown = [
  ["a part of the s3 module", "ts", "modules/s3/index.ts", "function allowBrowsers"],
  ["what that part became", "json", "terraform/modules/s3/main.tf.json", "cors_configuration"],
  ["the call of the s3 module", "json", "terraform/environments/credentialmate/prod/main.tf.json", '"documents"'],
] as const;

test.each(shown)("shows %s as it is", (_, language, file, part) => {
  const block = blocks.find((candidate) => candidate.language === language && candidate.code.includes(part));
  expect(block).toBeDefined();
  expect(readFileSync(path.join(project, file), "utf8")).toContain(block?.code);
});
