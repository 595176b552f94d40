/** The data that environments of all systems have, and the values that the parts of one environment share. */
import type { Delivery, Difference, Exception, Expression, Root, RootProps } from "../../lib";
import type { Zones } from "../../modules/vpc/plan";
import type { Account } from "./account";

/**
 * @typeParam Place where a difference or an exception applies, if the system has several roots for an environment:
 * `InComponent`
 */
export interface Environment<Place = object> {
  readonly name: string;
  readonly account: Account;
  readonly region: string;
  /** Position of the environment when a change is promoted through the environments of its system. */
  readonly wave: Delivery["wave"];
  /**
   * Whether people depend on the environment. If true, the gate lets nothing that holds data be destroyed without a
   * backup.
   */
  readonly production: boolean;
  /** Class of its data, which becomes the tag `DataClass` of every resource. */
  readonly dataClass?: "confidential";
  /** Targets of performance tests. */
  readonly performance?: NonNullable<RootProps["performance"]>;
  /** GitHub environments whose reviewers sign off a commit in the environment of the wave before. */
  readonly signOffs?: NonNullable<Delivery["signOffs"]>;
  /** Set for the last apply of the environment: see docs/delivery.md. */
  readonly ending?: true;
  /** Set if the root is no environment like the others of its system, such as the root of an organization. */
  readonly singular?: true;
  /** Places where the environment may differ from the others in more than sizing and identity. */
  readonly differences?: readonly (Difference & Place)[];
  /** Guardrails that resources of the environment may break until a date. */
  readonly exceptions?: readonly (Exception & Place)[];
}

/** In the root of a component. `Partial` if the environment has a root without a component beside them. */
export interface InComponent<Name extends string> {
  readonly component: Name;
}

/** An environment with a network and a public name. */
export interface PublicEnvironment<Place = object> extends Environment<Place> {
  /** Two or more availability zones of the region, each with its position in the address plan: 0 to 3. */
  readonly zones: Zones;
  /** IPv4 block. No two environments share an address, so that their networks can be connected later. */
  readonly cidr: string;
  /** Public DNS name. Its hosted zone has to exist. */
  readonly domain: string;
  readonly zoneId: string;
  /** Addresses that receive alarms. */
  readonly alertEmails: readonly string[];
  /** AWS WAF in front of the load balancer, or the reason for having none. */
  readonly webAcl: WebAclChoice;
  readonly sizing: {
    /** Retention of every log. */
    readonly logRetentionDays: 7 | 30 | 60 | 90;
  };
}

/**
 * AWS WAF in front of a load balancer, or the reason for having none. Its price is in
 * docs/web-application-firewall.md.
 */
export type WebAclChoice =
  | {
      /** Requests from one address in five minutes. Further requests are blocked. */
      readonly requestsPer5Minutes: number;
      /** Rules that count and do not block, by the names of AWS's rule groups. By default, those of the system. */
      readonly countedRules?: Readonly<Record<string, readonly string[]>>;
    }
  | {
      /** The reason for having none. It becomes a tag of the load balancer. */
      readonly none: string;
    };

/** Sizes of a database that people change per environment. */
export interface DatabaseSizing<Days extends number> {
  readonly instanceClass: string;
  readonly multiAz: boolean;
  readonly allocatedStorageGiB: number;
  readonly maxAllocatedStorageGiB: number;
  /** Days within which any second can be restored. */
  readonly backupRetentionDays: Days;
}

/** The root of one environment, with the keys and the topic that every part of the system uses. */
export interface Context<E extends PublicEnvironment> {
  readonly root: Root;
  readonly environment: E;
  /** Prefix of every name: `<system>-<environment>`. */
  readonly name: string;
  readonly dataKeyArn: Expression<string>;
  readonly logsKeyArn: Expression<string>;
  readonly alertTopicArn: Expression<string>;
}

/** The prefix of an environment's names, which is also the name of its GitHub environment. */
export function fullName(system: string, environment: { readonly name: string }): string {
  return `${system}-${environment.name}`;
}
