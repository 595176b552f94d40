"""What a request asks for, read from its headers and body without the help of moto's services."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from moto.backends import list_of_moto_modules
from moto.core.request import Request
from moto.core.routing import get_service_router

from services import SERVICES

# Credential=AKID/20260101/us-east-1/ecs/aws4_request
SCOPE = re.compile(r"Credential=[^/]*/[0-9]*/(?P<region>[^/]*)/(?P<service>[^/]*)/aws4_request")

# Signing names that differ from the name of botocore's service model.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
MODELS = {"ses": "sesv2", "monitoring": "cloudwatch", "elasticloadbalancing": "elbv2"}

UNKNOWN_ACTION = "unknown"


@dataclass(frozen=True)
class Call:
    """
    One request to AWS.

    `service` is the name that requests are signed for, which is `ses` for SES v2 and `monitoring` for CloudWatch.
    `parameters` is the JSON body, the form, or the raw body of REST services, whose other parameters are in `path`.
    """

    service: str
    action: str
    region: str
    method: str
    path: str
    parameters: Any
    is_json: bool

    @staticmethod
    def of(environ: dict[str, Any], body: bytes) -> Call:
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        service = scope["service"] if scope else "unsigned"
        path = environ.get("PATH_INFO", "")
        if service == "s3" and path.startswith("/v20180820/"):
            service = "s3control"
        kind = environ.get("CONTENT_TYPE", "")
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        parameters = read_parameters(kind, body)
        query = environ.get("QUERY_STRING", "")
        form = dict(parameters) if isinstance(parameters, dict) else {}
        action = target.rsplit(".", 1)[-1] or form.get("Action") or routed(service, environ)
        return Call(
            service=service,
            action=action or UNKNOWN_ACTION,
            region=scope["region"] if scope else "",
            method=environ["REQUEST_METHOD"],
            path=f"{path}?{query}" if query else path,
            parameters=parameters,
            is_json="json" in kind or bool(target) or path.startswith("/v2/"),
        )


def read_parameters(kind: str, body: bytes) -> Any:
    text = body.decode("utf-8", errors="replace")
    if "x-www-form-urlencoded" in kind:
        return dict(parse_qsl(text, keep_blank_values=True))
    try:
        return json.loads(text) if text else {}
    except ValueError:
        return text


def routed(service: str, environ: dict[str, Any]) -> str | None:
    """The action of a REST service, found by method and path in botocore's service model."""
    model = MODELS.get(service, service)
    if model not in SERVICES and model not in list_of_moto_modules():
        return None
    try:
        operation, _ = get_service_router(model).match(Request({**environ, "wsgi.input": None}))
    except Exception:  # paths that botocore does not know are logged by method and path
        return None
    return str(operation.name)
