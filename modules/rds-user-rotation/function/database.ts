/** Logins of the database: two users with the rights of one role, which owns the objects. */
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { verifierOf } from "./scram";
import type { Login } from "./secrets";

/** Name of the role that owns the objects of the application. */
export function ownerOf(username: string): string {
  return `${username}_owner`;
}

/**
 * Creates what is missing, and gives the user its password. The other user stays as it is. Each session of both users starts with
 * `SET ROLE`, so that objects belong to the owner, whichever user creates them.
 * @param username name of the first user
 */
export async function setLogin(master: Login, username: string, login: Login): Promise<void> {
  await connected(master, async (client) => {
    const id = (name: string) => client.escapeIdentifier(name);
    const owner = ownerOf(username);
    await client.query("BEGIN");
    await createRole(client, owner);
    await createRole(client, login.username);
    const user = id(login.username);
    // The master user has to be a member before it may name the role in a setting of another user.
    await client.query(`GRANT ${id(owner)} TO ${id(master.username)}, ${user}`);
    await client.query(`GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${id(client.database ?? "")} TO ${id(owner)}`);
    await client.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${id(owner)}`);
    await client.query(`ALTER ROLE ${user} SET role TO ${client.escapeLiteral(owner)}`);
    await client.query(`ALTER ROLE ${user} LOGIN PASSWORD ${client.escapeLiteral(verifierOf(login.password))}`);
    await client.query("COMMIT");
  });
}

/** @throws Error if the login is refused, or has other rights than the owner of the objects */
export async function testLogin(username: string, login: Login): Promise<void> {
  await connected(login, async (client) => {
    const { rows } = await client.query<{ role: string }>("SELECT current_user AS role");
    const role = rows[0]?.role;
    if (role !== ownerOf(username)) {
      throw new Error(`user ${login.username}: got the role ${role}; allowed: ${ownerOf(username)}`);
    }
  });
}

async function createRole(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${client.escapeIdentifier(name)}`);
}

/** Host, port and name of the database are in the variables that libpq has for them. */
async function connected(login: Login, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({
    user: login.username,
    password: login.password,
    ssl: { ca: readFileSync(process.env.PGSSLROOTCERT ?? "", "utf8") },
    connectionTimeoutMillis: 10_000,
    query_timeout: 20_000,
    application_name: "rotation",
  });
  // A connection that ends later than its query fails must not end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end();
  }
}
