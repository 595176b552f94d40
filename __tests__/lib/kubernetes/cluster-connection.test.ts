import { clusterConnection } from "../../../lib/kubernetes/cluster-connection";
import { CLUSTER_AUTHORITY, CLUSTER_CERTIFICATE } from "../../support/cluster";
import { failure } from "../generator/support";

const valid = {
  endpoint: "https://0123456789ABCDEF0123456789ABCDEF.gr7.ap-south-1.eks.amazonaws.com",
  certificateAuthority: CLUSTER_AUTHORITY,
};
const cluster = { region: "ap-south-1", clusterName: "shop-dev" };

test("a token is made for the named cluster in its region, and the certificates are decoded", () => {
  expect(clusterConnection("environments/shop/dev.ts", valid, cluster)).toEqual({
    host: valid.endpoint,
    clusterCaCertificate: CLUSTER_CERTIFICATE,
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "shop-dev", "--region", "ap-south-1"],
    },
  });
});

test.each([
  ["without TLS", valid.endpoint.replace("https", "http")],
  ["of another region", valid.endpoint.replace("ap-south-1", "eu-west-1")],
  ["of another host", "https://kubernetes.example.com"],
  ["with a path", `${valid.endpoint}/`],
])("an endpoint %s is an error", (_, endpoint) => {
  expect(failure(() => clusterConnection("environments/shop/dev.ts", { ...valid, endpoint }, cluster)).message).toBe(
    `environments/shop/dev.ts\n  cluster.endpoint: got "${endpoint}"; allowed: the endpoint of an EKS cluster in ap-south-1, such as ` +
      "https://0123456789ABCDEF0123456789ABCDEF.gr7.ap-south-1.eks.amazonaws.com",
  );
});

test.each([
  ["PEM that is not in base64", CLUSTER_CERTIFICATE],
  ["base64 of something else", "bm90aGluZw=="],
])("an authority that is %s is an error", (_, certificateAuthority) => {
  const connection = { ...valid, certificateAuthority };
  expect(failure(() => clusterConnection("environments/shop/dev.ts", connection, cluster)).message).toMatch(
    /^environments\/shop\/dev\.ts\n {2}cluster\.certificateAuthority: got ".*…"; allowed: certificates as PEM in base64, as EKS has them$/,
  );
});
