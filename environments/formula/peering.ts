/** The connection between the networks of production and its standby: a root of its own, because it needs both of them. */
import type { Root } from "../../lib";
import { PeeringLookup } from "../../modules/peering-lookup";
import { VpcPeering } from "../../modules/vpc-peering";
import { githubEnvironment, rootPath, systemRoot } from "../common/system-root";
import { nameOf, peeringPath, SYSTEM } from "./context";
import type { FormulaEnvironment } from "./environment";

/** The standby is one wave after production. */
const PEERING = { name: "peering", wavesAfter: 2 } as const;

export function peering(primary: FormulaEnvironment, standby: FormulaEnvironment): Root {
  const root = systemRoot(SYSTEM, { ...primary, singular: true }, {}, PEERING);
  const there = { providers: { aws: root.awsAlias("standby", standby.region) } };
  const own = new PeeringLookup(root, "own", { path: peeringPath(primary) });
  const peer = new PeeringLookup(root, "peer", { path: peeringPath(standby) }, there);
  new VpcPeering(
    root,
    "peering",
    {
      name: `${nameOf(primary)}-to-${standby.name}`,
      accountId: primary.account.id,
      peerRegion: standby.region,
      own: { vpcId: own.vpcId, cidr: primary.cidr, routeTableIds: own.routeTableIds },
      peer: { vpcId: peer.vpcId, cidr: standby.cidr, routeTableIds: peer.routeTableIds },
    },
    { providers: { "aws.peer": there.providers.aws } },
  );
  return root;
}

/** The root and the GitHub environment that approves its applies, for its role. */
export function peeringRoot(primary: FormulaEnvironment) {
  return {
    path: rootPath(SYSTEM, primary, PEERING.name),
    environment: githubEnvironment(SYSTEM, primary, PEERING.name),
  };
}
