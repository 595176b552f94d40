/** SCRAM-SHA-256 verifiers: what PostgreSQL stores instead of a password. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

const ITERATIONS = 4096;

/**
 * The server takes a verifier in place of a password, so that neither a statement nor a log of it contains the password.
 * @param password letters, digits, `-` and `_`, which SASLprep does not change
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html and RFC 5803
 */
export function verifierOf(password: string, salt = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const keyFor = (purpose: string) => createHmac("sha256", salted).update(purpose).digest();
  const storedKey = createHash("sha256").update(keyFor("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${storedKey}:${keyFor("Server Key").toString("base64")}`;
}
