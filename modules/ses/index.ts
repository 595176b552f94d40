import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Sesv2ConfigurationSet } from "@cdktf/provider-aws/lib/sesv2-configuration-set";
import { Sesv2ConfigurationSetEventDestination } from "@cdktf/provider-aws/lib/sesv2-configuration-set-event-destination";
import { Sesv2EmailIdentity } from "@cdktf/provider-aws/lib/sesv2-email-identity";
import { z } from "zod";
import {
  arnOf,
  DOMAIN_NAME,
  defineModule,
  EMAIL_ADDRESS,
  hcl,
  readyAfter,
  resource,
  resourceForEach,
  resourceName,
  set,
  ZONE_ID,
} from "../../lib";

export const Ses = defineModule({
  name: "ses",
  description:
    "A domain that may send e-mail: signed with DKIM, delivered only over TLS, with reputation metrics and reports of bounces and complaints. A new account is in the SES sandbox: its mail reaches only verified addresses and the mailbox simulator (`success@simulator.amazonses.com`, `bounce@…`, `complaint@…`), until AWS grants production access on request.",
  inputs: {
    name: resourceName(64).describe("Name of the configuration set, which senders have to use."),
    domain: DOMAIN_NAME.describe("Domain of the sender addresses."),
    zoneId: ZONE_ID.describe("Hosted zone of the domain."),
    alertTopicArn: arnOf("sns").describe(
      "Topic that receives complaints and rejected messages. Its policy has to allow `ses.amazonaws.com`.",
    ),
    testRecipients: set(EMAIL_ADDRESS)
      .default([])
      .describe(
        "Addresses that can receive mail in the sandbox, after each is confirmed. The sender also needs `ses:SendEmail` on the identity of the address. Empty for an account outside of the sandbox.",
      ),
  },
  outputs: {
    identityArn: z.string().describe("ARN of the domain, for `ses:SendEmail`."),
    configurationSetArn: z.string().describe("ARN of the configuration set, for `ses:SendEmail`."),
    configurationSetName: z
      .string()
      .describe("Name of the configuration set, available after complaints are reported."),
  },
  example: {
    name: "shop",
    domain: "example.com",
    zoneId: "Z0123456789ABCDEFGHIJ",
    alertTopicArn: "arn:aws:sns:eu-central-1:111122223333:shop-alerts",
    testRecipients: ["qa@example.org"],
  },
  build(scope, input) {
    const configurationSet = resource(scope, Sesv2ConfigurationSet, "this", {
      configurationSetName: input.name,
      deliveryOptions: { tlsPolicy: "REQUIRE" },
      reputationOptions: { reputationMetricsEnabled: true },
      sendingOptions: { sendingEnabled: true },
      suppressionOptions: { suppressedReasons: ["BOUNCE", "COMPLAINT"] },
    });
    const identity = resource(scope, Sesv2EmailIdentity, "this", {
      emailIdentity: input.domain,
      configurationSetName: configurationSet.configurationSetName,
      dkimSigningAttributes: { nextSigningKeyLength: "RSA_2048_BIT" },
    });
    DKIM_RECORDS.forEach((name, place) => {
      const token = hcl<string>`${identity}.dkim_signing_attributes[0].tokens[${place}]`;
      resource(scope, Route53Record, `dkim_${name}`, {
        zoneId: input.zoneId,
        name: `${token}._domainkey.${input.domain}`,
        type: "CNAME",
        ttl: 1800,
        records: [`${token}.dkim.amazonses.com`],
      });
    });
    resourceForEach(scope, Sesv2EmailIdentity, "test_recipient", input.testRecipients, (address) => ({
      emailIdentity: address,
    }));
    const events = resource(scope, Sesv2ConfigurationSetEventDestination, "this", {
      configurationSetName: configurationSet.configurationSetName,
      eventDestinationName: "alerts",
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["COMPLAINT", "REJECT"],
        snsDestination: { topicArn: input.alertTopicArn },
      },
    });
    return {
      identityArn: identity.arn,
      configurationSetArn: configurationSet.arn,
      configurationSetName: readyAfter(configurationSet.configurationSetName, events),
    };
  },
});

/**
 * SES gives three tokens for a domain.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dkim-easy-managing.html
 */
const DKIM_RECORDS = ["first", "second", "third"] as const;
