"""Cognito: user pools, their changes, tags and deletion protection, and their domains with a certificate of their own."""

from __future__ import annotations

from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import DEFAULT_USER_POOL_CONFIG, CognitoIdpBackend, CognitoIdpUserPoolDomain

from gap import Clients, Gap, accepts

CERTIFICATE = "arn:aws:acm:us-east-1:111111111111:certificate/1234abcd-12ab-34cd-56ef-1234567890ab"

# Settings of a new user pool that no later call can change.
FIXED = ("AliasAttributes", "UsernameAttributes", "UsernameConfiguration")


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


def patch_deletion_protection() -> None:
    delete = CognitoIdpBackend.delete_user_pool

    def delete_unprotected(self: CognitoIdpBackend, user_pool_id: str) -> None:
        if self.describe_user_pool(user_pool_id).extended_config.get("DeletionProtection") == "ACTIVE":
            raise InvalidParameterException(
                "The user pool cannot be deleted because deletion protection is activated. "
                "Deletion protection must be inactivated first."
            )
        delete(self, user_pool_id)

    CognitoIdpBackend.delete_user_pool = delete_unprotected


def probe_deletion_protection(clients: Clients) -> bool:
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="probe", DeletionProtection="ACTIVE")["UserPool"]["Id"]
    if accepts("InvalidParameterException", lambda: cognito.delete_user_pool(UserPoolId=pool)):
        return True
    cognito.update_user_pool(UserPoolId=pool, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=pool)
    return False


def patch_tier() -> None:
    DEFAULT_USER_POOL_CONFIG["UserPoolTier"] = "ESSENTIALS"


def probe_tier(clients: Clients) -> bool:
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="probe-tier")["UserPool"]["Id"]
    described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
    cognito.delete_user_pool(UserPoolId=pool)
    return bool(described.get("UserPoolTier") != "ESSENTIALS")


def patch_update() -> None:
    update = CognitoIdpBackend.update_user_pool

    def update_changeable(self: CognitoIdpBackend, user_pool_id: str, extended_config: dict[str, Any]) -> None:
        before = self.describe_user_pool(user_pool_id).extended_config
        fixed = {name: before[name] for name in FIXED if name in before}
        update(self, user_pool_id, {**extended_config, **fixed})

    CognitoIdpBackend.update_user_pool = update_changeable


def probe_update(clients: Clients) -> bool:
    cognito = clients("cognito-idp")
    pool = cognito.create_user_pool(PoolName="probe-update", UsernameAttributes=["email"])["UserPool"]["Id"]
    cognito.update_user_pool(UserPoolId=pool, MfaConfiguration="OFF")
    described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
    cognito.delete_user_pool(UserPoolId=pool)
    return bool(described.get("UsernameAttributes") != ["email"])


def patch_tags() -> None:
    update = CognitoIdpBackend.update_user_pool

    def update_with_tags(self: CognitoIdpBackend, user_pool_id: str, extended_config: dict[str, Any]) -> None:
        before = self.describe_user_pool(user_pool_id).extended_config
        update(self, user_pool_id, {"UserPoolTags": before.get("UserPoolTags", {}), **extended_config})

    CognitoIdpBackend.update_user_pool = update_with_tags


def probe_tags(clients: Clients) -> bool:
    cognito = clients("cognito-idp")
    tags = {"Env": "dev"}
    pool = cognito.create_user_pool(PoolName="probe-tags", UserPoolTags=tags)["UserPool"]["Id"]
    cognito.update_user_pool(UserPoolId=pool, MfaConfiguration="OFF")
    described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
    cognito.delete_user_pool(UserPoolId=pool)
    return bool(described.get("UserPoolTags") != tags)


GAPS = [
    Gap(
        service="cognito-idp",
        gap="A new user pool has no tier.",
        page="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html",
        patch=patch_tier,
        probe=probe_tier,
    ),
    Gap(
        service="cognito-idp",
        gap="A change of a user pool forgets how users are named.",
        page="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html",
        patch=patch_update,
        probe=probe_update,
    ),
    Gap(
        service="cognito-idp",
        gap="A change of a user pool removes its tags.",
        page="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-tagging.html",
        patch=patch_tags,
        probe=probe_tags,
    ),
    Gap(
        service="cognito-idp",
        gap="A user pool is deleted in spite of its deletion protection.",
        page="https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-deletion-protection.html",
        patch=patch_deletion_protection,
        probe=probe_deletion_protection,
    ),
    Gap(
        service="cognito-idp",
        gap="A domain of a user pool does not show its certificate.",
        page="https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DomainDescriptionType.html",
        patch=patch_certificates,
        probe=probe_certificates,
    ),
]
