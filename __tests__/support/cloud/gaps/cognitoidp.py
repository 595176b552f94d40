"""Cognito: domains of user pools with a certificate of their own."""

from __future__ import annotations

from typing import Any

from moto.cognitoidp.models import CognitoIdpUserPoolDomain

from gap import Clients, Gap

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"


def patch_certificates() -> None:
    describe = CognitoIdpUserPoolDomain.to_json

    def describe_with_certificate(self: CognitoIdpUserPoolDomain, extended: bool = True) -> dict[str, Any]:
        described = describe(self, extended)
        if extended and self.custom_domain_config:
            described["CustomDomainConfig"] = self.custom_domain_config
        return described

    CognitoIdpUserPoolDomain.to_json = describe_with_certificate


def probe_certificates(clients: Clients) -> bool:
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="probe-certificates")["UserPool"]["Id"]
    config = {"CertificateArn": CERTIFICATE}
    cognito.create_user_pool_domain(UserPoolId=pool, Domain="login.probe.example", CustomDomainConfig=config)
    described = cognito.describe_user_pool_domain(Domain="login.probe.example")["DomainDescription"]
    return bool(described.get("CustomDomainConfig") != config)


GAPS = [
    Gap(
        service="cognito-idp",
        gap="A domain of a user pool does not show its certificate.",
        page="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html",
        patch=patch_certificates,
        probe=probe_certificates,
    ),
]
