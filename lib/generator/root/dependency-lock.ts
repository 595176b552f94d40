/** `.terraform.lock.hcl`: the provider packages that a root trusts. */
import { PROVIDERS, type ProviderName } from "../providers";
import type { GeneratedFile } from "../synth/tree";

export const LOCK_FILE = ".terraform.lock.hcl";

/** The lock file of a root; none where a provider's checksums are not known here. */
export function lockFile(folder: string, names: readonly ProviderName[]): GeneratedFile[] {
  const blocks = [...names].sort().map(providerBlock);
  if (blocks.some((block) => block === undefined)) return [];
  return [{ path: `${folder}/${LOCK_FILE}`, content: [HEADER, ...blocks].join("\n") }];
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

export interface LockedProvider {
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  /** `h1:…` and `zh:…`. */
  readonly hashes: readonly string[];
}

/** The providers of a lock file, and lines that Terraform does not write. */
export function readLock(text: string): { readonly providers: LockedProvider[]; readonly others: string[] } {
  const providers: { source: string; version: string; hashes: string[] }[] = [];
  const others: string[] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    const [, source] = /^provider "([^"]*)" \{$/.exec(line) ?? [];
    const [, version] = /^version += "([^"]*)"$/.exec(line) ?? [];
    const [, hash] = /^"([^"]*)",$/.exec(line) ?? [];
    const provider = providers.at(-1);
    if (source !== undefined) providers.push({ source, version: "", hashes: [] });
    else if (version !== undefined && provider?.version === "") provider.version = version;
    else if (hash !== undefined && provider !== undefined) provider.hashes.push(hash);
    else if (!/^(#.*|constraints += "[^"]*"|hashes += \[|\]|\}|)$/.test(line)) others.push(line);
  }
  return { providers, others };
}

/**
 * What a lock file selects other than the providers of `PROVIDERS`: one line for each problem.
 * @param required providers that it has to select
 */
export function lockProblems(text: string, required: readonly ProviderName[] = []): string[] {
  const { providers, others } = readLock(text);
  const missing = required.filter((name) => !providers.some(({ source }) => source === PROVIDERS[name].source));
  return [
    ...others.map((line) => `got the line ${JSON.stringify(line)}; allowed: what terraform init writes`),
    ...providers.flatMap(providerProblems),
    ...missing.map((name) => `provider ${PROVIDERS[name].source}: got nothing; allowed: ${PROVIDERS[name].exact}`),
  ].map((problem) => `${problem}; run groundplan synth, which writes the known versions and hashes`);
}

function providerProblems({ source, version, hashes }: LockedProvider): string[] {
  const place = `provider ${source}`;
  const provider = Object.values(PROVIDERS).find((one) => one.source === source);
  if (provider === undefined) {
    const sources = Object.values(PROVIDERS).map((one) => one.source);
    return [`${place}: got an unknown provider; allowed: ${sources.join(", ")}`];
  }
  if (version !== provider.exact) return [`${place}: got version ${version}; allowed: ${provider.exact}`];
  if (!("checksums" in provider)) return [];
  const known: readonly string[] = provider.checksums;
  const unknown = hashes.filter((hash) => !known.includes(hash));
  const missing = known.filter((hash) => !hashes.includes(hash));
  return [
    ...unknown.map((hash) => `${place}: got the hash ${hash}; allowed: the known ones of ${version}`),
    ...missing
      .slice(0, 1)
      .map((hash) => `${place}: got no ${hash}${others(missing)}; allowed: all known hashes of ${version}`),
  ];
}

function others({ length }: readonly string[]): string {
  return length > 1 ? ` and ${length - 1} more` : "";
}

/** Whether a lock file can stay as it is on every platform: it has all hashes of each of its providers. */
export function isComplete(text: string): boolean {
  const { providers } = readLock(text);
  const complete = Object.values(PROVIDERS).flatMap((one) => ("checksums" in one ? [one.source] : []));
  return providers.length > 0 && providers.every(({ source }) => complete.some((one) => one === source));
}
