/** GitHub's REST API and its GraphQL API, for one repository. */
import type { Octokit } from "@octokit/core";
import type { PaginateInterface } from "@octokit/plugin-paginate-rest";
import { z } from "zod";
import { type GitHubContext, gitHubContext } from "./context";
import { failureOf, GitHubError } from "./failure";

type Parameters = Readonly<Record<string, unknown>>;

/** Routes are written as in GitHub's documentation; `{owner}` and `{repo}` are filled in. Every failure is a GitHubError. */
export class GitHub {
  private constructor(
    private readonly octokit: Octokit & { readonly paginate: PaginateInterface },
    private readonly repository: { readonly owner: string; readonly repo: string },
  ) {}

  static async connect({ owner, repo, apiUrl, token }: GitHubContext): Promise<GitHub> {
    const { Octokit } = await import("@octokit/core");
    const { paginateRest } = await import("@octokit/plugin-paginate-rest");
    const octokit = new (Octokit.plugin(paginateRest))({
      auth: token,
      baseUrl: apiUrl,
      userAgent: "groundplan",
      log: SILENT,
    });
    return new GitHub(octokit, { owner, repo });
  }

  async get<T>(path: string, parameters: Parameters, schema: z.core.$ZodType<T>): Promise<T> {
    return this.request(`GET ${path}`, parameters, schema);
  }

  /** Every page of a list. */
  async all<T>(path: string, parameters: Parameters, schema: z.core.$ZodType<T>): Promise<T[]> {
    const route = `GET ${path}`;
    try {
      const items = await this.octokit.paginate<unknown>(route, { ...this.repository, ...parameters, per_page: 100 });
      return items.map((item) => understood(route, item, schema));
    } catch (error) {
      throw failureOf(this.spell(route, parameters), error);
    }
  }

  /** @param route with its method */
  async request<T>(route: string, parameters: Parameters, schema: z.core.$ZodType<T>): Promise<T> {
    try {
      const { data } = await this.octokit.request(route, { ...this.repository, ...parameters });
      return understood(route, data, schema);
    } catch (error) {
      throw failureOf(this.spell(route, parameters), error);
    }
  }

  /** @param query with the variables `$owner` and `$repo`, which are filled in */
  async graphql<T>(query: string, variables: Parameters, schema: z.core.$ZodType<T>): Promise<T> {
    const route = "POST /graphql";
    try {
      return understood(route, await this.octokit.graphql(query, { ...this.repository, ...variables }), schema);
    } catch (error) {
      throw failureOf(route, error);
    }
  }

  private spell(route: string, parameters: Parameters): string {
    const values: Parameters = { ...this.repository, ...parameters };
    return route.replace(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder));
  }
}

/** @throws GitHubError if the response does not have the documented form */
function understood<T>(route: string, answer: unknown, schema: z.core.$ZodType<T>): T {
  const { data, error, success } = z.safeParse(schema, answer);
  if (success) return data;
  const places = error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  throw new GitHubError(`GitHub: ${route}: got an unexpected response: ${places}`, 0, places);
}

/** Failures are reported by GitHubError only. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function ignore(): void {}

/** Connects with the variables of the process environment. @throws InputError if one is missing or invalid */
export async function withGitHub(work: (github: GitHub) => Promise<void>): Promise<void> {
  await work(await GitHub.connect(gitHubContext()));
}
