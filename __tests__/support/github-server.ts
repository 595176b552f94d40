/** A GitHub for tests, on the loopback interface: the part of its REST API that the commands use, with its field names. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { z } from "zod";

export interface User {
  readonly login: string;
  readonly type: "User" | "Bot";
}

export interface Write {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Comment {
  id: number;
  issue: number;
  body: string;
  user: User | null;
}

interface Issue {
  number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  labels: string[];
  pull_request?: object;
}

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ADDRESS = z.object({ port: z.number() });
const BODY = z.record(z.string(), z.unknown());
const ISSUE_INPUT = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  labels: z.array(z.string()).optional(),
  state: z.enum(["open", "closed"]).optional(),
});

const QUERY = z.object({
  variables: z.object({ owner: z.literal("shop"), repo: z.literal("infra"), oid: z.string() }),
});

export const BOT: User = { login: "github-actions[bot]", type: "Bot" };

/** The repository shop/infra. */
export class GitHubServer {
  /** Owner of the token; a workflow's token has none. */
  user: User | undefined;
  comments: Comment[] = [];
  issues: Issue[] = [];
  /** Further answers to GET, by path below the repository. A list is answered in pages. */
  answers: Record<string, unknown> = {};
  /** Authors of a commit in GraphQL, by its id. `login` is null if no account has the address. */
  authors: Record<string, readonly { readonly email: string; readonly login: string | null }[]> = {};
  /** Refused requests, by `<method> <path below the repository>`. */
  refusals: Record<string, Refusal> = {};
  writes: Write[] = [];
  /** Paths of GET requests, with their query. */
  reads: string[] = [];
  /** Authorization headers of the requests. */
  readonly tokens = new Set<string | undefined>();
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async start(): Promise<void> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  get url(): string {
    return `http://127.0.0.1:${ADDRESS.parse(this.server.address()).port}`;
  }

  /** Environment variables of a job. */
  get environment(): Readonly<Record<string, string>> {
    return {
      GITHUB_API_URL: this.url,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "shop/infra",
      GITHUB_TOKEN: "the-token",
      GITHUB_RUN_ID: "77",
      GITHUB_ACTOR: "dana",
    };
  }

  comment(body: string, user: User | null, issue = 5): Comment {
    const comment = { id: this.comments.length + 100, issue, body, user };
    this.comments.push(comment);
    return comment;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<ServerResponse> {
    const { method = "GET" } = request;
    const url = new URL(request.url ?? "/", this.url);
    const path = decodeURIComponent(url.pathname).replace("/repos/shop/infra", "") || "/";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    this.tokens.add(request.headers.authorization);
    const refusal = this.refusals[`${method} ${path}`];
    if (refusal !== undefined) return refuse(response, refusal);
    if (method === "GET") {
      this.reads.push(`${path}${url.search}`);
      return this.answer(response, url, this.read(path, url.searchParams));
    }
    const body = BODY.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    if (path === "/graphql") return send(response, 200, { data: this.query(body) });
    this.writes.push({ method, path, body });
    if (String(body.body ?? "").length > 65_536) {
      return refuse(response, {
        status: 422,
        message: "Validation Failed: body is too long (maximum is 65536 characters)",
      });
    }
    const written = this.write(method, path, body);
    return send(response, method === "POST" ? 201 : 200, written);
  }

  private read(path: string, query: URLSearchParams): unknown {
    const [, issue] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    if (issue !== undefined) return this.comments.filter((one) => one.issue === Number(issue)).map(shownComment);
    if (path === "/issues") {
      return this.issues
        .filter(({ state }) => state === query.get("state"))
        .filter(({ labels }) => labels.includes(query.get("labels") ?? ""))
        .map(shownIssue);
    }
    if (path === "/user" && this.user !== undefined) return this.user;
    return this.answers[path];
  }

  private query(body: unknown): object {
    const { oid } = QUERY.parse(body).variables;
    const nodes = (this.authors[oid] ?? []).map(({ email, login }) => ({
      email,
      user: login === null ? null : { login },
    }));
    return { repository: { object: { authors: { totalCount: nodes.length, nodes: nodes.slice(0, 100) } } } };
  }

  private write(method: string, path: string, body: Readonly<Record<string, unknown>>): unknown {
    const text = String(body.body ?? "");
    const [, issue] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    if (method === "POST" && issue !== undefined) {
      return shownComment(this.comment(text, this.user ?? BOT, Number(issue)));
    }
    const [, id] = /^\/issues\/comments\/(\d+)$/.exec(path) ?? [];
    const comment = this.comments.find((one) => one.id === Number(id));
    if (method === "PATCH" && comment !== undefined) {
      comment.body = text;
      return shownComment(comment);
    }
    const fields = ISSUE_INPUT.parse(body);
    const [, number] = /^\/issues\/(\d+)$/.exec(path) ?? [];
    const old = this.issues.find((one) => one.number === Number(number));
    if (method === "PATCH" && old !== undefined) return shownIssue(Object.assign(old, fields));
    if (method !== "POST" || path !== "/issues") throw new Error(`${method} ${path}: no such endpoint here`);
    const opened: Issue = {
      number: this.issues.length + 10,
      title: fields.title ?? "",
      body: fields.body ?? null,
      state: "open",
      labels: fields.labels ?? [],
    };
    this.issues.push(opened);
    return shownIssue(opened);
  }

  /** @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  private answer(response: ServerResponse, url: URL, content: unknown): ServerResponse {
    if (content === undefined) return refuse(response, url.pathname === "/user" ? NO_USER : NOTHING);
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    if (!Array.isArray(content)) return send(response, 200, content);
    if (content.length > page * size) {
      url.searchParams.set("page", String(page + 1));
      response.setHeader("link", `<${url.href}>; rel="next"`);
    }
    return send(response, 200, content.slice((page - 1) * size, page * size));
  }
}

const NOTHING: Refusal = { status: 404, message: "Not Found" };
const NO_USER: Refusal = { status: 403, message: "Resource not accessible by integration" };

function shownComment({ id, issue, body, user }: Comment): object {
  return { id, body, user, html_url: `https://github.example/shop/infra/pull/${issue}#issuecomment-${id}` };
}

function shownIssue(issue: Issue): object {
  return { ...issue, labels: issue.labels.map((name) => ({ name })) };
}

function refuse(response: ServerResponse, { status, message, headers = {} }: Refusal): ServerResponse {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return send(response, status, { message, documentation_url: "https://docs.github.com/rest", status: String(status) });
}

function send(response: ServerResponse, status: number, content: unknown): ServerResponse {
  return response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(content));
}
