/**
 * Rotation of an application's login: Secrets Manager calls the handler for each of four steps, and repeats steps that fail. The two
 * users alternate, so that the login of the last rotation works until the next one.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
import { randomBytes } from "node:crypto";
import { setLogin, testLogin } from "./database";
import { findLogin, type Login, makeCurrent, readLogin, writePending } from "./secrets";

interface Rotation {
  readonly SecretId: string;
  /** Id of the secret's new version. */
  readonly ClientRequestToken: string;
}

const { LOGIN_USERNAME: username = "", MASTER_SECRET_ARN: masterSecret = "" } = process.env;
const clone = `${username}_clone`;

export async function handler({ Step, ...rotation }: Rotation & { readonly Step: string }): Promise<void> {
  const step = STEPS.get(Step);
  if (step === undefined) throw new Error(`Step: got ${Step}; allowed: ${[...STEPS.keys()].join(", ")}`);
  await step(rotation);
}

const STEPS = new Map([
  ["createSecret", createSecret],
  ["setSecret", setSecret],
  ["testSecret", testSecret],
  ["finishSecret", finishSecret],
]);

/** A repeated step keeps the password. */
async function createSecret({ SecretId, ClientRequestToken }: Rotation): Promise<void> {
  if ((await findLogin(SecretId, { VersionId: ClientRequestToken })) !== undefined) return;
  const current = await findLogin(SecretId, { VersionStage: "AWSCURRENT" });
  await writePending(SecretId, ClientRequestToken, {
    username: otherUser(SecretId, current?.login),
    password: randomBytes(32).toString("base64url"),
  });
}

async function setSecret(rotation: Rotation): Promise<void> {
  const pending = await pendingLogin(rotation);
  const current = await findLogin(rotation.SecretId, { VersionStage: "AWSCURRENT" });
  // Without this, a step that comes too late would change the password that is in use.
  if (current?.login.username === pending.username && current.versionId !== rotation.ClientRequestToken) {
    throw new Error(`secret ${rotation.SecretId}: got the current user ${pending.username}; allowed: the other user`);
  }
  const master = await readLogin(masterSecret, { VersionStage: "AWSCURRENT" });
  await setLogin(master, username, pending);
}

async function testSecret(rotation: Rotation): Promise<void> {
  await testLogin(username, await pendingLogin(rotation));
}

async function finishSecret(rotation: Rotation): Promise<void> {
  await pendingLogin(rotation);
  await makeCurrent(rotation.SecretId, rotation.ClientRequestToken);
}

/** Fails for the version of an earlier rotation, because only the newest one has the label. */
function pendingLogin({ SecretId, ClientRequestToken }: Rotation): Promise<Login> {
  return readLogin(SecretId, { VersionId: ClientRequestToken, VersionStage: "AWSPENDING" });
}

function otherUser(secretId: string, current: Login | undefined): string {
  switch (current?.username) {
    case undefined:
    case clone:
      return username;
    case username:
      return clone;
    default:
      throw new Error(`secret ${secretId}: got the user ${current?.username}; allowed: ${username}, ${clone}`);
  }
}
