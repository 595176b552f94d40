import { execFileSync } from "node:child_process";
import path from "node:path";
import { z } from "zod";

const PROJECT = path.resolve(__dirname, "../../..");

/** Names of the built-in modules that one of our files requires, and our files, once a process has loaded this one. */
function loadedBy(file: string): { readonly files: readonly string[]; readonly builtins: readonly string[] } {
  const program = `
    const Module = require("node:module");
    const builtins = new Set();
    const load = Module._load;
    const ours = (name) => name !== undefined && name.startsWith(process.cwd() + "/lib/") && !name.endsWith(".cjs");
    Module._load = (request, parent, isMain) => {
      if (request.startsWith("node:") && ours(parent?.filename)) builtins.add(request);
      return load(request, parent, isMain);
    };
    require(${JSON.stringify(path.join(PROJECT, file))});
    console.log(JSON.stringify({ files: Object.keys(require.cache).filter(ours), builtins: [...builtins] }));`;
  const loader = path.join(PROJECT, "lib/cli/typescript.cjs");
  const stdout = execFileSync(process.execPath, ["--require", loader, "-e", program], { cwd: PROJECT });
  const { files, builtins } = z
    .object({ files: z.array(z.string()), builtins: z.array(z.string()) })
    .parse(JSON.parse(stdout.toString()));
  return { files: files.map((name) => path.relative(PROJECT, name)).sort(), builtins };
}

test("the schema of a plan's JSON loads nothing that runs a process", () => {
  const { files, builtins } = loadedBy("lib/terraform/plan-json.ts");
  expect(files).toEqual([
    "lib/common/errors.ts",
    "lib/common/input-file.ts",
    "lib/terraform/plan-configuration.ts",
    "lib/terraform/plan-json.ts",
    "lib/terraform/plan-text.ts",
  ]);
  expect(builtins).not.toContain("node:child_process");
});

test("judging a plan loads nothing that runs a process, and running Terraform does", () => {
  expect(loadedBy("lib/judgement/gate/index.ts").builtins).not.toContain("node:child_process");
  expect(loadedBy("lib/terraform/index.ts").builtins).toContain("node:child_process");
});
