import { AwsServer } from "../../support/aws-server";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));
const image = `registry.example/shop/api@sha256:${"b".repeat(64)}`;
let aws: AwsServer;

beforeAll(async () => {
  aws = await AwsServer.start();
  aws.family = "shop-migrate";
  aws.revision(3, image.replaceAll("b", "a"));
  aws.instances.set("shop", { DBInstanceIdentifier: "shop" });
  const container = { name: "app", exitCode: 0 };
  aws.task = { statuses: ["STOPPED"], stopped: { stopCode: "EssentialContainerExited", containers: [container] } };
});

afterAll(() => aws.stop());

/** The command with migrations of these names, which are written first. */
function migrate(migrations: Readonly<Record<string, string>>, ...more: readonly string[]) {
  for (const [name, text] of Object.entries(migrations)) project.write(name, text);
  const place = ["--cluster", "shop", "--task-definition", "shop-migrate", "--database", "shop", "--image", image];
  const network = ["--subnets", "subnet-1", "subnet-2", "--security-groups", "sg-1"];
  const args = [
    "migrate",
    ...place,
    ...network,
    "--migrations",
    ...Object.keys(migrations).map((name) => project.file(name)),
    ...more,
  ];
  return project.run(args, aws.environment);
}

test("a migration that destroys data is refused with exit code 1 and every place", async () => {
  const answer = await migrate({ "a.sql": "DROP TABLE orders;", "b.sql": "SELECT 1;\n\nTRUNCATE orders;" });
  expect(answer).toMatchObject({ exitCode: 1, stdout: "" });
  expect(answer.stderr).toContain(
    "refused: a migration that destroys data, or may destroy it, requires a backup of the last 24 hours: --backup <snapshot>\n" +
      `  ${project.file("a.sql")}:1: DROP TABLE orders: destructive\n` +
      `  ${project.file("b.sql")}:3: TRUNCATE orders: destructive\n`,
  );
});

test("a dry run changes nothing; the same without it migrates", async () => {
  const dry = await migrate({ "a.sql": "CREATE TABLE orders (id int);" }, "--dry-run");
  expect(dry).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/\ndry run: nothing was changed\n$/) });
  expect(aws.operations()).not.toContain("ecs:RunTask");
  const { exitCode, stdout } = await migrate({ "a.sql": "CREATE TABLE orders (id int);" });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("migrated: container app ended with exit code 0\n");
  expect(aws.input("ecs:RunTask")).toMatchObject({
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] } },
  });
});
