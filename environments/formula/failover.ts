/** The switch between production and its standby. A command in the region of the standby turns it. */
import type { ProviderAlias } from "../../lib";
import { FailoverDeclaration } from "../../modules/failover-declaration";
import type { Place } from "../common/standby";
import { type Context, nameOf } from "./context";

/** The standby of production, with the provider of its region in production's root. */
export interface Elsewhere extends Place {
  readonly provider: ProviderAlias;
}

/** The alarm and the metric are in the region of the standby, so that the switch can be turned while this region is down. */
export function failoverDeclaration({ root, environment }: Context, { name, region, provider }: Elsewhere) {
  const inputs = {
    name: failoverName(environment),
    standbyRegion: region,
    topicArn: standbyAlerts(environment, { name, region }),
  };
  return new FailoverDeclaration(root, "failover_declaration", inputs, { providers: { "aws.standby": provider } });
}

/** The standby's own topic, which is made after the alarms of its primary. */
export function standbyAlerts({ account }: Context["environment"], { name, region }: Place): string {
  return `arn:aws:sns:${region}:${account.id}:${nameOf({ name })}-alerts`;
}

/** @param primary environment with a standby */
export function failoverName(primary: { readonly name: string }): string {
  return `${nameOf(primary)}-failover`;
}
