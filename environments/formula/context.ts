/** Names and types that the parts of Formula share. */
import { fullName } from "../common/environment";
import type { KeysAndAlerts } from "../common/keys-and-alerts";
import type { Colour, FormulaEnvironment } from "./environment";

export const SYSTEM = "formula";

export type Context = KeysAndAlerts<FormulaEnvironment>;

/** Images that the application's repository pushes: the service, which also migrates the database, and a copy of AWS's collector of traces. */
export const IMAGES = ["api", "otel-collector"] as const;

/** Those of an environment: one that gets masked data has the program that imports it. */
export function imagesOf({ masking }: Pick<FormulaEnvironment, "masking">): readonly string[] {
  return masking === "target" ? [...IMAGES, MASKING_IMAGE] : IMAGES;
}

export const MASKING_IMAGE = "masking";

export const API_PORT = 3000;

/** Answers 200 if the process lives. It needs no token and does not use the database. */
export const HEALTH_PATH = "/health";

export const DATABASE_NAME = "formula";

/** Prefix of the names of an environment's resources: `formula-prod`. */
export function nameOf(environment: { readonly name: string }): string {
  return fullName(SYSTEM, environment);
}

/** Name of the service of one colour, of its task definition and of its log. */
export function serviceName(environment: { readonly name: string }, colour: Colour): string {
  return `${nameOf(environment)}-api-${colour}`;
}

/** Name of the Lambda function that executes formulas. It has an alias for each colour. */
export function functionName(environment: { readonly name: string }): string {
  return `${nameOf(environment)}-executions`;
}

/** Bucket of the archives of functions. The account's root makes it, because the function's first apply reads from it. */
export function artifactsBucket(environment: FormulaEnvironment): string {
  return `${nameOf(environment)}-artifacts-${environment.account.id}`;
}

/** Parameters of one side of the peering connection between production and its standby. */
export function peeringPath(environment: { readonly name: string }): string {
  return `/${SYSTEM}/${environment.name}`;
}

/** Beginning of the name of a standby's sign-in pages, which Cognito completes. It is unique in the region. */
export function signInPrefix(environment: { readonly name: string }, accountId: string): string {
  return `${nameOf(environment)}-${accountId}`;
}

/** Host names below the domain of an environment. */
export function hostsOf({ domain, regionalDomain = domain }: Pick<FormulaEnvironment, "domain" | "regionalDomain">) {
  return {
    /** The single-page application. */
    website: domain,
    api: `api.${domain}`,
    signIn: `login.${domain}`,
    /** The load balancer of the colour that gets the requests. */
    origin: `origin.${regionalDomain}`,
    /** The load balancer of one colour, for tests before a switch. */
    colour: (colour: Colour) => `${colour}.${regionalDomain}`,
  };
}
