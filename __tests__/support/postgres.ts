/** A PostgreSQL server on the loopback interface, which accepts only TLS there. */
import { type ChildProcess, execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { Client } from "pg";
import { z } from "zod";
import { describeWhere } from "./needed";

/** Debian keeps the programs of a server outside of PATH. */
const PACKAGES = "/usr/lib/postgresql";

export function describeWithPostgres(name: string, tests: () => void): void {
  describeWhere({ mark: "PostgreSQL", find: programs }, name, tests);
}

interface Login {
  readonly username: string;
  readonly password: string;
}

export class Postgres {
  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly server: ChildProcess,
  ) {}

  /** Starts a server whose log contains every statement. */
  static async start(): Promise<Postgres> {
    const folder = mkdtempSync(path.join(tmpdir(), "groundplan-postgres-"));
    const port = await freePort();
    certificate(folder);
    const user = otherUser();
    for (const name of ["", ...readdirSync(folder)]) chownSync(path.join(folder, name), user.uid, user.gid);
    const data = path.join(folder, "data");
    const options: SpawnOptions = { ...user, cwd: folder, stdio: "ignore" };
    execFileSync(path.join(programs(), "initdb"), ["-D", data, "-U", "admin", "-A", "trust", "--no-sync"], options);
    writeFileSync(path.join(data, "pg_hba.conf"), "local all all trust\nhostssl all all all scram-sha-256\n");
    const settings = {
      port,
      listen_addresses: "localhost",
      unix_socket_directories: folder,
      ssl: "on",
      ssl_cert_file: path.join(folder, "certificate.pem"),
      ssl_key_file: path.join(folder, "key.pem"),
      fsync: "off",
      logging_collector: "on",
      log_directory: folder,
      log_filename: "server.log",
      log_statement: "all",
    };
    const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const server = spawn(path.join(programs(), "postgres"), ["-D", data, ...flags], options);
    const postgres = new Postgres(folder, port, server);
    await postgres.#answers();
    return postgres;
  }

  /** Certificate of the server, which is also that of its authority. */
  get certificateFile(): string {
    return path.join(this.folder, "certificate.pem");
  }

  log(): string {
    return readFileSync(path.join(this.folder, "server.log"), "utf8");
  }

  /** Rows of the last of the statements, as the superuser. */
  asAdmin(sql: string, database = "postgres"): Promise<unknown[]> {
    return this.#query({ host: this.folder, user: "admin", database }, sql);
  }

  as({ username, password }: Login, sql: string, database: string): Promise<unknown[]> {
    const ssl = { ca: readFileSync(this.certificateFile, "utf8") };
    return this.#query({ host: "localhost", user: username, password, database, ssl }, sql);
  }

  async stop(): Promise<void> {
    const ended = once(this.server, "exit");
    this.server.kill("SIGINT");
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #query(options: ConstructorParameters<typeof Client>[0] & object, sql: string): Promise<unknown[]> {
    const client = new Client({ ...options, port: this.port });
    await client.connect();
    try {
      const results = [await client.query(sql)].flat();
      return results.at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  async #answers(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await this.asAdmin("SELECT 1").catch(() => undefined);
      if (answer !== undefined) return;
      await setTimeout(50);
    }
    throw new Error("PostgreSQL: got no answer");
  }
}

/** Folder of the server's programs. @throws Error if there are none */
function programs(): string {
  const versions = existsSync(PACKAGES) ? readdirSync(PACKAGES).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [
    ...(process.env.PATH ?? "").split(path.delimiter),
    ...versions.map((version) => path.join(PACKAGES, version, "bin")),
  ];
  const found = folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(path.join(folder, name))));
  if (found === undefined)
    throw new Error("PostgreSQL: got none; allowed: a server, such as Debian's package postgresql");
  return found;
}

/** PostgreSQL refuses to run as root. */
function otherUser(): { readonly uid: number; readonly gid: number } {
  const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (uid !== 0) return { uid, gid };
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function certificate(folder: string): void {
  const [key, file] = [path.join(folder, "key.pem"), path.join(folder, "certificate.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const args = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-keyout",
    key,
    "-out",
    file,
    ...subject,
  ];
  execFileSync("openssl", args, { stdio: "ignore" });
  chmodSync(key, 0o600);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = z.object({ port: z.number() }).parse(server.address());
  server.close();
  await once(server, "close");
  return port;
}
