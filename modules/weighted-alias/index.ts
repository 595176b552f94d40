import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { z } from "zod";
import { DOMAIN_NAME, defineModule, readyAfter, resourceForEach, text, ZONE_ID } from "../../lib";

/**
 * Route 53 answers with one of the records, in proportion to the weights.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-weighted-alias.html
 */
export const WeightedAlias = defineModule({
  name: "weighted-alias",
  description:
    "The weighted alias records of a name for several load balancers, one of which gets the requests. The weights are those of the first apply: the pipeline changes them afterwards, and Terraform ignores the change. A plan with `-refresh=false` does not know the current weights, and its apply would restore older ones.",
  inputs: {
    domain: DOMAIN_NAME.describe("Name of the records. No other record can have the same name and type."),
    zoneId: ZONE_ID.describe("Hosted zone of the name."),
    targets: z
      .record(
        text(/^[a-z][a-z0-9-]{0,62}$/, "lower-case names", "Not A Name"),
        z.object({
          dnsName: z.string().min(1),
          zoneId: z.string().min(1),
          weight: z.int().min(0).max(255),
        }),
      )
      .describe(
        "Load balancers by the identifiers of their records: the DNS name and the hosted zone as Elastic Load Balancing reports them, and the weight at the first apply. The load balancers have IPv4 addresses, so that there are no AAAA records.",
      ),
  },
  rules: [
    {
      inputs: ["targets"],
      allowed: "one target with a weight above 0: without one, Route 53 answers with all of them",
      holds: ({ targets }) => Object.values(targets).filter(({ weight }) => weight > 0).length === 1,
      condition: "length([for target in var.targets : target if target.weight > 0]) == 1",
      counterexample: {
        targets: {
          blue: { dnsName: "shop-blue-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", weight: 0 },
          green: { dnsName: "shop-green-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", weight: 0 },
        },
      },
    },
  ],
  outputs: {
    fqdn: z.string().describe("The name, available after its records exist."),
  },
  example: {
    domain: "origin.shop.example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    targets: {
      blue: { dnsName: "shop-blue-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", weight: 100 },
      green: { dnsName: "shop-green-1.eu-central-1.elb.amazonaws.com", zoneId: "Z215JYRZR1TBD5", weight: 0 },
    },
  },
  build(scope, input) {
    const records = resourceForEach(scope, Route53Record, "this", input.targets, (target, name) => ({
      zoneId: input.zoneId,
      name: input.domain,
      type: "A",
      setIdentifier: name,
      weightedRoutingPolicy: { weight: target.weight },
      /**
       * If the target with the weight were unhealthy, Route 53 would answer with one of weight 0, whose tasks nobody has tested.
       * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
       */
      alias: { name: target.dnsName, zoneId: target.zoneId, evaluateTargetHealth: false },
      lifecycle: { ignoreChanges: SWITCHED },
    }));
    return { fqdn: readyAfter(input.domain, records) };
  },
});

/** The pipeline moves the requests to another target. */
const SWITCHED = ["weightedRoutingPolicy"] as const;
