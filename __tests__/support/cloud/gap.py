"""The shape of a gap between moto and AWS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

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
