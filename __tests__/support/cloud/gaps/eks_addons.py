"""EKS: add-ons of a cluster, and nodes that need them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.eks.exceptions import ResourceInUseException, ResourceNotFoundException
from moto.eks.models import Nodegroup
from moto.eks.responses import EKSResponse
from moto.eks.urls import url_paths
from moto.moto_api._internal import mock_random

from gap import Clients, Gap, unsupported
from gaps.eks import make_cluster, make_nodes
from gaps.elbv2 import make_subnets

ADDONS = "{0}/clusters/(?P<name>[^/]+)/addons"
SETTINGS = ("addonVersion", "serviceAccountRoleArn", "configurationValues")
NETWORK = "vpc-cni"


def patch_addons() -> None:
    url_paths[f"{ADDONS}$"] = EKSResponse.dispatch
    url_paths[f"{ADDONS}/(?P<addonName>[^/]+)$"] = EKSResponse.dispatch
    url_paths[f"{ADDONS}/(?P<addonName>[^/]+)/update$"] = EKSResponse.dispatch
    url_paths["{0}/clusters/(?P<name>[^/]+)/updates/(?P<updateId>[^/]+)$"] = EKSResponse.dispatch
    EKSResponse.create_addon = create_addon
    EKSResponse.describe_addon = describe_addon
    EKSResponse.update_addon = update_addon
    EKSResponse.describe_update = describe_update
    EKSResponse.delete_addon = delete_addon


def addons_of(self: EKSResponse) -> dict[str, dict[str, Any]]:
    cluster = self.eks_backend.describe_cluster(self._get_param("name"))
    return cluster.__dict__.setdefault("addons", {})


def known_addon(self: EKSResponse) -> dict[str, Any]:
    addons, name = addons_of(self), self._get_param("addonName")
    if name not in addons:
        raise ResourceNotFoundException(message=f"No addon: {name} found in cluster: {self._get_param('name')}")
    return addons[name]


def settings_in(self: EKSResponse) -> dict[str, Any]:
    return {key: self._get_param(key) for key in SETTINGS if self._get_param(key) is not None}


def create_addon(self: EKSResponse) -> ActionResult:
    addons, cluster, name = addons_of(self), self._get_param("name"), self._get_param("addonName")
    if name in addons:
        raise ResourceInUseException(message="Addon already exists.")
    path = f"{cluster}/{name}/{mock_random.uuid4()}"
    addons[name] = {
        "addonName": name,
        "clusterName": cluster,
        "status": "ACTIVE",
        "health": {"issues": []},
        "addonArn": f"arn:{self.partition}:eks:{self.region}:{self.current_account}:addon/{path}",
        "createdAt": utcnow(),
        "modifiedAt": utcnow(),
        "tags": self._get_param("tags") or {},
        **settings_in(self),
    }
    return ActionResult({"addon": addons[name]})


def describe_addon(self: EKSResponse) -> ActionResult:
    return ActionResult({"addon": known_addon(self)})


def update_addon(self: EKSResponse) -> ActionResult:
    known_addon(self).update(settings_in(self), modifiedAt=utcnow())
    return ActionResult({"update": finished_update(str(mock_random.uuid4()))})


def describe_update(self: EKSResponse) -> ActionResult:
    return ActionResult({"update": finished_update(self._get_param("updateId"))})


def finished_update(identifier: str) -> dict[str, Any]:
    return {"id": identifier, "status": "Successful", "type": "AddonUpdate", "createdAt": utcnow(), "errors": []}


def delete_addon(self: EKSResponse) -> ActionResult:
    return ActionResult({"addon": addons_of(self).pop(known_addon(self)["addonName"])})


def probe_addons(clients: Clients) -> bool:
    eks, name = clients("eks"), "probe-addons"
    _, subnets = make_subnets(clients, "10.86")
    make_cluster(clients, name, subnets)
    one = {"clusterName": name, "addonName": "coredns"}

    def works() -> bool:
        eks.create_addon(**one, addonVersion="v1.0.0-eksbuild.1", configurationValues="{}")
        update = eks.update_addon(**one, addonVersion="v1.0.0-eksbuild.2")["update"]["id"]
        status = eks.describe_update(name=name, updateId=update, addonName="coredns")["update"]["status"]
        found = eks.describe_addon(**one)["addon"]
        eks.delete_addon(**one)
        settings = (found["addonVersion"], found["configurationValues"])
        return bool((status, settings) == ("Successful", ("v1.0.0-eksbuild.2", "{}")))

    return unsupported(works)


def patch_nodes_without_network() -> None:
    create = EKSResponse.create_nodegroup

    def create_with_network(self: EKSResponse) -> ActionResult:
        answer = create(self)
        nodes: Nodegroup = answer.result["nodegroup"]
        cluster = self.eks_backend.describe_cluster(nodes.cluster_name)
        if not cluster.bootstrap_self_managed_addons and NETWORK not in addons_of(self):
            issue = {"code": "NodeCreationFailure", "message": "Unhealthy nodes in the kubernetes cluster"}
            nodes.status, nodes.health = "CREATE_FAILED", {"issues": [{**issue, "resourceIds": []}]}
        return answer

    EKSResponse.create_nodegroup = create_with_network


def probe_nodes_without_network(clients: Clients) -> bool:
    name = "probe-network"
    _, subnets = make_subnets(clients, "10.87")
    make_cluster(clients, name, subnets, bootstrapSelfManagedAddons=False)
    return bool(make_nodes(clients, name, subnets)["status"] != "CREATE_FAILED")


GAPS = [
    Gap(
        service="eks",
        gap="There are no add-ons.",
        page="https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html",
        patch=patch_addons,
        probe=probe_addons,
    ),
    Gap(
        service="eks",
        gap="Nodes are ready in a cluster that has no network add-on.",
        page="https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html",
        patch=patch_nodes_without_network,
        probe=probe_nodes_without_network,
    ),
]
