import type { RootProps } from "../../../lib";
import { rootDigests } from "../../../lib/cli/root-digests";
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

const FILES = {
  "modules/log/main.tf.json": "log",
  "modules/zone/main.tf.json": "zone",
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
    const roots = [
      newRoot(props),
      ...["prod", "prod-eu"].map((name) => newRoot({ path: `environments/shop/${name}` })),
    ];
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

test.each(Object.keys(FILES))("a change of %s concerns its root, or every root if it belongs to a module", (file) => {
  const folder = file.slice(0, file.lastIndexOf("/"));
  expect(changed({ [file]: "other" })).toEqual(ALL.includes(folder) ? [folder] : ALL);
});

test("a new file changes the digest", () => {
  expect(changed({ "environments/shop/prod/outputs.tf.json": "" })).toEqual(["environments/shop/prod"]);
  expect(changed({ "modules/table/main.tf.json": "" })).toEqual(ALL);
});

test("an exception concerns its root", () => {
  expect(changed({}, { exceptions: [EXCEPTION] })).toEqual(["environments/shop/dev"]);
});

test("the day and the code of the judges concern every root", () => {
  expect(changed({}, {}, "2026-01-03")).toEqual(ALL);
});
