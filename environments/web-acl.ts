/** AWS WAF in front of a public load balancer, as the data of an environment chooses it. */

/** Its price is in docs/web-application-firewall.md. */
export type WebAclChoice =
  | {
      /** Requests in five minutes from one address, above which the rest is blocked. */
      readonly requestsPer5Minutes: number;
    }
  | {
      /** Why there is none: it stands as a tag on the load balancer. */
      readonly none: string;
    };
