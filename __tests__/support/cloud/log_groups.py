"""Log groups that services make by themselves."""

from __future__ import annotations

from moto.logs.models import logs_backends


def ensure_log_group(account: str, region: str, name: str) -> None:
    backend = logs_backends[account][region]
    if name not in backend.groups:
        backend.create_log_group(name, {})
