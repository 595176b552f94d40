"""ACM: key algorithms, and issuing after validation by DNS."""

from __future__ import annotations

from typing import Any

from moto.acm.models import CertBundle
from moto.acm.responses import AWSCertificateManagerResponse
from moto.core.responses import ActionResult
from moto.route53.models import route53_backends

from gap import Clients, Gap


def patch_key_algorithm() -> None:
    request = AWSCertificateManagerResponse.request_certificate
    describe = CertBundle.describe

    def request_with_algorithm(self: AWSCertificateManagerResponse) -> ActionResult:
        answer = request(self)
        certificate = self.acm_backend._certificates[answer.result["CertificateArn"]]
        certificate.key_algorithm = self._get_param("KeyAlgorithm") or "RSA_2048"
        return answer

    def describe_with_algorithm(self: CertBundle) -> dict[str, Any]:
        answer = describe(self)
        answer["Certificate"]["KeyAlgorithm"] = getattr(self, "key_algorithm", answer["Certificate"]["KeyAlgorithm"])
        return answer

    AWSCertificateManagerResponse.request_certificate = request_with_algorithm
    CertBundle.describe = describe_with_algorithm


def probe_key_algorithm(clients: Clients) -> bool:
    acm = clients("acm")
    arn = acm.request_certificate(DomainName="key.probe.example", ValidationMethod="DNS", KeyAlgorithm="EC_prime256v1")[
        "CertificateArn"
    ]
    found = acm.describe_certificate(CertificateArn=arn)["Certificate"]["KeyAlgorithm"]
    return bool(found != "EC_prime256v1")


def patch_validation() -> None:
    check = CertBundle.check

    def check_records(self: CertBundle) -> None:
        if self.type != "AMAZON_ISSUED" or self.status != "PENDING_VALIDATION":
            check(self)
        elif all(is_published(self, option) for option in self.describe()["Certificate"]["DomainValidationOptions"]):
            self.status = "ISSUED"

    CertBundle.check = check_records


def is_published(certificate: CertBundle, option: dict[str, Any]) -> bool:
    account, record = certificate.arn.split(":")[4], option["ResourceRecord"]
    return any(
        found.name == record["Name"] and found.type == "CNAME" and record["Value"] in found.records
        for zone in route53_backends[account]["aws"].zones.values()
        for found in zone.rrsets
    )


def probe_validation(clients: Clients) -> bool:
    acm, route53 = clients("acm"), clients("route53")
    zone = route53.create_hosted_zone(Name="dns.probe.example", CallerReference="dns")["HostedZone"]["Id"]
    arn = acm.request_certificate(DomainName="dns.probe.example", ValidationMethod="DNS")["CertificateArn"]
    pending = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    record = pending["DomainValidationOptions"][0]["ResourceRecord"]
    values = {"Name": record["Name"], "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": record["Value"]}]}
    batch = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": values}]}
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch=batch)
    issued = acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"]
    return bool((pending["Status"], issued) != ("PENDING_VALIDATION", "ISSUED"))


GAPS = [
    Gap(
        service="acm",
        gap="The key of a requested certificate is always RSA 2048.",
        page="https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
        patch=patch_key_algorithm,
        probe=probe_key_algorithm,
    ),
    Gap(
        service="acm",
        gap="A certificate is issued after 60 seconds, with or without its DNS record, and not because of the record.",
        page="https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
        patch=patch_validation,
        probe=probe_validation,
    ),
]
