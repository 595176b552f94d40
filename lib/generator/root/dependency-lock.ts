/** `.terraform.lock.hcl`: the provider packages that a root trusts. */
import { inOrder } from "../../common/version-constraint";
import { KNOWN_CHECKSUMS, type LockedProvider, type Providers } from "../providers";
import type { GeneratedFile } from "../synth/tree";

export const LOCK_FILE = ".terraform.lock.hcl";

/** A root's `required_providers`: exact versions, by local name. */
export type PinnedProviders = Readonly<Record<string, { readonly source: string; readonly version: string }>>;

/** The lock file of a root; none where the checksums of a provider are not known. */
export function lockFile(folder: string, pinned: PinnedProviders, providers: Providers): GeneratedFile[] {
  if (!isLockable(pinned, providers.locked)) return [];
  const blocks = Object.entries(pinned)
    .sort(([, a], [, b]) => (a.source < b.source ? -1 : 1))
    .map(([name, { source, version }]) =>
      providerBlock(source, version, providers.range(name), checksumsOf(source, version, providers.locked) ?? []),
    );
  return [{ path: `${folder}/${LOCK_FILE}`, content: [HEADER, ...blocks].join("\n") }];
}

/** Whether the checksums of all of a root's providers are known, so that synth writes its lock file. */
export function isLockable(pinned: PinnedProviders, locked: readonly LockedProvider[]): boolean {
  return Object.values(pinned).every(({ source, version }) => checksumsOf(source, version, locked) !== undefined);
}

/** Checksums of a version, out of the project's lock files and the known ones. */
function checksumsOf(source: string, version: string, locked: readonly LockedProvider[]) {
  return [...locked, ...KNOWN_CHECKSUMS].find((one) => one.source === source && one.version === version)?.hashes;
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

function providerBlock(source: string, version: string, range: string, hashes: readonly string[]): string {
  return `provider "${source}" {
  version     = "${version}"
  constraints = "${inOrder(`${range}, ${version}`)}"
  hashes = [
${hashes.map((checksum) => `    "${checksum}",`).join("\n")}
  ]
}
`;
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
 * Differences between a lock file and the versions that its root pins, with the known checksums: one line for each.
 * @param locked checksums beside the known ones
 * @param isRequired whether the file has to select each provider of the root
 */
export function lockProblems(
  text: string,
  pinned: PinnedProviders,
  locked: readonly LockedProvider[] = [],
  isRequired = false,
): string[] {
  const { providers, others } = readLock(text);
  const missing = isRequired ? unlocked(text, pinned) : [];
  return [
    ...others.map((line) => `got the line ${JSON.stringify(line)}; allowed: lines that terraform init writes`),
    ...providers.flatMap((provider) => providerProblems(provider, pinned, locked)),
    ...missing.map(({ source, version }) => `provider ${source}: got nothing; allowed: ${version}`),
  ].map((problem) => `${problem}; run groundplan synth, which writes the known versions and hashes`);
}

/** Providers that a root pins and its lock file does not select. */
export function unlocked(
  text: string,
  pinned: PinnedProviders,
): { readonly source: string; readonly version: string }[] {
  const { providers } = readLock(text);
  return Object.values(pinned).filter((one) => !providers.some(({ source }) => source === one.source));
}

function providerProblems(
  { source, version, hashes }: LockedProvider,
  pinned: PinnedProviders,
  locked: readonly LockedProvider[],
): string[] {
  const place = `provider ${source}`;
  const pin = Object.values(pinned).find((one) => one.source === source);
  if (pin === undefined) {
    const sources = Object.values(pinned).map((one) => one.source);
    return [`${place}: got a provider that the root does not pin; allowed: ${sources.join(", ")}`];
  }
  if (version !== pin.version) return [`${place}: got version ${version}; allowed: ${pin.version}`];
  const known = checksumsOf(source, version, locked) ?? hashes;
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

/**
 * Whether a lock file can stay as it is on every platform: for each provider of the root it has the checksums that the
 * registry signs (`zh`), which cover all platforms.
 */
export function isComplete(text: string, pinned: PinnedProviders): boolean {
  const { providers } = readLock(text);
  return (
    unlocked(text, pinned).length === 0 &&
    providers.length > 0 &&
    providers.every(({ hashes }) => hashes.some((hash) => hash.startsWith("zh:")))
  );
}
