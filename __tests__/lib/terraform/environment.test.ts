import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { missingConfiguration } from "../../../lib/terraform";
import { offlineEnvironment, terraformEnvironment } from "../../../lib/terraform/environment";
import { PINNED_AWS } from "../../support/pinned";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

function configuration(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

test("Terraform asks nothing, prints no hints for people and calls nobody", () => {
  const own = configuration("own.rc", "provider_installation {\n  direct {}\n}\n");
  expect(
    terraformEnvironment(folder, PINNED_AWS, { PATH: "/bin", AWS_PROFILE: "orders", TF_CLI_CONFIG_FILE: own }),
  ).toEqual({
    PATH: "/bin",
    AWS_PROFILE: "orders",
    TF_CLI_CONFIG_FILE: own,
    GOGC: "400",
    TF_INPUT: "0",
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
  });
  expect(terraformEnvironment(folder, PINNED_AWS, { GOGC: "50", TF_CLI_CONFIG_FILE: own }).GOGC).toBe("50");
  expect(readFileSync(own, "utf8")).toBe("provider_installation {\n  direct {}\n}\n");
});

test("a missing CLI configuration is ignored and reported in one line", () => {
  const user = { TF_CLI_CONFIG_FILE: "/nowhere/terraformrc" };
  expect(terraformEnvironment(folder, PINNED_AWS, user).TF_CLI_CONFIG_FILE).not.toBe("/nowhere/terraformrc");
  expect(missingConfiguration(user)).toBe(
    "TF_CLI_CONFIG_FILE names /nowhere/terraformrc, which is no file and is ignored",
  );
});

test("no line is printed if the configuration exists, or none is named", () => {
  const own = configuration("there.rc", "");
  expect(missingConfiguration({ TF_CLI_CONFIG_FILE: own })).toBeUndefined();
  expect(missingConfiguration({})).toBeUndefined();
});

test("an offline plan sees neither credentials nor a person's variables and arguments", () => {
  const kept = { PATH: "/bin", HOME: "/home/a", TF_LOG: "debug", TF_CLI_CONFIG_FILE: "/a", HTTPS_PROXY: "http://b" };
  const personal = {
    AWS_PROFILE: "orders",
    AWS_SECRET_ACCESS_KEY: "secret",
    KUBECONFIG: "/c",
    TF_VAR_name: "x",
    TF_CLI_ARGS_plan: "-destroy",
    TF_WORKSPACE: "other",
    TF_DATA_DIR: "/d",
  };
  expect(offlineEnvironment({ ...kept, ...personal })).toEqual({
    ...kept,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  });
});
