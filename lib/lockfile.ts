/** `.terraform.lock.hcl`: the provider packages that a root trusts. */
import { PROVIDERS, type ProviderName } from "./providers";
import type { GeneratedFile } from "./tree";

/**
 * The lock file of a root; none where a provider's checksums are not known here. Terraform adds checksums to it as it
 * meets further platforms, so a lock file that pins the same versions stays as it is.
 */
export function lockFile(folder: string, names: readonly ProviderName[]): GeneratedFile[] {
  const blocks = [...names].sort().map(providerBlock);
  if (blocks.some((block) => block === undefined)) return [];
  return [
    {
      path: `${folder}/.terraform.lock.hcl`,
      content: [HEADER, ...blocks].join("\n"),
      isCurrent: (existing) => names.every((name) => pins(existing, name)),
    },
  ];
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

function providerBlock(name: ProviderName): string | undefined {
  const provider = PROVIDERS[name];
  if (!("checksums" in provider)) return undefined;
  const [oldest, tooNew] = provider.range.split(", ");
  return `provider "${provider.source}" {
  version     = "${provider.exact}"
  constraints = "${oldest}, ${provider.exact}, ${tooNew}"
  hashes = [
${provider.checksums.map((checksum) => `    "${checksum}",`).join("\n")}
  ]
}
`;
}

function pins(lock: string, name: ProviderName): boolean {
  const { source, exact } = PROVIDERS[name];
  return new RegExp(`provider "${source}" \\{\\s+version\\s+= "${exact}"`).test(lock);
}
