import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeTree } from "../../../lib/generator/synth/write";
import { requireRaisedVersions } from "../../../lib/kubernetes/chart-versions";
import { failure } from "../generator/support";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "groundplan-charts-"));
  writeTree(folder, chart("1.9.0", { "templates/a.yaml": "a: 1\n" }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function chart(version: string, files: Readonly<Record<string, string>>) {
  const all = { "Chart.yaml": `apiVersion: v2\nname: objects\nversion: ${version}\n`, ...files };
  return Object.entries(all).map(([name, content]) => ({ path: `modules/objects/chart/${name}`, content }));
}

test.each([
  ["changed", { "templates/a.yaml": "a: 2\n" }],
  ["added", { "templates/a.yaml": "a: 1\n", "templates/b.yaml": "b: 1\n" }],
  ["removed", {}],
])("a chart with a file that was %s needs a higher version", (_, files) => {
  expect(failure(() => requireRaisedVersions(chart("1.9.0", files), folder)).message).toBe(
    "charts\n  modules/objects/chart/Chart.yaml: got version 1.9.0 for files that differ from those of 1.9.0; allowed: a version " +
      "above 1.9.0, because Helm upgrades a release only if the version or the values change",
  );
  expect(() => requireRaisedVersions(chart("1.10.0", files), folder)).not.toThrow();
});

test("a chart may keep its files with its version, and be new", () => {
  expect(() => requireRaisedVersions(chart("1.9.0", { "templates/a.yaml": "a: 1\n" }), folder)).not.toThrow();
  expect(() => requireRaisedVersions(chart("0.1.0", {}), path.join(folder, "other"))).not.toThrow();
});

test("a lower version is no way to undo a chart, and a version that is none is an error", () => {
  const error = failure(() => requireRaisedVersions(chart("1.8.9", { "templates/a.yaml": "a: 1\n" }), folder));
  expect(error.message).toContain("got version 1.8.9 for files that differ from those of 1.9.0");
  expect(failure(() => requireRaisedVersions(chart("newest", {}), folder)).message).toMatch(
    /^modules\/objects\/chart\/Chart\.yaml\n {2}version: got .*newest.*; allowed: a semantic version such as 1\.2\.3$/,
  );
});
