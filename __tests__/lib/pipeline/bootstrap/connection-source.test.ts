import { withConnection } from "../../../../lib/pipeline/bootstrap/connection-source";
import { CLUSTER_AUTHORITY } from "../../../support/cluster";
import { failure } from "../../generator/support";

const FILE = "environments/shop/dev.ts";
const endpoint = `https://${"AB12".repeat(8)}.gr7.ap-south-1.eks.amazonaws.com`;
const connection = { endpoint, certificateAuthority: CLUSTER_AUTHORITY };
const sourceWith = (cluster: string, region = '"ap-south-1"') =>
  `export const dev = {\n  region: ${region},\n  // Of the API.\n  cluster: ${cluster},\n  wave: 1,\n};\n`;

test.each([
  ["null", "null"],
  ["another connection", '{\n    endpoint: "https://old",\n    certificateAuthority: OLD,\n  }'],
])("%s is replaced, and nothing else", (_what, cluster) => {
  const literal = `{\n    endpoint: "${endpoint}",\n    certificateAuthority: "${CLUSTER_AUTHORITY}",\n  }`;
  expect(withConnection(FILE, sourceWith(cluster), connection)).toBe(sourceWith(literal));
});

test.each([
  ["an endpoint of another region", { ...connection, endpoint: endpoint.replace("ap-south", "us-east") }, "endpoint"],
  ["an endpoint without TLS", { ...connection, endpoint: endpoint.replace("https", "http") }, "endpoint"],
  ["no certificate", { ...connection, certificateAuthority: "LS0tLS1CRUdJTg==" }, "certificateAuthority"],
])("%s is refused", (_what, wrong, name) => {
  expect(failure(() => withConnection(FILE, sourceWith("null"), wrong)).message).toMatch(
    new RegExp(`^the outputs\\n {2}cluster\\.${name}: got "[^"]+"; allowed: .+$`),
  );
});

test.each([
  ["no cluster", sourceWith("null").replace("cluster", "clusters"), "1 lines with a region and 0"],
  ["two clusters", sourceWith("null") + sourceWith("null"), "2 lines with a region and 2"],
  ["a computed region", sourceWith("null", "REGION"), "0 lines with a region and 1"],
])("a source with %s is refused", (_what, source, got) => {
  expect(failure(() => withConnection(FILE, source, connection)).message).toContain(`${FILE}\n  got ${got} propert`);
});
