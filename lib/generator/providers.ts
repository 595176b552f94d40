/** Terraform providers: their sources, and the versions that roots and modules require. */
import { InputError } from "../common/errors";
import { majorsOf, meets } from "../common/version-constraint";
import { type Bindings, bindingsOf } from "./bindings";
import checksums from "./checksums.json";

/** Modules read variables in the validation of others (1.9) and roots lock their state with S3 objects (1.10). */
export const REQUIRED_TERRAFORM = ">= 1.11.0, < 2.0.0";

/** A provider entry of a lock file. */
export interface LockedProvider {
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  /** `h1:…` and `zh:…`. */
  readonly hashes: readonly string[];
}

/**
 * Known checksums: `zh` of the registry's packages for every platform, which the registry signs, and `h1` of the unpacked
 * package for linux_amd64, which verifies a filesystem mirror.
 * @see https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export const KNOWN_CHECKSUMS: readonly LockedProvider[] = checksums;

/** An upgrade of a provider to its next major version, one root after the other. */
export interface ProviderUpgrade {
  /** Local name of the provider: `aws`. */
  readonly provider: string;
  /** Version before the upgrade: `5.100.0`. Roots pin it by default. */
  readonly from: string;
  /** Version after the upgrade: `6.25.0`. */
  readonly to: string;
  /** Last day of the upgrade, such as `2027-03-31`. From the next day on, each root pins the major version of the bindings. */
  readonly until: string;
  /** Installed package with the bindings of the other major version: `provider-aws-6`. */
  readonly otherBindings: string;
}

/** Versions of providers that a project chooses, by local name. */
export interface ProviderChoices {
  /** Versions that modules accept; by default, those from the version of the bindings up to the next major version. */
  readonly ranges?: Readonly<Record<string, string>>;
  /** Version that a root pins by default; without an entry, the version of the bindings. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly upgrades?: readonly ProviderUpgrade[];
}

/** Sources, ranges and pins of the providers of a project. */
export class Providers {
  /**
   * @param locked checksums from the lock files of the project, in addition to the known ones
   * @param today as `2026-11-29`
   */
  constructor(
    private readonly choices: ProviderChoices = {},
    readonly locked: readonly LockedProvider[] = [],
    private readonly today = new Date().toISOString().slice(0, 10),
  ) {}

  source(name: string): string {
    return bindingsOf(name).source;
  }

  /** Versions that a module accepts. */
  range(name: string): string {
    const upgrade = this.upgrade(name);
    const { version } = bindingsOf(name);
    return (
      this.choices.ranges?.[name] ?? `>= ${upgrade?.from ?? version}, < ${majorOf(upgrade?.to ?? version) + 1}.0.0`
    );
  }

  /**
   * The version that a root pins.
   * @param own the root's choice
   * @throws InputError where modules do not accept it, or where the bindings are of another major version
   */
  pin(root: string, name: string, own: string | undefined): string {
    const bindings = bindingsOf(name);
    const version = this.chosen(name, own);
    const range = this.range(name);
    if (!meets(version, range)) {
      throw new InputError(root, [`provider ${name}: got version ${version}; allowed: ${range}, as modules accept it`]);
    }
    if (!sameMajor(version, bindings.version)) this.requireUpgrade(root, name, version, bindings);
    return version;
  }

  /**
   * Upgrades in which a root pins another major version than that of the bindings.
   * @param own choices of the roots
   */
  upgradesIn(own: readonly Readonly<Record<string, string>>[]): ProviderUpgrade[] {
    const { upgrades = [] } = this.choices;
    return upgrades.filter(({ provider }) =>
      own.some((choices) => !sameMajor(this.chosen(provider, choices[provider]), bindingsOf(provider).version)),
    );
  }

  private chosen(name: string, own: string | undefined): string {
    return own ?? this.choices.versions?.[name] ?? this.upgrade(name)?.from ?? bindingsOf(name).version;
  }

  /** The upgrade of a provider that the project has declared. */
  private upgrade(name: string): ProviderUpgrade | undefined {
    return this.choices.upgrades?.find(({ provider }) => provider === name);
  }

  /** @throws InputError unless a declared upgrade covers the major versions of the pin and of the bindings */
  private requireUpgrade(root: string, name: string, version: string, bindings: Bindings): void {
    const upgrade = this.upgrade(name);
    const place = `${root}: provider ${name}`;
    const got = `got version ${version}, and bindings of ${bindings.version}`;
    const ends = upgrade === undefined ? [] : [upgrade.from, upgrade.to];
    if (![version, bindings.version].every((one) => ends.some((end) => sameMajor(one, end)))) {
      throw new InputError(place, [
        `${got}; allowed: one major version, or an upgrade in main.ts (providers.upgrades) from one to the other`,
      ]);
    }
    if (upgrade !== undefined && upgrade.until < this.today) {
      throw new InputError(place, [
        `${got}, and an upgrade until ${upgrade.until}; allowed: the major version of the bindings, or a later day`,
      ]);
    }
  }
}

export function sameMajor(one: string, other: string): boolean {
  return majorOf(one) === majorOf(other);
}

function majorOf(version: string): number {
  return majorsOf(version, "provider")?.first ?? 0;
}
