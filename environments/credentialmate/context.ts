/** Names and types that the parts of CredentialMate share. */
import type { Context as SystemContext } from "../common/environment";
import type { CredentialMateEnvironment } from "./environment";

export const SYSTEM = "credentialmate";

/** An environment of any name. */
export type ComposedEnvironment = CredentialMateEnvironment<string>;

export type Context = SystemContext<ComposedEnvironment>;

export function documentsBucketName({ name, account }: ComposedEnvironment): string {
  return `${SYSTEM}-${name}-documents-${account.id}`;
}
