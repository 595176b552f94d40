"""The server itself: its zones, its answers to retries and to unknown actions, its log, and its end."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from servers import ACCOUNT, SCRIPT, Server, serve

ZONE = {"id": "Z0000000000000000DEV", "name": "dev.example.com"}


class ServeTest(unittest.TestCase):
    log: Path
    folder: tempfile.TemporaryDirectory[str]
    server: Server

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.log = Path(cls.folder.name) / "log.jsonl"
        cls.server = serve("--zones", json.dumps([ZONE]), "--log", str(cls.log))

    @classmethod
    def tearDownClass(cls) -> None:
        cls.server.stop()
        cls.folder.cleanup()

    def last_logged(self, action: str) -> dict[str, Any]:
        entries = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [entry for entry in entries if entry["action"] == action][-1]

    def test_the_account_is_the_one_asked_for(self) -> None:
        self.assertEqual(self.server.clients("sts").get_caller_identity()["Account"], ACCOUNT)

    def test_zones_have_the_ids_that_they_were_given(self) -> None:
        zone = self.server.clients("route53").get_hosted_zone(Id=ZONE["id"])["HostedZone"]
        self.assertEqual((zone["Id"], zone["Name"]), ("/hostedzone/Z0000000000000000DEV", "dev.example.com."))

    def test_an_action_that_moto_does_not_have_answers_501(self) -> None:
        calls = {
            "ListTerminologies": lambda: self.server.clients("translate").list_terminologies(),
            "ListServices": lambda: self.server.clients("apprunner").list_services(),
            "ListRumMetricsDestinations": lambda: self.server.clients("rum").list_rum_metrics_destinations(
                AppMonitorName="shop"
            ),
            "GetAccount": lambda: self.server.clients("sesv2").get_account(),
            "DescribeFpgaImages": lambda: self.server.clients("ec2").describe_fpga_images(),
        }
        for action, call in calls.items():
            with self.subTest(action=action):
                with self.assertRaises(ClientError) as caught:
                    call()
                self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], 501)
                self.assertFalse(self.last_logged(action)["implemented"])

    def test_a_retry_of_a_call_that_succeeded_receives_the_first_answer(self) -> None:
        ec2, answers = self.server.clients("ec2"), []
        ec2.meta.events.register("before-send.*", lambda request, **_: same_invocation(request.headers, "one"))
        for _ in range(2):
            answers.append(ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"])
        self.assertEqual(answers[0], answers[1])
        self.assertTrue(self.last_logged("CreateVpc")["retry"])

    def test_a_retry_of_a_call_that_failed_is_executed(self) -> None:
        sqs = self.server.clients("sqs")
        sqs.meta.events.register("before-send.*", lambda request, **_: same_invocation(request.headers, "two"))
        with self.assertRaises(ClientError):
            sqs.get_queue_url(QueueName="retried")
        self.server.clients("sqs").create_queue(QueueName="retried")
        self.assertIn("retried", sqs.get_queue_url(QueueName="retried")["QueueUrl"])

    def test_a_request_is_logged_with_service_action_region_and_parameters(self) -> None:
        self.server.clients("ecs", "us-west-2").create_cluster(clusterName="logged")
        entry = self.last_logged("CreateCluster")
        found = {key: entry[key] for key in ("service", "region", "parameters", "status", "implemented")}
        parameters = {"clusterName": "logged"}
        expected = {"service": "ecs", "region": "us-west-2", "parameters": parameters, "status": 200}
        self.assertEqual(found, {**expected, "implemented": True})

    def test_options_that_cannot_be_read_are_refused_with_what_is_allowed(self) -> None:
        refused = {
            ("--account", "12"): "argument --account: got 12; allowed: twelve digits",
            ("--account", ACCOUNT, "--zones", "dev.example.com"): "got dev.example.com; allowed: a JSON list like",
        }
        for options, message in refused.items():
            with self.subTest(options=options):
                ended = subprocess.run([sys.executable, SCRIPT, *options], capture_output=True, text=True, check=False)
                self.assertEqual(ended.returncode, 2)
                self.assertIn(message, ended.stderr)

    def test_it_ends_when_its_input_is_closed(self) -> None:
        server = serve()
        server.process.communicate(timeout=10)
        self.assertEqual(server.process.returncode, 0)

    def test_it_ends_on_sigterm(self) -> None:
        server = serve()
        server.process.terminate()
        self.assertEqual(server.process.wait(timeout=10), 0)
        server.stop()


def same_invocation(headers: Any, name: str) -> None:
    del headers["amz-sdk-invocation-id"]
    headers["amz-sdk-invocation-id"] = name


if __name__ == "__main__":
    unittest.main()
