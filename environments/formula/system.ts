/** Formula, composed once for all of its environments. */
import type { Root } from "../../lib";
import { keysAndAlerts } from "../common/keys-and-alerts";
import { systemRoot } from "../common/system-root";
import { SYSTEM } from "./context";
import { differencesOf } from "./differences";
import type { FormulaEnvironment } from "./environment";
import { ingress } from "./ingress";
import { network } from "./network";

export function formula(environment: FormulaEnvironment): Root {
  const { cidr, subnets, zones, domain, zoneId, alertEmails, firstArchive } = environment;
  const differences = [...(environment.differences ?? []), ...differencesOf(environment)];
  const root = systemRoot(
    SYSTEM,
    { ...environment, differences },
    {
      zones: Object.keys(zones),
      cidr: [cidr, ...Object.values(subnets).flat()],
      domain: [domain],
      zone_id: [zoneId],
      alert_emails: alertEmails,
      first_archive: [firstArchive.version],
    },
  );
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "Formula",
    data: "database, images, secrets",
    publishers: ["cloudwatch", "events", "rds-events"],
  });
  const net = network(context);
  ingress(context, net);
  return root;
}
