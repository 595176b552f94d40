"""EKS: settings of clusters and node groups, the security group of a cluster, and its log group."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.eks.models import Cluster, Nodegroup
from moto.eks.responses import EKSResponse
from moto.moto_api._internal import mock_random

from gap import Clients, Gap
from gaps.elbv2 import make_subnets
from log_groups import ensure_log_group

CLUSTER_ROLE = "arn:aws:iam::111111111111:role/probe"


def patch_cluster_settings() -> None:
    create = EKSResponse.create_cluster

    def create_with_settings(self: EKSResponse) -> ActionResult:
        answer = create(self)
        cluster: Cluster = answer.result["cluster"]
        cluster.access_config = self._get_param("accessConfig") or {"authenticationMode": "CONFIG_MAP"}
        cluster.upgrade_policy = self._get_param("upgradePolicy") or {"supportType": "EXTENDED"}
        cluster.bootstrap_self_managed_addons = self._get_param("bootstrapSelfManagedAddons") is not False
        return answer

    EKSResponse.create_cluster = create_with_settings


def probe_cluster_settings(clients: Clients) -> bool:
    access, upgrades = {"authenticationMode": "API"}, {"supportType": "STANDARD"}
    _, subnets = make_subnets(clients, "10.81")
    made = make_cluster(clients, "probe-settings", subnets, accessConfig=access, upgradePolicy=upgrades)
    return (made.get("accessConfig"), made.get("upgradePolicy")) != (access, upgrades)


def patch_security_group() -> None:
    create, delete = EKSResponse.create_cluster, EKSResponse.delete_cluster

    def create_with_group(self: EKSResponse) -> ActionResult:
        answer = create(self)
        cluster: Cluster = answer.result["cluster"]
        ec2 = ec2_backends[self.current_account][self.region]
        vpc = ec2.get_subnet(cluster.resources_vpc_config["subnetIds"][0]).vpc_id
        name = f"eks-cluster-sg-{cluster.name}-{mock_random.get_random_string(length=9, include_digits=True)}"
        group = ec2.create_security_group(name, "Group of the control plane and the nodes", vpc)
        own = [{"GroupId": group.id}]
        ec2.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=own)
        cluster.resources_vpc_config.update(vpcId=vpc, clusterSecurityGroupId=group.id)
        return answer

    def delete_with_group(self: EKSResponse) -> ActionResult:
        answer = delete(self)
        cluster: Cluster = answer.result["cluster"]
        group = cluster.resources_vpc_config["clusterSecurityGroupId"]
        ec2_backends[self.current_account][self.region].delete_security_group(group_id=group)
        return answer

    EKSResponse.create_cluster, EKSResponse.delete_cluster = create_with_group, delete_with_group


def probe_security_group(clients: Clients) -> bool:
    vpc, subnets = make_subnets(clients, "10.82")
    network = make_cluster(clients, "probe-group", subnets)["resourcesVpcConfig"]
    group = network.get("clusterSecurityGroupId")
    if network.get("vpcId") != vpc or not group:
        return True
    found = clients("ec2").describe_security_groups(GroupIds=[group])["SecurityGroups"][0]
    peers = [pair["GroupId"] for rule in found["IpPermissions"] for pair in rule["UserIdGroupPairs"]]
    return bool((found["VpcId"], peers) != (vpc, [group]))


def patch_log_group() -> None:
    create = EKSResponse.create_cluster

    def create_with_log_group(self: EKSResponse) -> ActionResult:
        answer = create(self)
        cluster: Cluster = answer.result["cluster"]
        if any(one["enabled"] for one in cluster.logging["clusterLogging"]):
            ensure_log_group(self.current_account, self.region, f"/aws/eks/{cluster.name}/cluster")
        return answer

    EKSResponse.create_cluster = create_with_log_group


def probe_log_group(clients: Clients) -> bool:
    _, subnets = make_subnets(clients, "10.83")
    logging = {"clusterLogging": [{"types": ["audit"], "enabled": True}]}
    make_cluster(clients, "probe-log", subnets, logging=logging)
    name = "/aws/eks/probe-log/cluster"
    return not clients("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"]


def patch_node_settings() -> None:
    create = EKSResponse.create_nodegroup

    def create_with_settings(self: EKSResponse) -> ActionResult:
        answer = create(self)
        nodes: Nodegroup = answer.result["nodegroup"]
        nodes.update_config = self._get_param("updateConfig") or {"maxUnavailable": 1}
        nodes.node_repair_config = self._get_param("nodeRepairConfig")
        nodes.remote_access = self._get_param("remoteAccess")
        if nodes.launch_template:
            nodes.disk_size = None
        return answer

    EKSResponse.create_nodegroup = create_with_settings


def probe_node_settings(clients: Clients) -> bool:
    _, subnets = make_subnets(clients, "10.84")
    make_cluster(clients, "probe-nodes", subnets)
    update, repair = {"maxUnavailable": 2}, {"enabled": True}
    made = make_nodes(clients, "probe-nodes", subnets, updateConfig=update, nodeRepairConfig=repair)
    settings = (made.get("updateConfig"), made.get("nodeRepairConfig"), made.get("remoteAccess"))
    return settings != (update, repair, None)


def make_cluster(clients: Clients, name: str, subnets: list[str], **settings: Any) -> dict[str, Any]:
    eks, network = clients("eks"), {"subnetIds": subnets}
    made = eks.create_cluster(name=name, roleArn=CLUSTER_ROLE, resourcesVpcConfig=network, **settings)
    cluster: dict[str, Any] = made["cluster"]
    return cluster


def make_nodes(clients: Clients, cluster: str, subnets: list[str], **settings: Any) -> dict[str, Any]:
    one = {"clusterName": cluster, "nodegroupName": "probe", "nodeRole": CLUSTER_ROLE, "subnets": subnets}
    nodes: dict[str, Any] = clients("eks").create_nodegroup(**one, **settings)["nodegroup"]
    return nodes


API = "https://docs.aws.amazon.com/eks/latest/APIReference"
GUIDE = "https://docs.aws.amazon.com/eks/latest/userguide"

GAPS = [
    Gap(
        service="eks",
        gap="The access configuration and the upgrade policy of a cluster are dropped.",
        page=f"{API}/API_CreateCluster.html",
        patch=patch_cluster_settings,
        probe=probe_cluster_settings,
    ),
    Gap(
        service="eks",
        gap="A cluster has no VPC and no security group of its own.",
        page=f"{GUIDE}/sec-group-reqs.html",
        patch=patch_security_group,
        probe=probe_security_group,
    ),
    Gap(
        service="eks",
        gap="A cluster that writes logs makes no log group.",
        page=f"{GUIDE}/control-plane-logs.html",
        patch=patch_log_group,
        probe=probe_log_group,
    ),
    Gap(
        service="eks",
        gap="The settings for updates and repair of a node group are dropped, and it has a key pair that nobody set.",
        page=f"{API}/API_CreateNodegroup.html",
        patch=patch_node_settings,
        probe=probe_node_settings,
    ),
]
