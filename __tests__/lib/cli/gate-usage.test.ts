/** Wrong arguments of `groundplan gate`: one message each, in a project of its own. */
import { EMPTY_PLAN } from "../terraform/empty-plan";
import { Project } from "./project";

const project = new Project();
const planFile = project.file("plan.json");

beforeAll(async () => {
  await project.synthesize("dev", "prod");
  project.write("plan.json", JSON.stringify(EMPTY_PLAN));
  project.write("notes.md", "No plan.");
}, 60_000);

test.each([
  [
    "a missing file",
    ["--plan", "gone.json"],
    /\/gone\.json\n {2}got no such file; allowed: what `terraform show -json <plan>` prints, in a file or pipe\n$/,
  ],
  ["a folder", ["--plan", project.folder], /got a folder/],
  [
    "no JSON",
    ["--plan", project.file("notes.md")],
    /notes\.md\n {2}got something else than a plan; allowed: what `terraform show -json <plan>` prints\n/,
  ],
  [
    "another JSON",
    ["--plan", project.file("package.json")],
    /package\.json\n {2}got JSON without format_version; allowed: what `terraform show -json <plan>` prints\n$/,
  ],
  [
    "an unknown root",
    ["--root", "orders/qa"],
    /^unknown root\n {2}got "orders\/qa"; allowed: orders\/dev, orders\/prod\n$/,
  ],
  [
    "an unknown approval",
    ["--approved", "everybody"],
    /argument 'everybody' is invalid\. Allowed: security, data, removal, drift\.\n$/,
  ],
  [
    "a backup without time",
    ["--backup", "module.a.aws_s3_bucket.this=b"],
    /^--backup\n {2}got "module\.a\.aws_s3_bucket\.this=b"; allowed: <address>=<backup>@<time>, such as .*\n$/,
  ],
  ["no plan at all", [], /required option '--plan <file>' not specified/],
])(
  "one message reports wrong use: %s",
  async (_, args, message) => {
    const root = args.includes("--root") ? [] : ["--root", "orders/prod"];
    const plan = args.includes("--plan") || args.length === 0 ? [] : ["--plan", planFile];
    const { exitCode, stdout, stderr } = await project.run(["gate", ...root, ...plan, ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^ {4}at /m);
  },
  60_000,
);
