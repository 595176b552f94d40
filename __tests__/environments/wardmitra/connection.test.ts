import { readFileSync } from "node:fs";
import path from "node:path";
import { withConnection } from "../../../lib/pipeline/bootstrap/connection-source";
import { CLUSTER_AUTHORITY } from "../../support/cluster";

test.each(["dev", "staging", "prod"])("the data of %s get a connection, and nothing else changes", (environment) => {
  const file = path.join(__dirname, `../../../environments/wardmitra/${environment}.ts`);
  const source = readFileSync(file, "utf8");
  const endpoint = `https://${"AB12".repeat(8)}.gr7.ap-south-1.eks.amazonaws.com`;
  const changed = withConnection(file, source, { endpoint, certificateAuthority: CLUSTER_AUTHORITY });
  expect(changed).toContain(`    endpoint: "${endpoint}",\n    certificateAuthority: "${CLUSTER_AUTHORITY}",\n  },\n`);
  expect(changed.replace(/cluster: \{[^}]*\}/, "")).toBe(source.replace(/cluster: \{[^}]*\}/, ""));
});
