/** Writers of a commit: author, committer and co-authors. */
import { z } from "zod";
import { git } from "../../common/git";
import type { GitHub } from "./client";
import { GitHubError } from "./failure";
import { distinct, isPerson, USER, type User } from "./user";

const SIGNATURE = z.object({ name: z.string(), email: z.string(), date: z.string() });

/** If the address in the commit belongs to no account, GitHub returns null or an empty object. */
const ACCOUNT = z.union([USER, z.object({}).transform(() => null)]).nullish();

/** @see https://docs.github.com/en/rest/commits/commits#get-a-commit */
export const COMMIT = z.object({
  sha: z.string(),
  author: ACCOUNT,
  committer: ACCOUNT,
  commit: z.object({ message: z.string(), author: SIGNATURE, committer: SIGNATURE }),
});

export type Commit = z.infer<typeof COMMIT>;

export interface Writers {
  /** Logins of people. */
  readonly people: readonly string[];
  /** Logins of apps. */
  readonly programs: readonly string[];
  /** `Name <address>` of writers without a GitHub account. */
  readonly withoutAccount: readonly string[];
}

interface Signed {
  readonly name: string;
  readonly email: string;
}

export async function writersOf(github: GitHub, one: Commit): Promise<Writers> {
  const coAuthors = coAuthorsIn(one.commit.message);
  const accounts = await accountsOf(github, one.sha, coAuthors);
  const all = [
    { signed: one.commit.author, account: one.author },
    { signed: one.commit.committer, account: one.committer },
    ...coAuthors.map((signed, i) => ({ signed, account: accounts[i] })),
  ].filter(({ account, signed }) => account?.login !== "web-flow" && signed.email !== GITHUB_ADDRESS);
  const known = all.flatMap(({ account }) => account ?? []);
  const unknown = all.filter(({ account }) => !account).map(({ signed }) => signatureText(signed));
  return {
    people: distinct(known.filter(isPerson).map(({ login }) => login)),
    programs: distinct(known.filter((account) => !isPerson(account)).map(({ login }) => login)),
    withoutAccount: [...new Set(unknown)],
  };
}

/** GitHub's own signature of merges and of edits on its pages. */
const GITHUB_ADDRESS = "noreply@github.com";

export function signatureText({ name, email }: Signed): string {
  return `${name} <${email}>`;
}

/** Parsed by Git: trailers are in the last paragraph, in any case, and can span several lines. */
export function coAuthorsIn(message: string): Signed[] {
  const trailers = git(".", ["interpret-trailers", "--parse", "--no-divider"], message).split(/\r?\n/);
  return trailers.flatMap((trailer) => {
    const [, value] = /^co-authored-by\s*:(.*)$/i.exec(trailer) ?? [];
    if (value === undefined) return [];
    const [, name = value, email = ""] = /^(.*?)<([^<>]*)>/.exec(value) ?? [];
    return [{ name: name.trim(), email: email.trim() }];
  });
}

/** Private addresses of GitHub accounts. The login may have changed, the id is stable. */
const NOREPLY = /^(?:(\d+)\+)?([^@+\s]+)@users\.noreply\.github\.com$/i;

async function accountsOf(github: GitHub, sha: string, all: readonly Signed[]): Promise<(User | undefined)[]> {
  const others = all.some(({ email }) => !NOREPLY.test(email)) ? await authorsOf(github, sha) : new Map<string, User>();
  return Promise.all(
    all.map(({ email }) => {
      const [, id, login] = NOREPLY.exec(email) ?? [];
      return login === undefined ? others.get(email.toLowerCase()) : noreplyAccount(github, id, login);
    }),
  );
}

/** The login in the address is used for a deleted account and for an address without an id. */
async function noreplyAccount(github: GitHub, id: string | undefined, login: string): Promise<User> {
  const named = { login, type: "User" };
  if (id === undefined) return named;
  try {
    return await github.get("/user/{account_id}", { account_id: id }, USER);
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return named;
    throw error;
  }
}

/** GraphQL resolves other addresses of a commit's authors to accounts. It returns no apps. */
const AUTHORS = `query ($owner: String!, $repo: String!, $oid: GitObjectID!) {
  repository(owner: $owner, name: $repo) {
    object(oid: $oid) { ... on Commit { authors(first: 100) { totalCount nodes { email user { login } } } } }
  }
}`;

/** @see https://docs.github.com/en/graphql/reference/objects#commit */
const AUTHORS_ANSWER = z.object({
  repository: z.object({
    object: z.object({
      authors: z.object({
        totalCount: z.number(),
        nodes: z.array(z.object({ email: z.string(), user: z.object({ login: z.string() }).nullable() })),
      }),
    }),
  }),
});

async function authorsOf(github: GitHub, oid: string): Promise<Map<string, User>> {
  const { totalCount, nodes } = (await github.graphql(AUTHORS, { oid }, AUTHORS_ANSWER)).repository.object.authors;
  if (totalCount > nodes.length) {
    const said = `commit ${oid}: got ${totalCount} authors; allowed: at most ${nodes.length}, as GitHub lists no more`;
    throw new GitHubError(`GitHub: ${said}`, 0, said);
  }
  return new Map(
    nodes.flatMap(({ email, user }) => (user === null ? [] : [[email.toLowerCase(), { ...user, type: "User" }]])),
  );
}
