"""
Each gap has to be there in plain moto and gone in the mock: a patch that is no longer needed fails a test.

    python -m unittest discover --start-directory __tests__/support/cloud

Takes about 20 seconds. The Python has to have the packages of requirements.txt.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from gaps import GAPS

HERE = Path(__file__).parent
ACCOUNT = "111111111111"


class Server:
    """A server in a process of its own, and clients for it."""

    def __init__(self, command: list[str], port: int | None = None) -> None:
        environment = {**os.environ, "MOTO_ACCOUNT_ID": ACCOUNT, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        assert self.process.stdout is not None
        self.port = port or json.loads(self.process.stdout.readline())["port"]
        wait_for(self.port)

    def clients(self, service: str, region: str = "us-east-1") -> Any:
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id="mock",
            aws_secret_access_key="mock",
            config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server on port {port} after 30 seconds")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class GapsTest(unittest.TestCase):
    plain: Server
    mended: Server

    @classmethod
    def setUpClass(cls) -> None:
        port = free_port()
        cls.plain = Server([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port)
        cls.mended = Server([sys.executable, str(HERE / "serve.py"), "--account", ACCOUNT])

    @classmethod
    def tearDownClass(cls) -> None:
        cls.plain.stop()
        cls.mended.stop()

    def test_each_gap_is_there_in_plain_moto(self) -> None:
        for gap in GAPS:
            with self.subTest(service=gap.service, gap=gap.gap):
                self.assertTrue(gap.probe(self.plain.clients), "moto does this by now: remove the patch")

    def test_each_gap_is_gone_in_the_mock(self) -> None:
        for gap in GAPS:
            with self.subTest(service=gap.service, gap=gap.gap):
                self.assertFalse(gap.probe(self.mended.clients), "the patch does not mend it")


if __name__ == "__main__":
    unittest.main()
