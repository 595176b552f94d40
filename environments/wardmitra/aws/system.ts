/** The AWS root of WardMitra, composed once for all of its environments. */
import { InputError, type Root } from "../../../lib";
import { keysAndAlerts } from "../../common/keys-and-alerts";
import { systemRoot } from "../../common/system-root";
import { COMPONENTS } from "../components";
import { type ComposedEnvironment, SYSTEM } from "../context";
import { migrationRecords } from "../rehearsal/place";
import { assets } from "./assets";
import { controlPlane, nodesAndAddons } from "./cluster";
import { configuration } from "./configuration";
import { data } from "./data";
import { documentStore } from "./document-store";
import { imageCaches } from "./images";
import { ingress } from "./ingress";
import { securityGroups, vpc } from "./network";
import { observability } from "./observability";
import { rolesOfPods } from "./roles";

export function wardmitraAws(environment: ComposedEnvironment): Root {
  refuseEarlyEnd(environment);
  const root = systemRoot(SYSTEM, environment, identityOf(environment), { name: COMPONENTS.aws, wavesAfter: 0 });
  const context = keysAndAlerts(root, environment, {
    name: SYSTEM,
    title: "WardMitra",
    data: "database, complaints, secrets",
    publishers: ["cloudwatch", "events", "rds-events"],
  });
  const network = vpc(context);
  const cluster = controlPlane(context, network);
  const groups = securityGroups(context, network, cluster.securityGroupId);
  const stores = data(context, network, groups);
  imageCaches(context);
  configuration(context, network, groups, stores);
  documentStore(context, network, cluster.securityGroupId);
  const entrance = ingress(context, network, groups, stores);
  assets(context, stores);
  migrationRecords(context, stores.accessLogs.name);
  const nodes = nodesAndAddons(context, network, cluster);
  rolesOfPods(context, cluster);
  observability(context, { network, data: stores, ingress: entrance, nodes });
  return root;
}

/** @throws InputError if the environment ends before its other roots, which need its cluster and its network */
function refuseEarlyEnd({ name, ending, cluster, migration }: ComposedEnvironment): void {
  if (!ending || (cluster === null && migration === undefined)) return;
  throw new InputError(`environments/${SYSTEM}/${name}.ts`, [
    "ending: got true with a cluster root or a migration; allowed: true with cluster: null and no migration, after their roots have ended by clusterEnding and ended",
  ]);
}

/** Values that distinguish an environment from the others, in all of its roots. */
export function identityOf(environment: ComposedEnvironment) {
  const { cidr, zones, domain, assetsDomain, zoneId, alertEmails, registryLogins, poolerAuthority } = environment;
  return {
    zones: Object.keys(zones),
    cidr: [cidr],
    domain: [domain],
    assets_domain: [assetsDomain],
    zone_id: [zoneId],
    alert_emails: alertEmails,
    registry_logins: Object.values(registryLogins),
    pooler_authority: [poolerAuthority, Buffer.from(poolerAuthority, "base64").toString()],
  };
}
