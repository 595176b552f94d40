/**
 * Makes the EventBridge connection to a tool that receives findings. Terraform would keep its credential in the state;
 * EventBridge keeps it in a secret of its own.
 */
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { InputError } from "../../common/errors";
import { eventBridge } from "./eventbridge";
import { AwsError, aws, ServiceError } from "./failure";
import { type Work, wait } from "./waiting";

export interface FindingsConnection {
  readonly name: string;
  /** Name or ARN of the secret with the credential. */
  readonly secret: string;
  /** Header that carries it. */
  readonly header: string;
  readonly dryRun?: true;
}

const CONNECTION = z.object({ ConnectionArn: z.string(), ConnectionState: z.string() });

/** @throws InputError @throws ServiceError */
export async function findingsConnection(request: FindingsConnection, work: Work): Promise<void> {
  const { name, header } = request;
  const client = new SecretsManagerClient();
  const credential = await read(client, request.secret);
  const exists = (await described(client, name)) !== undefined;
  const operation = exists ? "UpdateConnection" : "CreateConnection";
  if (request.dryRun) {
    work.report(`would call events:${operation}: ${name} with the header ${header}`);
    work.report("dry run: nothing was changed");
    return;
  }
  await eventBridge(client, operation, name, {
    Name: name,
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: header, ApiKeyValue: credential } },
  });
  const patience = {
    clock: work.clock,
    minutes: work.timeoutMinutes,
    goesOn: `EventBridge goes on with ${name}: aws events describe-connection --name ${name}`,
  };
  const made = await wait(patience, () => settled(client, name));
  if (made?.ConnectionState !== "AUTHORIZED") {
    throw new ServiceError(`${name}: got ${made?.ConnectionState ?? "no result in time"}; allowed: AUTHORIZED`);
  }
  work.report(`${exists ? "updated" : "created"} ${made.ConnectionArn}`);
}

/** JSON would become the header as it is. */
async function read(client: SecretsManagerClient, secret: string): Promise<string> {
  const command = new GetSecretValueCommand({ SecretId: secret });
  const { SecretString = "" } = await aws("secretsmanager:GetSecretValue", secret, () => client.send(command));
  const problem = SecretString === "" ? "no text" : /^\s*[{[]/.test(SecretString) ? "JSON" : undefined;
  if (problem === undefined) return SecretString;
  throw new InputError("--secret", [`got ${problem} in ${secret}; allowed: the value of the header as text`]);
}

async function described(client: SecretsManagerClient, name: string) {
  try {
    return CONNECTION.parse(await eventBridge(client, "DescribeConnection", name, { Name: name }));
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html */
async function settled(client: SecretsManagerClient, name: string) {
  const connection = await described(client, name);
  return connection !== undefined && /ING$/.test(connection.ConnectionState) ? undefined : connection;
}
