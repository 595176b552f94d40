/** Shield Advanced for what users reach. The account's root has the subscription. */
import { ShieldAdvanced } from "../../modules/shield-advanced";
import type { Context } from "./context";
import type { Front } from "./front";
import type { Ingress } from "./ingress";

export function protection({ root, environment }: Context, website: Front | null, { balanced }: Ingress): void {
  const { shield, zoneId } = environment;
  if (shield === null) return;
  new ShieldAdvanced(root, "shield", {
    acknowledgedCost: shield.acknowledgedCost,
    protections: {
      // A standby has neither a website nor a hosted zone of its own.
      ...(website !== null && {
        website: website.site.distributionArn,
        zone: `arn:aws:route53:::hostedzone/${zoneId}`,
      }),
      ...Object.fromEntries(balanced.map(({ colour, loadBalancer }) => [colour, loadBalancer.arn])),
    },
  });
}
