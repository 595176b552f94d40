/**
 * Makes the EventBridge connection to a tool that receives findings. Terraform would keep its credential in the state;
 * EventBridge keeps it in a secret of its own.
 */
import {
  CreateConnectionCommand,
  DescribeConnectionCommand,
  type DescribeConnectionResponse,
  EventBridgeClient,
  UpdateConnectionCommand,
} from "@aws-sdk/client-eventbridge";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { InputError } from "../../common/errors";
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

/** @throws InputError @throws ServiceError */
export async function findingsConnection(request: FindingsConnection, work: Work): Promise<void> {
  const { name, header } = request;
  const credential = await read(new SecretsManagerClient(), request.secret);
  const events = new EventBridgeClient();
  const exists = (await described(events, name)) !== undefined;
  const operation = exists ? "UpdateConnection" : "CreateConnection";
  if (request.dryRun) {
    work.report(`would call events:${operation}: ${name} with the header ${header}`);
    work.report("dry run: nothing was changed");
    return;
  }
  const input = {
    Name: name,
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: header, ApiKeyValue: credential } },
  } as const;
  await aws(`events:${operation}`, name, () =>
    exists ? events.send(new UpdateConnectionCommand(input)) : events.send(new CreateConnectionCommand(input)),
  );
  const patience = {
    clock: work.clock,
    minutes: work.timeoutMinutes,
    goesOn: `EventBridge goes on with ${name}: aws events describe-connection --name ${name}`,
  };
  const made = await wait(patience, () => settled(events, name));
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

async function described(events: EventBridgeClient, name: string): Promise<DescribeConnectionResponse | undefined> {
  try {
    return await aws("events:DescribeConnection", name, () =>
      events.send(new DescribeConnectionCommand({ Name: name })),
    );
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html */
async function settled(events: EventBridgeClient, name: string): Promise<DescribeConnectionResponse | undefined> {
  const connection = await described(events, name);
  return connection?.ConnectionState?.endsWith("ING") ? undefined : connection;
}
