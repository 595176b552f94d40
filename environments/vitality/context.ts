/** Names that the roots of Vitality share, so that no root reads the state of another root. */
import type { Root } from "../../lib";
import { fullName } from "../common/environment";
import { systemRoot } from "../common/system-root";
import { COMPONENTS, type ComponentName } from "./components";
import type { VitalityEnvironment } from "./environment";

export const SYSTEM = "vitality";

/** An environment of any name. */
export type ComposedEnvironment = Omit<VitalityEnvironment, "name"> & { readonly name: string };

export function componentRoot(environment: ComposedEnvironment, component: ComponentName): Root {
  const { cidr, zones, domain, zoneId, alertEmails } = environment;
  const identity = {
    zones: Object.keys(zones),
    cidr: [cidr],
    domain: [domain],
    zone_id: [zoneId],
    alert_emails: alertEmails,
  };
  return systemRoot(SYSTEM, environment, identity, COMPONENTS[component]);
}

/** Prefix of the names of an environment's resources: `vitality-prod`. */
export function nameOf(environment: { readonly name: string }): string {
  return fullName(SYSTEM, environment);
}

/** Name of the service of the API. */
export function apiName(environment: { readonly name: string }): string {
  return `${nameOf(environment)}-api`;
}

/** Bucket of the website's files, and the name of their key. */
export function websiteFiles(environment: ComposedEnvironment) {
  const name = `${nameOf(environment)}-files`;
  return { filesBucket: `${name}-${environment.account.id}`, filesKey: name };
}

/** Family of the task that migrates the database. */
export function migrationsName(environment: { readonly name: string }): string {
  return `${nameOf(environment)}-migrations`;
}

/** Path of the parameters that the roots of an environment publish. */
export function parametersPath({ name }: { readonly name: string }): string {
  return `/${SYSTEM}/${name}`;
}

/** Images that the application's repository builds. The API's image also migrates the database. */
export const IMAGES = ["api"] as const;

/** Port of the API's containers. */
export const API_PORT = 8080;

export const DATABASE_PORT = 5432;
