import { AwsServer } from "../../support/aws-server";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));
const image = (letter: string) => `registry.example/shop/api@sha256:${letter.repeat(64)}`;
let aws: AwsServer;

beforeEach(async () => {
  aws = await AwsServer.start();
});

afterEach(() => aws.stop());

test("a service is rolled back to the previous revision", async () => {
  aws.revision(7, image("a"));
  aws.runs(aws.revision(8, image("b")));
  const answer = await project.run(["rollback", "service", "--cluster", "shop", "--service", "api"], aws.environment);
  expect(answer).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\nshop\/api runs shop-api:7\n$/) });
});

test("a database is restored at a time", async () => {
  aws.instances.set("shop", { DBInstanceIdentifier: "shop", LatestRestorableTime: "2026-01-31T11:55:00Z" });
  const args = ["rollback", "database", "--database", "shop", "--to", "shop-2", "--at"];
  const answer = await project.run([...args, "2026-01-31T12:00:00+01:00", "--dry-run"], aws.environment);
  expect(answer).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("its data of 2026-01-31T11:00:00.000Z"),
  });
  expect(await project.run([...args, "yesterday"], aws.environment)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("Allowed: a time with its zone, such as 2026-01-31T12:00:00Z."),
  });
});

test("--version of an object is not the program's own option", async () => {
  aws.objects.set("shop/notes.txt", [
    ["v1", "first"],
    ["v2", "second"],
  ]);
  const args = ["rollback", "object", "--bucket", "shop", "--key", "notes.txt", "--version", "v1"];
  const answer = await project.run(args, aws.environment);
  expect(answer).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/\ns3:\/\/shop\/notes\.txt has version v3, a copy of v1\n$/),
  });
});
