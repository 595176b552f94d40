import { entry, gate } from "./second-day-plan";

/** What the gate refuses when a version changes. */
function refusedFor(type: string, from: string, to: string): string[] {
  const change = { actions: ["update"], before: { version: from }, after: { version: to } };
  return gate({ resource_changes: [entry(change, {}, type)] })
    .refused.filter(({ guardrail }) => guardrail.id === "kubernetes-version-raised")
    .map(({ got }) => got);
}

test.each([
  ["aws_eks_cluster", "1.35", "1.36"],
  ["aws_eks_cluster", "1.36", "1.36"],
  ["aws_eks_node_group", "1.34", "1.36"],
  ["aws_rds_cluster", "1.36", "1.34"],
])("%s may change from %s to %s", (type, from, to) => {
  expect(refusedFor(type, from, to)).toEqual([]);
});

test.each([
  ["aws_eks_cluster", "1.34", "1.36"],
  ["aws_eks_cluster", "1.36", "1.35"],
  ["aws_eks_node_group", "1.36", "1.35"],
])("%s may not change from %s to %s", (type, from, to) => {
  expect(refusedFor(type, from, to)).toEqual([`version ${from} changed to ${to}`]);
});

/** What the gate refuses when the version of an add-on changes. */
function refusedForAddon(from: string | null, to: string | null): string[] {
  const change = { actions: ["update"], before: { addon_version: from }, after: { addon_version: to } };
  return gate({ resource_changes: [entry(change, {}, "aws_eks_addon")] })
    .refused.filter(({ guardrail }) => guardrail.id === "kubernetes-version-raised")
    .map(({ got }) => got);
}

test.each([
  ["v1.22.4-eksbuild.3", "v1.22.4-eksbuild.10"],
  ["v1.9.0-eksbuild.1", "v1.13.2-eksbuild.11"],
  ["v1.22.4-eksbuild.3", "v1.22.4-eksbuild.3"],
  [null, "v1.22.4-eksbuild.3"],
])("an add-on may change from %s to %s", (from, to) => {
  expect(refusedForAddon(from, to)).toEqual([]);
});

test.each([
  ["v1.22.4-eksbuild.10", "v1.22.4-eksbuild.3"],
  ["v1.13.2-eksbuild.11", "v1.9.0-eksbuild.20"],
])("an add-on may not change from %s to %s", (from, to) => {
  expect(refusedForAddon(from, to)).toEqual([`addon_version ${from} changed to ${to}`]);
});
