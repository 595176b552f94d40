import { AcmCertificate } from "../../modules/acm-certificate";
import { emitted } from "../lib/generator/support";
import { describePlan } from "../support/planned";

describePlan(
  "a certificate",
  (root) => {
    new AcmCertificate(root, "one", { domainName: "app.example.com", zoneId: "Z0123456789ABC" });
    new AcmCertificate(root, "three", {
      domainName: "example.com",
      subjectAlternativeNames: ["www.example.com", "*.example.com"],
      zoneId: "Z0123456789ABC",
    });
    new AcmCertificate(root, "again", {
      domainName: "app.example.com",
      zoneId: "Z0123456789ABC",
      ownsRecords: false,
    });
  },
  (plan) => {
    test("makes no record if another root keeps the one of the same name", () => {
      expect(plan().keys("module.again.aws_route53_record.validation")).toEqual([]);
      expect(plan().values("module.again.aws_acm_certificate_validation.this").validation_record_fqdns).toBeNull();
    });

    test("is validated by DNS and logged publicly", () => {
      expect(plan().values("module.one.aws_acm_certificate.this")).toMatchObject({
        domain_name: "app.example.com",
        validation_method: "DNS",
        key_algorithm: "EC_prime256v1",
        options: [{ certificate_transparency_logging_preference: "ENABLED" }],
      });
    });

    test("has a validation record for each of its names", () => {
      expect(plan().keys("module.one.aws_route53_record.validation")).toEqual(["app.example.com"]);
      expect(plan().keys("module.three.aws_route53_record.validation")).toEqual([
        "*.example.com",
        "example.com",
        "www.example.com",
      ]);
      expect(plan().values('module.three.aws_route53_record.validation["www.example.com"]')).toMatchObject({
        zone_id: "Z0123456789ABC",
        type: "CNAME",
        name: "module.three.aws_acm_certificate.this.www.example.com",
        records: ["value.www.example.com"],
        allow_overwrite: true,
      });
    });
  },
);

test("the output with the ARN waits until the certificate is issued", () => {
  expect(emitted(AcmCertificate, "outputs.tf.json")).toMatchObject({
    output: { arn: { value: "${aws_acm_certificate_validation.this.certificate_arn}" } },
  });
});
