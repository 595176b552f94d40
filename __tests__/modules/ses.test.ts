import { Ses } from "../../modules/ses";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

const alertTopicArn = "arn:aws:sns:eu-central-1:111122223333:alerts";

describePlan(
  "a sender domain",
  (root) => {
    new Ses(root, "email", { name: "orders", domain: "example.com", zoneId: "Z0123456789ABC", alertTopicArn });
    new Ses(root, "sandboxed", {
      name: "shop",
      domain: "example.org",
      zoneId: "Z0123456789ABC",
      alertTopicArn,
      testRecipients: ["qa@example.net", "dev@example.net"],
    });
  },
  (plan) => {
    test("is signed with a key of 2048 bits and uses its configuration set", () => {
      expect(plan().values("module.email.aws_sesv2_email_identity.this")).toMatchObject({
        email_identity: "example.com",
        configuration_set_name: "orders",
        dkim_signing_attributes: [{ next_signing_key_length: "RSA_2048_BIT" }],
      });
    });

    test("delivers only over TLS, measures its reputation and suppresses addresses that bounced or complained", () => {
      expect(plan().values("module.email.aws_sesv2_configuration_set.this")).toMatchObject({
        configuration_set_name: "orders",
        delivery_options: [{ tls_policy: "REQUIRE" }],
        reputation_options: [{ reputation_metrics_enabled: true }],
        suppression_options: [{ suppressed_reasons: ["BOUNCE", "COMPLAINT"] }],
      });
    });

    test("publishes the three DKIM tokens of SES in its zone", () => {
      const records = plan()
        .all("aws_route53_record")
        .filter(({ address }) => address.startsWith("module.email."));
      expect(records.map(({ address, values }) => [address, values.name, values.records])).toEqual([
        [
          "module.email.aws_route53_record.dkim_first",
          "token-1._domainkey.example.com",
          ["token-1.dkim.amazonses.com"],
        ],
        [
          "module.email.aws_route53_record.dkim_second",
          "token-2._domainkey.example.com",
          ["token-2.dkim.amazonses.com"],
        ],
        [
          "module.email.aws_route53_record.dkim_third",
          "token-3._domainkey.example.com",
          ["token-3.dkim.amazonses.com"],
        ],
      ]);
      for (const { values } of records) expect(values).toMatchObject({ type: "CNAME", zone_id: "Z0123456789ABC" });
    });

    test("has an identity for each test recipient, with its address, and none without recipients", () => {
      const recipients = "aws_sesv2_email_identity.test_recipient";
      expect(plan().keys(`module.sandboxed.${recipients}`)).toEqual(["dev@example.net", "qa@example.net"]);
      expect(plan().values(`module.sandboxed.${recipients}["qa@example.net"]`)).toMatchObject({
        email_identity: "qa@example.net",
      });
      expect(plan().keys(`module.email.${recipients}`)).toEqual([]);
    });

    test("notifies the topic of complaints and rejected messages", () => {
      expect(plan().values("module.email.aws_sesv2_configuration_set_event_destination.this")).toMatchObject({
        configuration_set_name: "orders",
        event_destination: [
          {
            enabled: true,
            matching_event_types: ["COMPLAINT", "REJECT"],
            sns_destination: [{ topic_arn: alertTopicArn }],
          },
        ],
      });
    });
  },
);

test("the output with the configuration set waits until complaints are reported", () => {
  expect(emitted(Ses, "outputs.tf.json")).toMatchObject({
    output: { configuration_set_name: { depends_on: ["aws_sesv2_configuration_set_event_destination.this"] } },
  });
});
