"""What the services refuse that moto does not have, as AWS does."""

from __future__ import annotations

import json
import unittest
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from servers import Server, serve

IMAGE = {
    "ImageIdentifier": "111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:initial",
    "ImageRepositoryType": "ECR",
}


class ServicesTest(unittest.TestCase):
    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = serve()
        cls.apprunner = cls.server.clients("apprunner")
        cls.builder = make_role(cls.server, "builder", "build.apprunner.amazonaws.com")
        cls.runner = make_role(cls.server, "runner", "lambda.amazonaws.com")
        scaling = cls.apprunner.create_auto_scaling_configuration(AutoScalingConfigurationName="shop")
        cls.scaling = scaling["AutoScalingConfiguration"]["AutoScalingConfigurationArn"]

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.stop()

    def refusal(self, call: Callable[[], object]) -> str:
        with self.assertRaises(ClientError) as caught:
            call()
        return str(caught.exception)

    def make_service(self, name: str, **more: Any) -> Any:
        instance = {"Cpu": "256", "Memory": "512", **more.pop("instance", {})}
        authentication = {"AccessRoleArn": more.pop("access", self.builder)}
        settings = {
            "InstanceConfiguration": instance,
            "NetworkConfiguration": {"EgressConfiguration": {"EgressType": "DEFAULT"}},
            "AutoScalingConfigurationArn": self.scaling,
            **more,
        }
        source = {"ImageRepository": IMAGE, "AuthenticationConfiguration": authentication}
        return self.apprunner.create_service(ServiceName=name, SourceConfiguration=source, **settings)["Service"]

    def make_canary(self, **more: Any) -> None:
        settings = {"ExecutionRoleArn": self.runner, "Schedule": {"Expression": "rate(5 minutes)"}, **more}
        self.server.clients("synthetics").create_canary(
            Name="page",
            Code={"Handler": "index.handler", "ZipFile": b"script"},
            ArtifactS3Location="s3://canary/",
            RuntimeVersion="syn-nodejs-puppeteer-11.0",
            **settings,
        )

    def test_a_request_that_the_model_does_not_allow(self) -> None:
        rum = self.server.clients("rum")
        rate = {"SessionSampleRate": 2}
        request = {"Name": "a b", "Domain": "shop.example", "AppMonitorConfiguration": rate, "Platform": "TV"}
        message = self.refusal(lambda: rum.create_app_monitor(**request))
        for problem in (
            "CreateAppMonitor.Name: got a b; allowed: ",
            "AppMonitorConfiguration.SessionSampleRate: got 2.0; allowed: 0 to 1",
            "CreateAppMonitor.Platform: got TV; allowed: Web, ",
        ):
            self.assertIn(problem, message)

    def test_services_with_settings_that_do_not_fit(self) -> None:
        connector = {"EgressConfiguration": {"EgressType": "VPC", "VpcConnectorArn": self.scaling}}
        refused = {
            "Memory 4096 is not supported with CPU 256": {"instance": {"Memory": "4096"}},
            f"Error in assuming access role {self.runner}": {"access": self.runner},
            f"{self.scaling} is not an active VpcConnector": {"NetworkConfiguration": connector},
        }
        for message, settings in refused.items():
            with self.subTest(message=message):
                self.assertIn(message, self.refusal(lambda: self.make_service("refused", **settings)))

    def test_configurations_that_a_service_uses_are_not_deleted(self) -> None:
        self.make_service("shop")
        delete = lambda: self.apprunner.delete_auto_scaling_configuration(AutoScalingConfigurationArn=self.scaling)
        self.assertIn(f"{self.scaling} is used by a service", self.refusal(delete))

    def test_connectors_are_in_one_network(self) -> None:
        ec2, subnets = self.server.clients("ec2"), []
        for block in ("10.1.0.0/16", "10.2.0.0/16"):
            network = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
            subnets.append(ec2.create_subnet(VpcId=network, CidrBlock=block)["Subnet"]["SubnetId"])
        make = lambda: self.apprunner.create_vpc_connector(VpcConnectorName="shop", Subnets=subnets)
        self.assertIn("have to be in one VPC", self.refusal(make))

    def test_canaries_with_wrong_schedules_buckets_and_roles(self) -> None:
        self.assertIn("Bucket canary does not exist", self.refusal(self.make_canary))
        self.server.clients("s3").create_bucket(Bucket="canary")
        wrong = {"Schedule": {"Expression": "rate(1 minutes)"}}
        self.assertIn("rate(1 minutes) is not valid", self.refusal(lambda: self.make_canary(**wrong)))
        role = {"ExecutionRoleArn": self.builder}
        self.assertIn("cannot be assumed by Lambda", self.refusal(lambda: self.make_canary(**role)))

    def test_names_of_groups_are_taken_once(self) -> None:
        xray = self.server.clients("xray")
        xray.create_group(GroupName="shop")
        self.assertIn("shop already exists", self.refusal(lambda: xray.create_group(GroupName="shop")))


def make_role(server: Server, name: str, service: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    made = server.clients("iam").create_role(RoleName=name, AssumeRolePolicyDocument=document)
    return str(made["Role"]["Arn"])


if __name__ == "__main__":
    unittest.main()
