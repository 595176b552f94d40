"""API Gateway: paths of a REST API that match the rest of a path."""

from __future__ import annotations

import json
from typing import Any

from moto.apigateway import models

from gap import Clients, Gap, unsupported


def patch_greedy_paths() -> None:
    validate = models.validate

    def validate_without_plus(document: dict[str, Any]) -> None:
        paths = {path.replace("+}", "}"): operations for path, operations in document["paths"].items()}
        validate({**document, "paths": paths})

    models.validate = validate_without_plus


def probe_greedy_paths(clients: Clients) -> bool:
    parameter = {"name": "path", "in": "path", "required": True, "schema": {"type": "string"}}
    operation = {"parameters": [parameter], "responses": {"200": {"description": "Answer"}}}
    document = {
        "openapi": "3.0.1",
        "info": {"title": "probe", "version": "1"},
        "paths": {"/files/{path+}": {"get": operation}},
    }
    gateway = clients("apigateway")
    api = gateway.create_rest_api(name="probe-greedy-paths")["id"]
    put = {"restApiId": api, "mode": "overwrite", "failOnWarnings": True, "body": json.dumps(document)}
    return unsupported(lambda: bool(gateway.put_rest_api(**put)["id"] == api))


GAPS = [
    Gap(
        service="apigateway",
        gap="The parameter of a path that ends in `{path+}` must be named `path+`.",
        page="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-set-up-simple-proxy.html",
        patch=patch_greedy_paths,
        probe=probe_greedy_paths,
    ),
]
