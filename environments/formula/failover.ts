/** The switch between production and its standby. A command in the region of the standby turns it. */
import { FailoverDeclaration } from "../../modules/failover-declaration";
import type { Place } from "../common/standby";
import { type Context, nameOf } from "./context";

/** The alarm and the metric are in the region of the standby, so that the switch can be turned while this region is down. */
export function failoverDeclaration({ root, environment }: Context, { name, region }: Place) {
  const standby = root.awsAlias("standby", region);
  const inputs = {
    name: failoverName(environment),
    standbyRegion: region,
    // The standby's own topic, which is made after this alarm.
    topicArn: `arn:aws:sns:${region}:${environment.account.id}:${nameOf({ name })}-alerts`,
  };
  return new FailoverDeclaration(root, "failover_declaration", inputs, { providers: { "aws.standby": standby } });
}

/** @param primary environment with a standby */
export function failoverName(primary: { readonly name: string }): string {
  return `${nameOf(primary)}-failover`;
}
