"""EC2: descriptions of security group rules, and tags of launch templates."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend
from moto.ec2.models.security_groups import SecurityGroupRule

from gap import Clients, Gap


def patch_descriptions() -> None:
    make = SecurityGroupRule.__init__

    def make_with_description(self: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        prefix_list = args[7] if len(args) > 7 else kwargs.get("prefix_list_id")
        self.other_description = (self.source_group or prefix_list or {}).get("Description")

    SecurityGroupRule.__init__ = make_with_description
    SecurityGroupRule.description = property(lambda self: self.ip_range.get("Description") or self.other_description)


def probe_descriptions(clients: Clients) -> bool:
    ec2 = clients("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.99.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="probe", Description="probe", VpcId=vpc)["GroupId"]
    prefix_list = ec2.describe_prefix_lists()["PrefixLists"][0]["PrefixListId"]
    permission = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}
    by_group = {**permission, "UserIdGroupPairs": [{"GroupId": group, "Description": "group"}]}
    by_list = {**permission, "PrefixListIds": [{"PrefixListId": prefix_list, "Description": "list"}]}
    rules = [
        rule
        for one in (by_group, by_list)
        for rule in ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[one])["SecurityGroupRules"]
    ]
    return [rule.get("Description") for rule in rules] != ["group", "list"]


def patch_template_tags() -> None:
    create = LaunchTemplateBackend.create_launch_template

    def create_without_own(
        self: LaunchTemplateBackend, name: str, description: str, data: dict[str, Any], tag_spec: dict[str, Any]
    ) -> LaunchTemplate:
        tagged = data.pop("TagSpecifications", [])
        launched = [one for one in tagged if one["ResourceType"] != "launch-template"]
        return create(self, name, description, {**data, "TagSpecifications": launched} if launched else data, tag_spec)

    LaunchTemplateBackend.create_launch_template = create_without_own


def probe_template_tags(clients: Clients) -> bool:
    ec2 = clients("ec2")
    tags = [{"Key": "Name", "Value": "probe"}]
    launched = {"ResourceType": "instance", "Tags": tags}
    made = ec2.create_launch_template(
        LaunchTemplateName="probe",
        LaunchTemplateData={"InstanceType": "t3.micro", "TagSpecifications": [launched]},
        TagSpecifications=[{"ResourceType": "launch-template", "Tags": tags}],
    )["LaunchTemplate"]
    versions = ec2.describe_launch_template_versions(LaunchTemplateId=made["LaunchTemplateId"])
    data = versions["LaunchTemplateVersions"][0]["LaunchTemplateData"]
    return bool((made["Tags"], data["TagSpecifications"]) != (tags, [launched]))


GAPS = [
    Gap(
        service="ec2",
        gap="A security group rule that names a group or a prefix list has no description.",
        page="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html",
        patch=patch_descriptions,
        probe=probe_descriptions,
    ),
    Gap(
        service="ec2",
        gap="The tags of a launch template are added to the tag specifications of its data.",
        page="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
        patch=patch_template_tags,
        probe=probe_template_tags,
    ),
]
