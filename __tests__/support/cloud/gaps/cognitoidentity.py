"""Cognito identity pools: the roles of a pool, and its flow."""

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


def patch_classic_flow() -> None:
    create = CognitoIdentityResponse.create_identity_pool
    update = CognitoIdentityResponse.update_identity_pool
    describe = CognitoIdentityResponse.describe_identity_pool

    def with_flow(self: CognitoIdentityResponse, answer: str) -> str:
        pool = json.loads(answer)
        is_allowed = self.backend.__dict__.get("classic_flows", {}).get(pool["IdentityPoolId"], False)
        return json.dumps({**pool, "AllowClassicFlow": is_allowed})

    def setting_flow(self: CognitoIdentityResponse, answer: str) -> str:
        flows = self.backend.__dict__.setdefault("classic_flows", {})
        flows[json.loads(answer)["IdentityPoolId"]] = self._get_param("AllowClassicFlow", False)
        return with_flow(self, answer)

    CognitoIdentityResponse.create_identity_pool = lambda self: setting_flow(self, create(self))
    CognitoIdentityResponse.update_identity_pool = lambda self: setting_flow(self, update(self))
    CognitoIdentityResponse.describe_identity_pool = lambda self: with_flow(self, describe(self))


def probe_classic_flow(clients: Clients) -> bool:
    identity, pool = clients("cognito-identity"), make_pool(clients, AllowClassicFlow=True)
    settings = {"IdentityPoolId": pool, "IdentityPoolName": "probe", "AllowUnauthenticatedIdentities": True}
    found = [
        identity.describe_identity_pool(IdentityPoolId=pool).get("AllowClassicFlow"),
        identity.update_identity_pool(**settings).get("AllowClassicFlow"),
    ]
    return found != [True, False]


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
    Gap(
        service="cognito-identity",
        gap="The flow that a pool allows is dropped.",
        page="https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_CreateIdentityPool.html",
        patch=patch_classic_flow,
        probe=probe_classic_flow,
    ),
]
