"""Cognito identity pools: the roles of a pool."""

from __future__ import annotations

import json
from typing import Any

from moto.cognitoidentity.responses import CognitoIdentityResponse

from gap import Clients, Gap, unsupported


def patch_roles() -> None:
    CognitoIdentityResponse.set_identity_pool_roles = set_roles
    CognitoIdentityResponse.get_identity_pool_roles = get_roles


def set_roles(self: CognitoIdentityResponse) -> str:
    pool = self._get_param("IdentityPoolId")
    self.backend.describe_identity_pool(pool)
    roles = {"Roles": self._get_param("Roles"), "RoleMappings": self._get_param("RoleMappings", {})}
    self.backend.__dict__.setdefault("pool_roles", {})[pool] = roles
    return ""


def get_roles(self: CognitoIdentityResponse) -> str:
    pool = self._get_param("IdentityPoolId")
    self.backend.describe_identity_pool(pool)
    return json.dumps({"IdentityPoolId": pool, **self.backend.__dict__.get("pool_roles", {}).get(pool, {})})


def make_pool(clients: Clients, **more: Any) -> str:
    identity = clients("cognito-identity")
    made = identity.create_identity_pool(IdentityPoolName="probe", AllowUnauthenticatedIdentities=True, **more)
    return str(made["IdentityPoolId"])


def probe_roles(clients: Clients) -> bool:
    identity, pool = clients("cognito-identity"), make_pool(clients)
    roles = {"unauthenticated": "arn:aws:iam::111111111111:role/probe"}

    def works() -> bool:
        identity.set_identity_pool_roles(IdentityPoolId=pool, Roles=roles)
        return bool(identity.get_identity_pool_roles(IdentityPoolId=pool)["Roles"] == roles)

    return unsupported(works)


GAPS = [
    Gap(
        service="cognito-identity",
        gap="A pool has no roles.",
        page="https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html",
        patch=patch_roles,
        probe=probe_roles,
    ),
]
