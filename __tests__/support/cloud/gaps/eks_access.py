"""EKS: access entries of a cluster and the access policies that are associated with them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from gaps.eks import CLUSTER_ROLE, make_cluster
from gaps.elbv2 import make_subnets

ENTRIES = "{0}/clusters/(?P<name>[^/]+)/access-entries"


def patch_entries() -> None:
    url_paths[f"{ENTRIES}$"] = EKSResponse.dispatch
    url_paths[f"{ENTRIES}/(?P<principalArn>.+)$"] = EKSResponse.dispatch
    EKSResponse.create_access_entry = create_access_entry
    EKSResponse.describe_access_entry = describe_access_entry
    EKSResponse.delete_access_entry = delete_access_entry
    EKSResponse.associate_access_policy = associate_access_policy
    EKSResponse.disassociate_access_policy = disassociate_access_policy
    EKSResponse.list_associated_access_policies = list_associated_access_policies


def entries_of(self: EKSResponse) -> dict[str, dict[str, Any]]:
    cluster = self.eks_backend.describe_cluster(self._get_param("name"))
    return cluster.__dict__.setdefault("access_entries", {})


def known_entry(self: EKSResponse) -> dict[str, Any]:
    entries, principal = entries_of(self), self._get_param("principalArn")
    if principal not in entries:
        message = f"The specified principalArn could not be found: {principal}."
        raise ResourceNotFoundException(message=message)
    return entries[principal]


def create_access_entry(self: EKSResponse) -> ActionResult:
    entries, principal, cluster = entries_of(self), self._get_param("principalArn"), self._get_param("name")
    if principal in entries:
        raise ResourceInUseException(message="The specified access entry resource is already in use on this cluster.")
    _, _, _, _, account, resource = principal.split(":", 5)
    kind, _, name = resource.partition("/")
    path = f"{cluster}/{kind}/{account}/{name}/{mock_random.uuid4()}"
    entries[principal] = {
        "clusterName": cluster,
        "principalArn": principal,
        "kubernetesGroups": self._get_param("kubernetesGroups") or [],
        "accessEntryArn": f"arn:{self.partition}:eks:{self.region}:{self.current_account}:access-entry/{path}",
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
        "tags": self._get_param("tags") or {},
        "username": self._get_param("username") or username_of(self.partition, account, kind, name),
        "type": self._get_param("type") or "STANDARD",
        "policies": {},
    }
    return ActionResult({"accessEntry": entries[principal]})


def username_of(partition: str, account: str, kind: str, name: str) -> str:
    """The user in Kubernetes of a principal that gives none; a role has one for each session."""
    if kind != "role":
        return f"arn:{partition}:iam::{account}:{kind}/{name}"
    return f"arn:{partition}:sts::{account}:assumed-role/{name}/{{{{SessionName}}}}"


def describe_access_entry(self: EKSResponse) -> ActionResult:
    return ActionResult({"accessEntry": known_entry(self)})


def delete_access_entry(self: EKSResponse) -> ActionResult:
    del entries_of(self)[known_entry(self)["principalArn"]]
    return EmptyResult()


def associate_access_policy(self: EKSResponse) -> ActionResult:
    entry, arn = known_entry(self), self._get_param("policyArn")
    scope = {"namespaces": [], **self._get_param("accessScope")}
    policy = {"policyArn": arn, "accessScope": scope, "associatedAt": utcnow(), "modifiedAt": utcnow()}
    entry["policies"][arn] = policy
    names = {key: entry[key] for key in ("clusterName", "principalArn")}
    return ActionResult({**names, "associatedAccessPolicy": policy})


def disassociate_access_policy(self: EKSResponse) -> ActionResult:
    policies, arn = known_entry(self)["policies"], self._get_param("policyArn")
    if arn not in policies:
        raise ResourceNotFoundException(message=f"No association of the policy {arn} with the principal.")
    del policies[arn]
    return EmptyResult()


def list_associated_access_policies(self: EKSResponse) -> ActionResult:
    entry = known_entry(self)
    names = {key: entry[key] for key in ("clusterName", "principalArn")}
    return ActionResult({**names, "associatedAccessPolicies": list(entry["policies"].values())})


def probe_entries(clients: Clients) -> bool:
    eks, name = clients("eks"), "probe-access"
    _, subnets = make_subnets(clients, "10.85")
    make_cluster(clients, name, subnets)
    one = {"clusterName": name, "principalArn": CLUSTER_ROLE}
    policy = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy"
    scope = {"type": "namespace", "namespaces": ["probe"]}

    def works() -> bool:
        eks.create_access_entry(**one)
        eks.associate_access_policy(**one, policyArn=policy, accessScope=scope)
        username = eks.describe_access_entry(**one)["accessEntry"]["username"]
        found = eks.list_associated_access_policies(**one)["associatedAccessPolicies"]
        eks.disassociate_access_policy(**one, policyArn=policy)
        left = eks.list_associated_access_policies(**one)["associatedAccessPolicies"]
        eks.delete_access_entry(**one)
        associated = [(each["policyArn"], each["accessScope"]) for each in found]
        session = "arn:aws:sts::111111111111:assumed-role/probe/{{SessionName}}"
        return bool((username, associated, left) == (session, [(policy, scope)], []))

    return unsupported(works)


GAPS = [
    Gap(
        service="eks",
        gap="There are no access entries.",
        page="https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html",
        patch=patch_entries,
        probe=probe_entries,
    ),
]
