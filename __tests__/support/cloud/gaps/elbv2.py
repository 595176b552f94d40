"""Elastic Load Balancing: deletion protection."""

from __future__ import annotations

from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend

from gap import Clients, Gap, accepts


def patch_deletion_protection() -> None:
    delete = ELBv2Backend.delete_load_balancer

    def delete_unprotected(self: ELBv2Backend, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        if balancer and balancer.attrs.get("deletion_protection.enabled") == "true":
            raise ELBClientError(
                "OperationNotPermitted",
                f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
            )
        delete(self, arn)

    ELBv2Backend.delete_load_balancer = delete_unprotected


def probe_deletion_protection(clients: Clients) -> bool:
    elb = clients("elbv2")
    arn = make_balancer(clients, "probe-protected", "10.98")["LoadBalancerArn"]
    protect = [{"Key": "deletion_protection.enabled", "Value": "true"}]
    elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=protect)
    return accepts("OperationNotPermitted", lambda: elb.delete_load_balancer(LoadBalancerArn=arn))


def make_balancer(clients: Clients, name: str, network: str) -> dict[str, Any]:
    """An internal load balancer in a VPC of its own; `network` is the first half of its addresses: `10.98`."""
    _vpc, subnets = make_subnets(clients, network)
    made = clients("elbv2").create_load_balancer(Name=name, Subnets=subnets, Scheme="internal")
    balancer: dict[str, Any] = made["LoadBalancers"][0]
    return balancer


def make_subnets(clients: Clients, network: str) -> tuple[str, list[str]]:
    """The id of a new VPC and of its subnets in two zones."""
    ec2 = clients("ec2")
    vpc = ec2.create_vpc(CidrBlock=f"{network}.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"{network}.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")
        for number, zone in enumerate("ab")
    ]
    return vpc, [subnet["Subnet"]["SubnetId"] for subnet in subnets]


GAPS = [
    Gap(
        service="elbv2",
        gap="A load balancer with deletion protection can be deleted.",
        page="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
        patch=patch_deletion_protection,
        probe=probe_deletion_protection,
    ),
]
