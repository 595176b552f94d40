import { createServer } from "node:http";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { Root } from "../../../../lib";
import { commitsToApprove } from "../../../../lib/pipeline/delivery/approved-commits";
import { PlansBucket } from "../../../../lib/pipeline/delivery/plans-bucket";
import { type LoopbackServers, startServers } from "../../../support/loopback";
import { Project } from "../../cli/project";
import { commitTree, git, makeShop, shopProps } from "./shop";

jest.setTimeout(120_000);

const project = new Project();
const tree = project.file("terraform");
const root = new Root(shopProps("dev"));
const { delivery } = root.props;
let servers: LoopbackServers;
let count = 0;

beforeAll(async () => {
  servers = await startServers({ buckets: ["plans", ...Array.from({ length: 9 }, (_, i) => `plans${i}`)], tables: [] });
  Object.assign(process.env, servers.environment);
  await makeShop(project, shopProps("dev"));
});
afterAll(() => servers.stop());

/** Changes the root. */
function change(text: string): string {
  project.write("terraform/environments/shop/dev/notes.json", JSON.stringify(text));
  commitTree(project);
  return git(project.folder, "rev-parse", "HEAD");
}

/** A bucket with these records of applies: what was applied when, and how that ended. */
async function records(...all: readonly [commit: string, time: string, result: string, other?: object][]) {
  if (delivery === undefined) throw new Error("the shop has a delivery");
  const name = `plans${count++}`;
  const s3 = new S3Client({ forcePathStyle: true });
  for (const [commit, time, result, other] of all) {
    const Body = JSON.stringify({ format: 1, custody: { root: root.address, commit }, result, ...other });
    const Key = `applied/${root.address}/${commit}-${time}.json`;
    await s3.send(new PutObjectCommand({ Bucket: name, Key, Body }));
  }
  return new PlansBucket(new Root({ ...root.props, delivery: { ...delivery, plansBucket: name } }));
}

const toApprove = (bucket: PlansBucket, commit: string) =>
  commitsToApprove(tree, { root: root.address }, bucket, commit);

test("the newest successful apply counts, in any order of the commits, and failed or interrupted ones do not", async () => {
  const [first, second, third] = [change("one"), change("two"), change("three")];
  const bucket = await records(
    [second, "20260301T120000000Z", "applied"],
    [first, "20260302T120000000Z", "applied"],
    [third, "20260303T120000000Z", "failed"],
    [third, "20260304T120000000Z", "interrupted"],
  );
  expect(await toApprove(bucket, third)).toEqual({
    lastApply: { record: `applied/${root.address}/${first}-20260302T120000000Z.json`, commit: first },
    commits: [second, third],
  });
  expect(await toApprove(bucket, first)).toMatchObject({ commits: [] });
});

test("every page of a list of records is read", async () => {
  const pages = [
    { key: "one", next: "<NextContinuationToken>2</NextContinuationToken>" },
    { key: "two", next: "" },
  ];
  const server = createServer((request, response) => {
    const page = pages[request.url?.includes("continuation-token=2") ? 1 : 0];
    const key = `<Contents><Key>${page?.key}</Key></Contents>`;
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(`<ListBucketResult>${key}${page?.next}</ListBucketResult>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const endpoint = jest.replaceProperty(process, "env", {
    ...process.env,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
  });
  const keys = await new PlansBucket(root).keys("applied/");
  endpoint.restore();
  server.close();
  expect(keys).toEqual(["one", "two"]);
});

test("records of another root, and other objects, are none of this root's", async () => {
  const commit = change("b");
  const bucket = await records();
  const s3 = new S3Client({ forcePathStyle: true });
  const names = [`${root.address}-2/${commit}-20260301T120000000Z.json`, `${root.address}/notes.txt`];
  for (const name of names)
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: `applied/${name}`, Body: "{}" }));
  expect(await toApprove(bucket, commit)).toMatchObject({ lastApply: null });
});

test("a record whose content differs from its key is refused", async () => {
  const commit = change("c");
  const bucket = await records([commit, "20260301T120000000Z", "applied", { custody: { root: "other", commit } }]);
  await expect(toApprove(bucket, commit)).rejects.toThrow(
    /^s3:\/\/plans\d\/applied\/.*\.json\n {2}got something else than the record of an apply; allowed: .*\n {2}root: /,
  );
});

test("after a rewrite of main the plan is refused with instructions, and the commit that they make is planned", async () => {
  const base = change("d");
  const applied = change("e");
  const bucket = await records([applied, "20260301T120000000Z", "applied"]);
  git(project.folder, "reset", "--quiet", "--hard", base);
  const rewritten = change("f");
  await expect(toApprove(bucket, rewritten)).rejects.toThrow(
    `environments/shop/dev
  got commit ${rewritten}; allowed: a commit whose history contains ${applied}, the last applied commit (s3://${bucket.name}/applied/environments/shop/dev/${applied}-20260301T120000000Z.json)
  plan the head of main; if main was rewritten, merge that commit into it by a pull request:
  git fetch origin ${applied} && git merge --strategy=ours ${applied}`,
  );
  git(project.folder, "merge", "--quiet", "--no-edit", "--strategy=ours", applied);
  const merged = git(project.folder, "rev-parse", "HEAD");
  expect(await toApprove(bucket, merged)).toMatchObject({ commits: [rewritten, merged] });
});

test("a commit that the clone does not have is not part of its history", async () => {
  const bucket = await records(["0".repeat(40), "20260301T120000000Z", "applied"]);
  await expect(toApprove(bucket, change("g"))).rejects.toThrow(`contains ${"0".repeat(40)}, the last applied commit`);
});
