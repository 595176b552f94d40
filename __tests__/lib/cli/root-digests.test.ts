import { defineModule, type RootProps } from "../../../lib";
import { rootDigests } from "../../../lib/cli/root-digests";
import { defineVendoredModule } from "../../../lib/generator/module/module";
import { newRoot } from "../generator/support";

const EXCEPTION = {
  guardrail: "logs-retention",
  address: "module.log.aws_cloudwatch_log_group.this",
  reason: "Auditors copy it away once a year.",
  owner: "platform",
  approver: "security",
  ticket: "OPS-7",
  created: "2026-01-01",
  expires: "2026-02-01",
} as const;

const part = { description: "d", inputs: {}, outputs: {}, example: {}, build: () => ({}) };
const Log = defineModule({ ...part, name: "log" });
const Zone = defineVendoredModule({
  name: "zone",
  description: "d",
  inputs: {},
  outputs: {},
  copy: { source: "acme/zone/aws", version: "1.0.0", checksum: "", folder: "modules/private", calls: {} },
});

const FILES = {
  "modules/log/main.tf.json": "log",
  "modules/log/chart/Chart.yaml": "chart",
  "modules/login/main.tf.json": "login",
  "vendor/zone/1.0.0/main.tf.json": "zone",
  "vendor/zone/1.0.0/modules/private/main.tf.json": "zone",
  "environments/shop/dev/main.tf.json": "dev",
  "environments/shop/dev/RUNBOOK.md": "dev",
  "environments/shop/prod/main.tf.json": "prod",
  "environments/shop/prod-eu/main.tf.json": "prod-eu",
};

/** Which roots have other digests once this is changed. */
function changed(
  files: Readonly<Record<string, string>>,
  dev: Partial<RootProps> = {},
  today = "2026-01-02",
): string[] {
  const digests = (content: Readonly<Record<string, string>>, props: Partial<RootProps>, day: string) => {
    const [development, production] = [newRoot(props), newRoot({ path: "environments/shop/prod" })];
    new Log(development, "log", {});
    new Zone(development, "zone", {});
    new Log(production, "log", {});
    const roots = [development, production, newRoot({ path: "environments/shop/prod-eu" })];
    return rootDigests(
      Object.entries(content).map(([path, text]) => ({ path, content: text })),
      roots,
      [day],
    );
  };
  const before = digests(FILES, {}, "2026-01-02");
  return [...digests({ ...FILES, ...files }, dev, today)].flatMap(([root, digest]) =>
    digest === before.get(root) ? [] : [root],
  );
}

const ALL = ["environments/shop/dev", "environments/shop/prod", "environments/shop/prod-eu"];

test("without a change no root has another digest", () => {
  expect(changed({})).toEqual([]);
});

const DEV = "environments/shop/dev";
const PROD = "environments/shop/prod";

test.each([
  ["environments/shop/dev/main.tf.json", [DEV]],
  ["environments/shop/dev/RUNBOOK.md", [DEV]],
  ["environments/shop/prod/main.tf.json", [PROD]],
  ["environments/shop/prod-eu/main.tf.json", ["environments/shop/prod-eu"]],
  ["modules/log/main.tf.json", [DEV, PROD]],
  ["modules/log/chart/Chart.yaml", [DEV, PROD]],
  ["modules/login/main.tf.json", []],
  ["vendor/zone/1.0.0/main.tf.json", [DEV]],
  ["vendor/zone/1.0.0/modules/private/main.tf.json", [DEV]],
])("a change of %s concerns the roots that it belongs to or that call it", (file, roots) => {
  expect(changed({ [file]: "other" })).toEqual(roots);
});

test("a new file changes the digest", () => {
  expect(changed({ "environments/shop/prod/outputs.tf.json": "" })).toEqual([PROD]);
  expect(changed({ "modules/log/outputs.tf.json": "" })).toEqual([DEV, PROD]);
});

test("an exception concerns its root", () => {
  expect(changed({}, { exceptions: [EXCEPTION] })).toEqual(["environments/shop/dev"]);
});

test("the day and the code of the judges concern every root", () => {
  expect(changed({}, {}, "2026-01-03")).toEqual(ALL);
});
