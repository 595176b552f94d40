import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { KubernetesObjects } from "../../modules/kubernetes-objects";
import { evaluatedCluster } from "../support/evaluated";
import { describeWithHelm, rendered, run } from "../support/kubernetes-tools";

const CHART = path.resolve(__dirname, "../../modules/kubernetes-objects/chart");
const secret = {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "logins", namespace: "pgbouncer" },
  spec: { target: { template: { data: { list: '"{{ .user }}" "${not} %{a} template"\n' } } }, data: [] },
};
const binding = {
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name: "api", namespace: "shop" },
  spec: { serviceRef: { name: "api", port: 80 } },
};
const cluster = evaluatedCluster((root) => {
  new KubernetesObjects(root, "objects", { name: "objects", namespace: "shop", objects: [secret, binding] });
});
const release = cluster.values("module.objects.helm_release.this");

test("the version of the release is the one of the chart, which Helm requires", () => {
  expect(release.version).toBe(parse(readFileSync(path.join(CHART, "Chart.yaml"), "utf8")).version);
});

test("a release that fails is taken back, keeps five records, and makes no namespace without labels", () => {
  expect(release).toMatchObject({
    atomic: true,
    cleanup_on_fail: true,
    create_namespace: false,
    max_history: 5,
    timeout: 600,
    wait: true,
  });
  expect(release).not.toHaveProperty("set_sensitive");
});

describeWithHelm("the chart", () => {
  test("prints the objects as they are, with templates of others and with what Terraform would read as a template", () => {
    const { values } = release;
    expect(rendered(CHART, String([values].flat()[0]))).toEqual([secret, binding]);
  });

  test("passes the checks of Helm", () => {
    expect(run("helm", ["lint", "--quiet", CHART])).toBe("");
  });
});
