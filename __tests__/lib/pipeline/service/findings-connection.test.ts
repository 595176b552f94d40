import { findingsConnection } from "../../../../lib/pipeline/service/findings-connection";
import type { AwsServer } from "../../../support/aws-server";
import { awsForEachTest, writesTo } from "./aws";
import { failureMessage, fakeWork } from "./fake-work";

jest.setTimeout(30_000);

const request = { name: "findings", secret: "account/findings-tool", header: "X-Api-Key" };
const ARN = "arn:aws:events:eu-central-1:111122223333:connection/findings/1";

let aws: AwsServer;
awsForEachTest((server) => {
  aws = server;
  aws.connections.secrets.set(request.secret, "swordfish");
});

test("makes the connection from the secret, waits until it works, and prints its ARN and not the credential", async () => {
  const work = fakeWork();
  await findingsConnection(request, work);
  expect(aws.input("events:CreateConnection")).toEqual({
    Name: "findings",
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "X-Api-Key", ApiKeyValue: "swordfish" } },
  });
  expect(work.lines).toEqual([`created ${ARN}`]);
  expect(work.sleptMinutes()).toBeGreaterThan(0);
});

test("updates a connection that exists, so that its ARN stays", async () => {
  aws.connections.statuses.set("findings", ["AUTHORIZED"]);
  const work = fakeWork();
  await findingsConnection(request, work);
  expect(writesTo(aws)).toEqual(["events:UpdateConnection"]);
  expect(work.lines).toEqual([`updated ${ARN}`]);
});

test("a dry run changes nothing, and does not print the credential", async () => {
  const work = fakeWork();
  await findingsConnection({ ...request, dryRun: true }, work);
  expect(writesTo(aws)).toEqual([]);
  expect(work.lines).toEqual([
    "would call events:CreateConnection: findings with the header X-Api-Key",
    "dry run: nothing was changed",
  ]);
});

test("a secret with JSON is refused, because the header would be JSON", async () => {
  aws.connections.secrets.set(request.secret, '{"token":"swordfish"}');
  expect(await failureMessage(findingsConnection(request, fakeWork()))).toBe(
    "--secret\n  got JSON in account/findings-tool; allowed: the value of the header as text",
  );
  expect(writesTo(aws)).toEqual([]);
});

test("a refusal of AWS is reported with the call, and without the credential", async () => {
  aws.refusals.set("events:CreateConnection", ["LimitExceededException", "Too many connections."]);
  expect(await failureMessage(findingsConnection(request, fakeWork()))).toBe(
    "events:CreateConnection of findings failed: LimitExceededException: Too many connections.",
  );
});

test("a connection that is not authorized is a failure", async () => {
  aws.connections.statuses.set("findings", ["DEAUTHORIZED"]);
  expect(await failureMessage(findingsConnection(request, fakeWork()))).toBe(
    "findings: got DEAUTHORIZED; allowed: AUTHORIZED",
  );
});
