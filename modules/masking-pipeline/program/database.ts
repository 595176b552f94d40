/** Connections to the restored database. */
import { readFileSync } from "node:fs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Client, DatabaseError } from "pg";
import { z } from "zod";

const LOGIN = z.object({ username: z.string(), password: z.string() });
export type Login = z.infer<typeof LOGIN>;

/** Role that may read every table, and change none. */
export const READER = "masking_reader";

/** The login of the master user, which RDS made for this instance. */
export async function masterLogin(secretId = process.env.MASTER_SECRET_ARN): Promise<Login> {
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: secretId }));
  try {
    return LOGIN.parse(JSON.parse(SecretString ?? ""));
  } catch {
    // The message of a syntax error would contain a part of the text.
    throw new Error(`secret ${secretId}: got another content; allowed: JSON with the texts username and password`);
  }
}

/** Host, port and name of the database are in the variables that libpq has for them. */
export async function connected<T>({ username, password }: Login, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    user: username,
    password,
    ssl: { ca: readFileSync(process.env.PGSSLROOTCERT ?? "", "utf8") },
    application_name: "masking",
  });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Runs a statement. Messages of PostgreSQL contain values of the database, so that only its error code is reported. */
export async function run(client: Client, place: string, sql: string): Promise<Record<string, unknown>[]> {
  try {
    const result = [await client.query<Record<string, unknown>>(sql)].flat();
    return result.at(-1)?.rows ?? [];
  } catch (error) {
    if (error instanceof DatabaseError) throw new Error(`${place}: got the error ${error.code} of PostgreSQL`);
    throw error;
  }
}
