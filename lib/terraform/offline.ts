/** Makes a root's configuration plannable without an AWS account. */
import { z } from "zod";

/** Arguments of the AWS provider that only a real account can satisfy. */
const NEEDS_AN_ACCOUNT = new Set([
  "allowed_account_ids",
  "forbidden_account_ids",
  "assume_role",
  "assume_role_with_web_identity",
  "profile",
  "shared_config_files",
  "shared_credentials_files",
  "token",
]);

/** @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs#argument-reference */
const WITHOUT_AN_ACCOUNT = {
  access_key: "offline",
  secret_key: "offline",
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

const block = z.record(z.string(), z.unknown());
const CONFIGURATION = z.looseObject({
  terraform: block.optional(),
  import: z.unknown().optional(),
  provider: z.looseObject({ aws: z.union([block, z.array(block)]).optional() }).optional(),
});

/**
 * The same Terraform JSON with dummy credentials and without a backend, so that the state lies beside it.  * Objects to import are in the account only: the plan creates them instead.
 */
export function withoutAccount(json: string): string {
  const { terraform, provider, import: _, ...rest } = CONFIGURATION.parse(JSON.parse(json));
  const changed = {
    ...rest,
    ...(terraform && { terraform: withoutBackend(terraform) }),
    ...(provider && { provider: { ...provider, ...(provider.aws && { aws: dummies(provider.aws) }) } }),
  };
  return JSON.stringify(changed, null, 2);
}

function withoutBackend({ backend: _, ...terraform }: Block): Block {
  return terraform;
}

type Block = z.infer<typeof block>;

function dummies(configurations: Block | Block[]): Block[] {
  return [configurations].flat().map((configuration) => ({
    ...Object.fromEntries(Object.entries(configuration).filter(([name]) => !NEEDS_AN_ACCOUNT.has(name))),
    ...WITHOUT_AN_ACCOUNT,
  }));
}
