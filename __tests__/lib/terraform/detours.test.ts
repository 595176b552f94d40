import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { detours, inRootAlone, overridingConfigurations } from "../../../lib/terraform";
import { withoutDetours } from "../../../lib/terraform/detours";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();
const KEPT = { PATH: "/bin", AWS_PROFILE: "a", TF_LOG: "debug", TF_PLUGIN_CACHE_DIR: "/c", TF_TOKEN_a_b: "x" };
const SET = {
  TERRAFORM_CONFIG: "/a",
  TF_CLI_ARGS: "-destroy",
  TF_CLI_ARGS_apply: "-auto-approve",
  TF_CLI_ARGS_init: "-upgrade",
  TF_CLI_ARGS_plan: "-target=a",
  TF_DATA_DIR: "/d",
  TF_REATTACH_PROVIDERS: "{}",
  TF_STATE_PERSIST_INTERVAL: "9",
  TF_VAR_name: "x",
  TF_WORKSPACE: "other",
};

test("variables that change the input or behaviour of Terraform are reported and removed, and no others", () => {
  expect(detours({ ...SET, ...KEPT, TF_VAR_unset: undefined, TF_CLI_ARGS_show: "" })).toEqual(Object.keys(SET));
  expect(withoutDetours({ ...SET, ...KEPT })).toEqual(KEPT);
});

test.each([
  ["-lock-timeout=0s", "-lock-timeout=0s"],
  ["-destroy -lock-timeout=10m -target=a", "-lock-timeout=10m"],
  ["-target=-lock-timeout=1s", undefined],
  ["-lock-timeout=1s;-destroy", undefined],
])("of the arguments %j, %j stays", (given, stays) => {
  expect(withoutDetours({ TF_CLI_ARGS_plan: given }).TF_CLI_ARGS_plan).toBe(stays);
  expect(withoutDetours({ TF_CLI_ARGS: given, TF_CLI_ARGS_init: given })).toEqual({});
});

test("a run of the pipeline has its own data folder, which is removed afterwards", async () => {
  process.env.TF_DATA_DIR = "/elsewhere";
  const inside = await inRootAlone(folder, ".", async ({ environment, scratch }) => [environment.TF_DATA_DIR, scratch]);
  delete process.env.TF_DATA_DIR;
  expect(inside[0]).toBe(path.join(inside[1] ?? "", "data"));
});

describe("a CLI configuration that replaces providers is reported", () => {
  const block = "provider_installation {\n  dev_overrides {\n  }\n}\n";
  function home(name: string, file: string, content: string): string {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    writeFileSync(path.join(place, file), content);
    return place;
  }

  test.each([
    [".terraformrc", block, 1],
    [".terraform.d/a.tfrc", block, 1],
    [".terraform.d/a.tfrc.json", '{"provider_installation": [{"dev_overrides": {}}]}', 1],
    [".terraform.d/a.txt", block, 0],
    [".terraformrc", "# dev_overrides {}\n/* dev_overrides\n*/ // dev_overrides\n", 0],
  ])("in %s of the home folder: %j, %d", (file, content, count) => {
    const place = home(`home-${file}-${content.length}`, file, content);
    expect(overridingConfigurations({}, place)).toHaveLength(count);
    expect(overridingConfigurations({ TF_CLI_CONFIG_FILE: "/nowhere" }, place)).toHaveLength(count);
  });

  test("in the file that TF_CLI_CONFIG_FILE names, in place of those", () => {
    const place = home("named", ".terraformrc", block);
    const other = path.join(home("other", "own.rc", "direct {}"), "own.rc");
    expect(overridingConfigurations({ TF_CLI_CONFIG_FILE: other }, place)).toEqual([]);
    const named = path.join(place, ".terraformrc");
    expect(overridingConfigurations({ TF_CLI_CONFIG_FILE: named }, folder)).toEqual([named]);
  });
});
