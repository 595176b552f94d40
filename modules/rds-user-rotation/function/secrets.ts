/** Logins in Secrets Manager. No error contains a value of a secret. */
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A version of a secret, by its id, its label, or both. */
interface Version {
  readonly VersionId?: string;
  readonly VersionStage?: "AWSCURRENT" | "AWSPENDING";
}

const client = new SecretsManagerClient({});

/** @returns undefined if the secret has no such version, or the version has no value yet */
export async function findLogin(SecretId: string, version: Version) {
  try {
    const { SecretString, VersionId } = await client.send(new GetSecretValueCommand({ SecretId, ...version }));
    return { login: parse(SecretId, SecretString), versionId: VersionId };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

export async function readLogin(secretId: string, version: Version): Promise<Login> {
  const found = await findLogin(secretId, version);
  if (found === undefined) {
    throw new Error(`secret ${secretId}: got no value of the version ${JSON.stringify(version)}`);
  }
  return found.login;
}

export async function writePending(SecretId: string, ClientRequestToken: string, login: Login): Promise<void> {
  const SecretString = JSON.stringify(login);
  const VersionStages = ["AWSPENDING"];
  await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages }));
}

/** The first value of a secret gets the label AWSCURRENT by itself. */
export async function makeCurrent(SecretId: string, versionId: string): Promise<void> {
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  const current = Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes("AWSCURRENT"));
  if (current === versionId) return;
  await client.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: "AWSCURRENT",
      MoveToVersionId: versionId,
      ...(current !== undefined && { RemoveFromVersionId: current }),
    }),
  );
}

/** The message of a syntax error would contain a part of the text. */
function parse(secretId: string, text = ""): Login {
  try {
    const value: unknown = JSON.parse(text);
    if (isLogin(value)) return value;
  } catch {}
  throw new Error(`secret ${secretId}: got another content; allowed: JSON with the texts username and password`);
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== "object" || value === null || !("username" in value) || !("password" in value)) return false;
  return typeof value.username === "string" && typeof value.password === "string";
}
