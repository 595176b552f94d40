/** Calls of AWS that steps of a runbook make, with the region of each. */
import { z } from "zod";
import type { RootConfiguration } from "../../../lib/judgement/configuration";

export interface Call {
  readonly step: string;
  /** `rds:describe-db-instance-automated-backups`, or the type of a resource that an apply changes. */
  readonly api: string;
  readonly region: string;
}

/**
 * Services whose control plane answers in us-east-1, whatever region a client has. STS is in each region.
 * @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html
 */
const GLOBAL = /^(?:budgets|ce|cloudfront|iam|organizations|route53|shield)(?![a-z0-9])/;
const HOME = "us-east-1";

/** The region of a service for a client with a region. */
export function regionOf(service: string, region: string): string {
  return GLOBAL.test(service) ? HOME : region;
}

/** Calls of a command line. @throws Error for a command whose calls are not known */
export function callsOf(step: string, command: string, root: RootConfiguration): Call[] {
  if (command === "npm run synth") return [];
  const aws = [...command.matchAll(/\baws ([\w-]+) ([\w-]+) (?:[^|&]* )?--region ([\w-]+)/g)];
  if (aws.length > 0) {
    return aws.map(([, service = "", operation = "", region = ""]) => ({
      step,
      api: `${service}:${operation}`,
      region: regionOf(service, region),
    }));
  }
  if (/^npx groundplan plan [\w/-]+(?: -- -refresh=false)?$/.test(command)) {
    const refreshed = command.endsWith("-refresh=false") ? [] : root.of("*").map(({ type }) => type);
    return [...terraformCalls(step, root), ...typeCalls(step, refreshed, root)];
  }
  throw new Error(`${step}: got the command "${command}"; allowed: a command whose calls are known`);
}

/** Calls of each run of Terraform: its state, its lock, and the identity that each provider asks for. */
export function terraformCalls(step: string, { terraform, providers }: RootConfiguration): Call[] {
  const { backend } = z.object({ backend: z.object({ s3: z.object({ region: z.string() }) }) }).parse(terraform);
  const state = ["dynamodb:lock", "kms:decrypt", "s3:state"].map((api) => ({ step, api, region: backend.s3.region }));
  return [...state, ...regionsOf({ providers }).map((region) => ({ step, api: "sts:get-caller-identity", region }))];
}

/** Calls for resources of these types, each once. */
export function typeCalls(step: string, types: readonly string[], root: RootConfiguration): Call[] {
  const [region = ""] = regionsOf(root);
  return [...new Set(types)].map((type) => ({ step, api: type, region: regionOf(type.replace(/^aws_/, ""), region) }));
}

function regionsOf({ providers }: Pick<RootConfiguration, "providers">): string[] {
  const { aws } = z.object({ aws: z.array(z.object({ region: z.string() })) }).parse(providers);
  return aws.map(({ region }) => region);
}
