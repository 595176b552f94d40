/** Override files with which a copy of a root is applied to the mock: a local state, and four settings of the AWS provider. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** Any other difference between the copy and the tree stays visible to the gate. */
export const SETTINGS = {
  s3_use_path_style: true,
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_region_validation: true,
} as const;

const NAMES: ReadonlySet<string> = new Set(Object.keys(SETTINGS));

const PROVIDERS = z.object({ provider: z.object({ aws: z.array(z.looseObject({ alias: z.string().optional() })) }) });

/** Writes the override files into the root's folder. @param providers content of its `providers.tf.json` */
export function writeOverride(folder: string, providers: string): void {
  const { aws } = PROVIDERS.parse(JSON.parse(providers)).provider;
  const configurations = aws.map(({ alias }) => ({ ...(alias !== undefined && { alias }), ...SETTINGS }));
  const write = (name: string, content: object) =>
    writeFileSync(path.join(folder, `${name}_override.tf.json`), JSON.stringify(content));
  write("versions", { terraform: { backend: { local: {} } } });
  write("providers", { provider: { aws: configurations } });
}

const PLAN = z.looseObject({
  configuration: z.looseObject({
    provider_config: z.record(
      z.string(),
      z.looseObject({ name: z.string(), expressions: z.record(z.string(), z.unknown()).default({}) }),
    ),
  }),
});

const OVERRIDDEN = z.object({ constant_value: z.literal(true) });

/** A plan as `terraform show -json` prints it, without the four settings. */
export function withoutOverride(plan: string): string {
  const { configuration, ...rest } = PLAN.parse(JSON.parse(plan));
  const providers = Object.entries(configuration.provider_config).map(([key, provider]) => {
    if (provider.name !== "aws") return [key, provider];
    const kept = Object.entries(provider.expressions).filter(
      ([name, expression]) => !(NAMES.has(name) && OVERRIDDEN.safeParse(expression).success),
    );
    return [key, { ...provider, expressions: Object.fromEntries(kept) }];
  });
  return JSON.stringify({
    ...rest,
    configuration: { ...configuration, provider_config: Object.fromEntries(providers) },
  });
}
