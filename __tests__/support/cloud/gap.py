"""The shape of a gap between moto and AWS, and what probes need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.parsers import ResponseParserError

# Makes a boto3 client for a service, in us-east-1 or another region.
Clients = Callable[..., Any]


@dataclass(frozen=True)
class Gap:
    """
    A difference between moto and AWS that a patch removes.

    `gap` is one sentence on what moto does; `page` is the documentation of what AWS does. `probe` uses the API of a
    running server and returns True when the gap is there.
    """

    service: str
    gap: str
    page: str
    patch: Callable[[], None]
    probe: Callable[[Clients], bool]


def unsupported(works: Callable[[], bool]) -> bool:
    """Whether a call fails or returns False: `works` reports whether the answer is that of AWS."""
    try:
        return not works()
    except (ClientError, ResponseParserError, HTTPClientError):
        return True


def accepts(code: str, call: Callable[[], object]) -> bool:
    """Whether a call succeeds that AWS refuses with the error code; any other error is raised."""
    try:
        call()
    except ClientError as error:
        if error.response["Error"]["Code"] == code:
            return False
        raise
    return True
