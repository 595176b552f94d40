/** Provider mirrors on this machine, so that `terraform init` needs no registry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { InputError } from "../common/errors";
import type { PinnedProviders } from "../generator/root/dependency-lock";

export interface Mirror {
  readonly folder: string;
  /** Sources of the providers that it holds in the version that roots pin, for this machine's platform. */
  readonly providers: readonly string[];
}

/** Usual folders of mirrors: these folders, and one or two levels below them. */
const USUAL_PLACES = [
  path.join(homedir(), ".terraform.d/plugins"),
  path.join(homedir(), ".local/share/terraform/plugins"),
  "/opt",
  "/usr/local/share",
  "/usr/share",
];

/**
 * The folder that TF_PLUGIN_MIRROR names, else the first usual one that holds a provider which the root pins.
 * @param pinned the root's providers; for a root that pins none, every provider of the mirror counts
 */
export function findMirror(
  pinned: PinnedProviders,
  named = process.env.TF_PLUGIN_MIRROR,
  places = USUAL_PLACES,
): Mirror | undefined {
  const firstOf = (folders: readonly string[]) => firstMirror(folders, pinned);
  if (named === undefined || named === "") {
    const below = places.flatMap(foldersIn);
    return firstOf(places) ?? firstOf(below) ?? firstOf(below.flatMap(foldersIn));
  }
  const mirror = firstOf([named]);
  if (mirror !== undefined) return mirror;
  // A mirror for other roots: the registry has the providers of this one, or the init reports them.
  if (unpackedProviders(named).length > 0) return undefined;
  const allowed = Object.values(pinned).map(({ source, version }) => `${source}/${version}/${PLATFORM}`);
  throw new InputError("TF_PLUGIN_MIRROR", [
    `got "${named}"; allowed: a folder that holds ${allowed.join(" or ") || `providers for ${PLATFORM}`}`,
  ]);
}

/** CLI configuration that installs providers from the mirror if it has them, and otherwise from the registry. */
export function mirrorConfiguration({ folder, providers }: Mirror): string {
  const list = providers.map((provider) => JSON.stringify(provider)).join(", ");
  return [
    "provider_installation {",
    `  filesystem_mirror {\n    path    = ${JSON.stringify(folder)}\n    include = [${list}]\n  }`,
    `  direct {\n    exclude = [${list}]\n  }`,
    "}\n",
  ].join("\n");
}

/** Whether the user's own CLI configuration configures the installation of providers. */
export function saysWhereProvidersAre(configuration: string): boolean {
  return existsSync(configuration) && readFileSync(configuration, "utf8").includes("provider_installation");
}

function firstMirror(folders: readonly string[], pinned: PinnedProviders): Mirror | undefined {
  for (const folder of folders) {
    const providers = heldProviders(folder, pinned);
    if (providers.length > 0) return { folder: path.resolve(folder), providers };
  }
  return undefined;
}

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror for the two layouts. */
function heldProviders(folder: string, pinned: PinnedProviders): string[] {
  const wanted = Object.values(pinned);
  if (wanted.length === 0) return unpackedProviders(folder);
  return wanted
    .filter(({ source, version }) =>
      [`${version}/${PLATFORM}`, `terraform-provider-${path.basename(source)}_${version}_${PLATFORM}.zip`].some(
        (file) => existsSync(path.join(folder, source, file)),
      ),
    )
    .map(({ source }) => source);
}

/** Every provider `<host>/<namespace>/<type>` that lies there for this platform, in any version. */
function unpackedProviders(folder: string): string[] {
  if (!existsSync(path.join(folder, "registry.terraform.io"))) return [];
  return foldersIn(path.join(folder, "registry.terraform.io"))
    .flatMap(foldersIn)
    .filter((provider) => foldersIn(provider).some((version) => existsSync(path.join(version, PLATFORM))))
    .map((provider) => path.relative(folder, provider));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return []; // Missing or unreadable: not a mirror.
  }
}
