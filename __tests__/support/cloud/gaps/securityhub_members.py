"""Security Hub: members of the hub of an account, and invitations between accounts."""

from __future__ import annotations

import json
from typing import Any

from moto.securityhub.exceptions import SecurityHubClientError
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

from gap import Clients, Gap, accepts, unsupported
from gaps.securityhub import API, body_of, hub_of, route, state_of

# Accounts that have invited the account of the server. Another server has their members.
administrators: list[str] = []


def patch_invitations() -> None:
    route("members/invite", "members/disassociate", "members/delete", "invitations")
    route("administrator/disassociate", "master/disassociate")
    SecurityHubResponse.invite_members = invite_members
    SecurityHubResponse.disassociate_members = disassociate_members
    SecurityHubResponse.delete_members = delete_members
    SecurityHubResponse.list_invitations = list_invitations
    for name in ("administrator", "master"):
        setattr(SecurityHubResponse, f"disassociate_from_{name}_account", leave_administrator)
    SecurityHubResponse.accept_administrator_invitation = accept_invitation
    SecurityHubResponse.accept_invitation = accept_invitation
    ask = SecurityHubBackend.get_administrator_account

    def get_administrator(self: SecurityHubBackend) -> dict[str, Any]:
        accepted = self.__dict__.get("administrator")
        return {"Administrator": accepted} if accepted else ask(self)

    SecurityHubBackend.get_administrator_account = get_administrator


def members_in(self: SecurityHubResponse) -> list[dict[str, Any]]:
    members = self.securityhub_backend.members
    state_of(self, "standards")
    return [members[account] for account in body_of(self)["AccountIds"] if account in members]


def invite_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        member["MemberStatus"] = "Invited"
    return json.dumps({"UnprocessedAccounts": []})


def disassociate_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        member["MemberStatus"] = "Removed"
    return json.dumps({})


def delete_members(self: SecurityHubResponse) -> str:
    for member in members_in(self):
        del self.securityhub_backend.members[member["AccountId"]]
    return json.dumps({"UnprocessedAccounts": []})


def invitation(account: str) -> dict[str, str]:
    return {"AccountId": account, "InvitationId": f"invitation-{account}", "MemberStatus": "Invited"}


def list_invitations(self: SecurityHubResponse) -> str:
    state_of(self, "standards")
    return json.dumps({"Invitations": [invitation(account) for account in administrators]})


def accept_invitation(self: SecurityHubResponse) -> str:
    state_of(self, "standards")
    request = body_of(self)
    account = request.get("AdministratorId") or request.get("MasterId")
    if account not in administrators:
        raise SecurityHubClientError("InvalidInputException", f"{account} has not invited the account")
    self.securityhub_backend.administrator = {**invitation(account), "MemberStatus": "Enabled"}
    return json.dumps({})


def leave_administrator(self: SecurityHubResponse) -> str:
    self.securityhub_backend.__dict__.pop("administrator", None)
    return json.dumps({})


def probe_invitations(clients: Clients) -> bool:
    hub = hub_of(clients, "eu-north-1")
    member = "222222222222"

    def works() -> bool:
        hub.create_members(AccountDetails=[{"AccountId": member}])
        hub.invite_members(AccountIds=[member])
        hub.list_invitations()
        return [one["MemberStatus"] for one in hub.get_members(AccountIds=[member])["Members"]] == ["Invited"]

    return unsupported(works)


def patch_members_without_hub() -> None:
    create = SecurityHubBackend.create_members

    def create_with_hub(self: SecurityHubBackend, account_details: list[dict[str, str]]) -> list[dict[str, str]]:
        self.describe_hub()
        return create(self, account_details)

    SecurityHubBackend.create_members = create_with_hub


def probe_members_without_hub(clients: Clients) -> bool:
    hub = clients("securityhub", "ap-south-2")
    return accepts(
        "InvalidAccessException", lambda: hub.create_members(AccountDetails=[{"AccountId": "222222222222"}])
    )


GAPS = [
    Gap(
        service="securityhub",
        gap="Accounts are members without an invitation, and cannot leave.",
        page=f"{API}/API_InviteMembers.html",
        patch=patch_invitations,
        probe=probe_invitations,
    ),
    Gap(
        service="securityhub",
        gap="An account without a hub can have members.",
        page=f"{API}/API_CreateMembers.html",
        patch=patch_members_without_hub,
        probe=probe_members_without_hub,
    ),
]
