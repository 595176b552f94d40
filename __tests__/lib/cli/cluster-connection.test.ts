import { readFileSync } from "node:fs";
import { CLUSTER_AUTHORITY } from "../../support/cluster";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));
const endpoint = `https://${"AB12".repeat(8)}.gr7.eu-central-1.eks.amazonaws.com`;

test("outputs become data; a file without them is an input error that changes nothing", async () => {
  // The command runs in the folder lib.
  project.write("lib/dev.ts", 'export const dev = {\n  region: "eu-central-1",\n  cluster: null,\n};\n');
  project.write(
    "lib/outputs.json",
    JSON.stringify({
      cluster_endpoint: { sensitive: false, type: "string", value: endpoint },
      cluster_certificate_authority: { sensitive: false, type: "string", value: CLUSTER_AUTHORITY },
    }),
  );
  const written = await project.run(["cluster-connection", "dev.ts", "--outputs", "outputs.json"]);
  const file = project.file("lib/dev.ts");
  expect(written).toMatchObject({ exitCode: 0, stdout: `${file}: cluster is ${endpoint}\n` });
  const source = readFileSync(file, "utf8");
  expect(source).toContain(endpoint);
  project.write("lib/outputs.json", "{}");
  const refused = await project.run(["cluster-connection", "dev.ts", "--outputs", "outputs.json"]);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("got something else than the outputs cluster_endpoint and cluster_certificate");
  expect(readFileSync(file, "utf8")).toBe(source);
});
