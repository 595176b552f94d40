import { AcmCertificate as AwsAcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { z } from "zod";
import { DOMAIN_NAME, defineModule, hcl, resource, resourceForEach, set, ZONE_ID } from "../../lib";

export const AcmCertificate = defineModule({
  name: "acm-certificate",
  description: "A public TLS certificate that ACM renews automatically, validated by DNS records in a Route 53 zone.",
  inputs: {
    domainName: DOMAIN_NAME.describe("Domain name of the certificate."),
    subjectAlternativeNames: set(DOMAIN_NAME).default([]).describe("Further domain names, in the same zone."),
    zoneId: ZONE_ID.describe("Hosted zone of the names."),
    ownsRecords: z
      .boolean()
      .default(true)
      .describe(
        "Whether this call makes the records that validate the names. ACM gives each account one record for a name: with `false`, another root has made it for a certificate of the same names, and keeps it.",
      ),
  },
  outputs: {
    arn: z.string().describe("ARN of the certificate, available after it is issued."),
  },
  example: {
    domainName: "app.example.com",
    subjectAlternativeNames: ["www.app.example.com"],
    zoneId: "Z0123456789ABCDEFGHIJ",
  },
  build(scope, input) {
    const certificate = resource(scope, AwsAcmCertificate, "this", {
      domainName: input.domainName,
      subjectAlternativeNames: input.subjectAlternativeNames,
      validationMethod: "DNS",
      keyAlgorithm: "EC_prime256v1",
      options: { certificateTransparencyLoggingPreference: "ENABLED" },
      lifecycle: { createBeforeDestroy: true },
    });
    const options = hcl<
      Record<string, string>
    >`{ for option in ${certificate}.domain_validation_options : option.domain_name => option if ${input.ownsRecords} }`;
    const records = resourceForEach(scope, Route53Record, "validation", options, (option) => ({
      zoneId: input.zoneId,
      name: hcl<string>`${option}.resource_record_name`,
      type: hcl<string>`${option}.resource_record_type`,
      records: [hcl<string>`${option}.resource_record_value`],
      ttl: 300,
      allowOverwrite: true,
    }));
    const validation = resource(scope, AcmCertificateValidation, "this", {
      certificateArn: certificate.arn,
      validationRecordFqdns: hcl<
        string[] | null
      >`${input.ownsRecords} ? [for record in ${records} : record.fqdn] : null`,
    });
    return { arn: validation.certificateArn };
  },
});
