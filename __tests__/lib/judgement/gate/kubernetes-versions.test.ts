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
