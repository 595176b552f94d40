/** Provider mirrors on this machine, so that `terraform init` needs no registry. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { InputError } from "../common/errors";
import { PROVIDERS } from "../generator/providers";

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

/** The folder that TF_PLUGIN_MIRROR names, else the first usual one that holds a provider which roots pin. */
export function findMirror(named = process.env.TF_PLUGIN_MIRROR, places = USUAL_PLACES): Mirror | undefined {
  if (named === undefined || named === "") {
    const below = places.flatMap(foldersIn);
    return firstMirror(places) ?? firstMirror(below) ?? firstMirror(below.flatMap(foldersIn));
  }
  const mirror = firstMirror([named]);
  if (mirror !== undefined) return mirror;
  const allowed = Object.values(PROVIDERS).map(({ source, exact }) => `${source}/${exact}/${PLATFORM}`);
  throw new InputError("TF_PLUGIN_MIRROR", [`got "${named}"; allowed: a folder that holds ${allowed.join(" or ")}`]);
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

function firstMirror(folders: readonly string[]): Mirror | undefined {
  for (const folder of folders) {
    const providers = heldProviders(folder);
    if (providers.length > 0) return { folder: path.resolve(folder), providers };
  }
  return undefined;
}

const PLATFORM = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

/** @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror for the two layouts. */
function heldProviders(folder: string): string[] {
  return Object.entries(PROVIDERS)
    .filter(([name, { source, exact }]) =>
      [`${exact}/${PLATFORM}`, `terraform-provider-${name}_${exact}_${PLATFORM}.zip`].some((file) =>
        existsSync(path.join(folder, source, file)),
      ),
    )
    .map(([, { source }]) => source);
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
