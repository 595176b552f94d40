"""Reads policies of IAM as far as the mock checks them: principals, actions and resources, without conditions."""

from __future__ import annotations

import json
import re
from typing import Any

Document = str | bytes | dict[str, Any] | None


def permits(document: Document, action: str, resource: str, service: str | None = None) -> bool:
    """Whether a statement allows the action on the resource; for a policy of a resource, to the named service."""
    return any(
        statement["Effect"] == "Allow"
        and (service is None or names_service(statement.get("Principal", {}), service))
        and any(matches(pattern.lower(), action.lower()) for pattern in as_list(statement.get("Action", [])))
        and any(matches(pattern, resource) for pattern in as_list(statement.get("Resource", "*")))
        for statement in statements_of(document)
    )


def statements_of(document: Document) -> list[dict[str, Any]]:
    if not document:
        return []
    parsed = document if isinstance(document, dict) else json.loads(document)
    return as_list(parsed.get("Statement", []))


def names_service(principal: Any, service: str) -> bool:
    return principal == "*" or service in as_list(principal.get("Service", []))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def matches(pattern: str, value: str) -> bool:
    """IAM's wildcards: * for any characters, ? for one."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value) is not None
