import { ColoursServer } from "../../support/colours-server";
import { mainWith, Project } from "./project";

jest.setTimeout(60_000);

const project = new Project();
project.write("main.ts", mainWith("dev"));
const image = (letter: string) => `registry.example/shop/api@sha256:${letter.repeat(64)}`;
const zone = ["--zone", "Z0123456789ABC", "--domain", "shop.example"];
const colours = [...zone, "--cluster", "shop", "--service", "shop"];
let aws: ColoursServer;

beforeEach(async () => {
  aws = await ColoursServer.start();
  aws.alarms.set("errors", "OK");
});

afterEach(() => aws.stop());

const blueGreen = (...args: string[]) => project.run(["blue-green", ...args], aws.environment);

test("`idle` prints the colour alone, for the variable of a script", async () => {
  const { exitCode, stdout } = await blueGreen("idle", ...zone);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "green\n" });
});

test("`deploy` deploys the image and the archive to the colour", async () => {
  const code = ["--function", "pricing", "--code-bucket", "artifacts", "--code-key", "4.zip", "--code-version", "v1"];
  const { exitCode, stdout } = await blueGreen("deploy", ...colours, "--to", "green", "--image", image("c"), ...code);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: `old: shop-green:7
new: shop-green:8, which is shop-green:7 with another image in app
back: groundplan rollback service --cluster shop --service shop-green --to 7
shop-green:8: 2 of 2 tasks run, 0 failed
shop/shop-green runs shop-green:8
pricing:green: version 2 becomes 4
`,
  });
});

test("`deploy-function` moves one alias to a version of the archive", async () => {
  const { exitCode, stdout } = await project.run(
    [
      ...["deploy-function", "--function", "pricing", "--alias", "blue"],
      ...["--code-bucket", "artifacts", "--code-key", "4.zip", "--code-version", "v1"],
    ],
    aws.environment,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "pricing:blue: version 3 becomes 4\n" });
  expect(Object.fromEntries(aws.lambda.aliases)).toEqual({ blue: "4", green: "2" });
});

test("`switch` ends with exit code 1 and changes nothing if an alarm is on", async () => {
  aws.alarms.set("errors", "ALARM");
  const { exitCode, stderr } = await blueGreen(
    ...["switch", ...colours, "--to", "green", "--image", image("b"), "--alarms", "errors"],
  );
  expect({ exitCode, writes: aws.writes() }).toEqual({ exitCode: 1, writes: [] });
  expect(stderr).toContain("\nnothing was changed: alarms are on: errors\n");
});

test("`back` ends with exit code 0 if the colour gets the requests already", async () => {
  const { exitCode, stdout } = await blueGreen("back", ...colours, "--to", "blue", "--image", image("a"));
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: "origin.shop.example: blue gets the requests already\n",
  });
});

test.each([
  ["a zone", ["idle", "--domain", "shop.example", "--zone", "shop"], "the id of a hosted zone, such as Z0123456789ABC"],
  ["a domain", ["idle", "--zone", "Z1", "--domain", "https://shop"], "a lower-case domain such as shop.example"],
  ["a path", ["smoke-test", "--domain", "shop.example", "--to", "blue", "--path", "health"], "a path such as /health"],
  [
    "a version of a function",
    ["back", ...colours, "--to", "blue", "--image", image("a"), "--function", "f", "--function-version", "$LATEST"],
    "the number of a version, such as 7",
  ],
])("%s of another form is refused before any request", async (_, args, allowed) => {
  const { exitCode, stderr } = await blueGreen(...args);
  expect({ exitCode, requests: aws.operations }).toEqual({ exitCode: 2, requests: [] });
  expect(stderr).toMatch(/^error: option '.*' argument '.*' is invalid\. Allowed: /);
  expect(stderr).toContain(`Allowed: ${allowed}.`);
});

test.each([
  [
    ["deploy", ...colours, "--to", "green", "--image", image("b"), "--function", "pricing", "--code-key", "4.zip"],
    "--function\n  got --function, --code-key; allowed: --function, --code-bucket, --code-key and --code-version, or none of them\n",
  ],
  [
    ["back", ...colours, "--to", "blue", "--image", image("b"), "--function-version", "3"],
    "--function\n  got --function-version; allowed: --function and --function-version, or none of them\n",
  ],
  [
    ["switch", ...colours, "--to", "green", "--image", "shop/api:latest", "--alarms", "errors"],
    '--image\n  got "shop/api:latest"; allowed: <repository>@sha256:',
  ],
])("`%j` is refused with exit code 2 and one message", async (args, message) => {
  const { exitCode, stderr } = await blueGreen(...args);
  expect({ exitCode, requests: aws.operations }).toEqual({ exitCode: 2, requests: [] });
  expect(stderr).toContain(message);
});
