"""EC2: zones in which AWS services have no interface endpoint."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint

from gap import Clients, Gap, accepts

SERVICES = ("email", "email-smtp")
ZONES_WITHOUT = (
    "apne2-az4",
    "cac1-az3",
    "cac1-az4",
    "use1-az2",
    "use1-az3",
    "use1-az5",
    "usw1-az2",
    "usw2-az4",
)


def patch_endpoint_zones() -> None:
    create = VPCBackend.create_vpc_endpoint

    def create_where_served(self: VPCBackend, vpc_id: str, service_name: str, *args: Any, **kwargs: Any) -> VPCEndPoint:
        for subnet in kwargs.get("subnet_ids") or []:
            zone = self.get_subnet(subnet)._availability_zone.zone_id
            if service_name.split(".")[-1] in SERVICES and zone in ZONES_WITHOUT:
                reason = f"does not support the availability zone of the subnet: {subnet}"
                raise EC2ClientError("InvalidParameter", f"The VPC endpoint service {service_name} {reason}.")
        return create(self, vpc_id, service_name, *args, **kwargs)

    VPCBackend.create_vpc_endpoint = create_where_served


def probe_endpoint_zones(clients: Clients) -> bool:
    ec2 = clients("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.94.0.0/16")["Vpc"]["VpcId"]
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    zone = next(one["ZoneName"] for one in zones if one["ZoneId"] in ZONES_WITHOUT)
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.94.0.0/20", AvailabilityZone=zone)["Subnet"]["SubnetId"]
    return accepts(
        "InvalidParameter",
        lambda: ec2.create_vpc_endpoint(
            VpcId=vpc, ServiceName="com.amazonaws.us-east-1.email", VpcEndpointType="Interface", SubnetIds=[subnet]
        ),
    )


GAPS = [
    Gap(
        service="ec2",
        gap="An interface endpoint of SES can have subnets in zones where SES has none.",
        page="https://docs.aws.amazon.com/ses/latest/dg/send-email-set-up-vpc-endpoints.html",
        patch=patch_endpoint_zones,
        probe=probe_endpoint_zones,
    ),
]
