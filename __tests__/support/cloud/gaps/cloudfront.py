"""CloudFront: settings of distributions, and the certificate that one needs."""

from __future__ import annotations

from typing import Any

from moto.acm.models import acm_backends
from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import (
    CloudFrontBackend,
    DefaultCacheBehaviour,
    Distribution,
    DistributionConfig,
    Origin,
    ViewerCertificate,
)

from gap import Clients, Gap, accepts, unsupported

CACHE_POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"


def patch_origin_access() -> None:
    make = Origin.__init__

    def make_with_access(self: Origin, origin: dict[str, Any]) -> None:
        make(self, origin)
        self.origin_access_control_id = origin.get("OriginAccessControlId") or ""

    Origin.__init__ = make_with_access


def probe_origin_access(clients: Clients) -> bool:
    control = {"Name": "probe", "SigningProtocol": "sigv4", "SigningBehavior": "always"}
    made = clients("cloudfront").create_origin_access_control(
        OriginAccessControlConfig={**control, "OriginAccessControlOriginType": "s3"}
    )
    identifier = made["OriginAccessControl"]["Id"]
    found = make_distribution(clients, "probe-access", origin={"OriginAccessControlId": identifier})
    return bool(found["Origins"]["Items"][0].get("OriginAccessControlId") != identifier)


def patch_origin_groups() -> None:
    make = DistributionConfig.__init__

    def make_with_groups(self: DistributionConfig, config: dict[str, Any]) -> None:
        behaviour = config["DefaultCacheBehavior"]
        groups = {one["Id"]: one for one in config.get("OriginGroups", {}).get("Items", [])}
        target = behaviour["TargetOriginId"]
        if target not in groups:
            make(self, config)
            return
        primary = groups[target]["Members"]["Items"][0]["OriginId"]
        make(self, {**config, "DefaultCacheBehavior": {**behaviour, "TargetOriginId": primary}})
        self.DefaultCacheBehavior.target_origin_id = target

    DistributionConfig.__init__ = make_with_groups


def probe_origin_groups(clients: Clients) -> bool:
    members = {"Quantity": 2, "Items": [{"OriginId": "bucket"}, {"OriginId": "other"}]}
    failures = {"StatusCodes": {"Quantity": 1, "Items": [500]}}
    group = {"Id": "either", "FailoverCriteria": failures, "Members": members}
    origins = [
        {"Id": name, "DomainName": f"{name}.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
        for name in ("bucket", "other")
    ]
    behaviour = {"ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": CACHE_POLICY}

    def works() -> bool:
        found = make_distribution(
            clients,
            "probe-groups",
            Origins={"Quantity": 2, "Items": origins},
            OriginGroups={"Quantity": 1, "Items": [group]},
            DefaultCacheBehavior={"TargetOriginId": "either", **behaviour},
        )
        return bool(found["DefaultCacheBehavior"]["TargetOriginId"] == "either")

    return unsupported(works)


def patch_forwarded_values() -> None:
    make = DefaultCacheBehaviour.__init__

    def make_with_policy(self: DefaultCacheBehaviour, config: dict[str, Any]) -> None:
        make(self, config)
        if config.get("CachePolicyId"):
            self.forwarded_values = None

    DefaultCacheBehaviour.__init__ = make_with_policy


def probe_forwarded_values(clients: Clients) -> bool:
    return "ForwardedValues" in make_distribution(clients, "probe-forwarded")["DefaultCacheBehavior"]


def patch_default_certificate() -> None:
    make = ViewerCertificate.__init__

    def make_own(self: ViewerCertificate, config: dict[str, Any]) -> None:
        make(self, config)
        if self.acm_certificate_arn or self.iam_certificate_id:
            self.cloud_front_default_certificate = False

    ViewerCertificate.__init__ = make_own


def probe_default_certificate(clients: Clients) -> bool:
    arn = "arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-4000-8000-000000000000"
    own = {"ACMCertificateArn": arn, "SSLSupportMethod": "sni-only"}
    return bool(
        make_distribution(clients, "probe-own", ViewerCertificate=own)["ViewerCertificate"][
            "CloudFrontDefaultCertificate"
        ]
    )


def patch_pending_certificate() -> None:
    create = CloudFrontBackend.create_distribution_with_tags

    def create_with_issued(
        self: CloudFrontBackend, distribution_config: dict[str, Any], tags: list[dict[str, str]]
    ) -> tuple[Distribution, str, str]:
        arn = distribution_config.get("ViewerCertificate", {}).get("ACMCertificateArn")
        certificate = acm_backends[self.account_id]["us-east-1"]._certificates.get(arn)
        if certificate:
            certificate.check()
        if certificate and certificate.status != "ISSUED":
            reason = "does not exist in us-east-1, is not valid, or does not include a valid certificate chain"
            raise CloudFrontException("InvalidViewerCertificate", f"The specified SSL certificate {reason}.")
        return create(self, distribution_config, tags)

    CloudFrontBackend.create_distribution_with_tags = create_with_issued


def probe_pending_certificate(clients: Clients) -> bool:
    certificate = clients("acm").request_certificate(DomainName="site.probe.example", ValidationMethod="DNS")
    pending = {"ACMCertificateArn": certificate["CertificateArn"], "SSLSupportMethod": "sni-only"}
    return accepts(
        "InvalidViewerCertificate", lambda: make_distribution(clients, "probe-pending", ViewerCertificate=pending)
    )


def make_distribution(
    clients: Clients, reference: str, origin: dict[str, Any] | None = None, **settings: Any
) -> dict[str, Any]:
    """The configuration of a new distribution."""
    bucket = {"DomainName": "probe.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}, **(origin or {})}
    behaviour = {"ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": CACHE_POLICY}
    config = {
        "CallerReference": reference,
        "Origins": {"Quantity": 1, "Items": [{"Id": "bucket", **bucket}]},
        "DefaultCacheBehavior": {"TargetOriginId": "bucket", **behaviour},
        "Comment": "probe",
        "Enabled": True,
        **settings,
    }
    made = clients("cloudfront").create_distribution(DistributionConfig=config)
    found: dict[str, Any] = made["Distribution"]["DistributionConfig"]
    return found


API = "https://docs.aws.amazon.com/cloudfront/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"

GAPS = [
    Gap(
        service="cloudfront",
        gap="The access control of an origin is dropped.",
        page=f"{API}/API_Origin.html",
        patch=patch_origin_access,
        probe=probe_origin_access,
    ),
    Gap(
        service="cloudfront",
        gap="Refuses a behavior whose target is a group of origins.",
        page=f"{GUIDE}/high_availability_origin_failover.html",
        patch=patch_origin_groups,
        probe=probe_origin_groups,
    ),
    Gap(
        service="cloudfront",
        gap="A behavior with a cache policy has forwarded values as well.",
        page=f"{API}/API_DefaultCacheBehavior.html",
        patch=patch_forwarded_values,
        probe=probe_forwarded_values,
    ),
    Gap(
        service="cloudfront",
        gap="A distribution with a certificate of its own has the default certificate as well.",
        page=f"{API}/API_ViewerCertificate.html",
        patch=patch_default_certificate,
        probe=probe_default_certificate,
    ),
    Gap(
        service="cloudfront",
        gap="Accepts a distribution with a certificate that is not issued.",
        page=f"{GUIDE}/cnames-and-https-requirements.html",
        patch=patch_pending_certificate,
        probe=probe_pending_certificate,
    ),
]
