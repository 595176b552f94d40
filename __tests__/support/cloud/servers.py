"""Servers for tests, each in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

ACCOUNT = "111111111111"
SCRIPT = str(Path(__file__).parent / "serve.py")


class Server:
    """Clients for a server that is reached at `port`."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

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


def serve(*options: str) -> Server:
    """The mock, with options of serve.py."""
    process = start([sys.executable, SCRIPT, "--account", ACCOUNT, *options])
    assert process.stdout is not None
    return Server(process, json.loads(process.stdout.readline())["port"])


def serve_plain() -> Server:
    """moto as it is."""
    port = free_port()
    process = start([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)])
    wait_for(port)
    return Server(process, port)


def start(command: list[str]) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "MOTO_ACCOUNT_ID": ACCOUNT, "MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


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
