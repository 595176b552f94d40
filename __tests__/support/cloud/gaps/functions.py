"""Lambda: logging settings of functions, and their rotation of secrets."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.awslambda.utils import get_backend
from moto.secretsmanager.exceptions import ResourceNotFoundException
from moto.secretsmanager.models import SecretsManagerBackend

from gap import Clients, Gap, unsupported


def patch_logging() -> None:
    initialize = LambdaFunction.__init__
    describe = LambdaFunction.get_configuration
    update = LambdaFunction.update_configuration

    def initialize_with_logging(self: LambdaFunction, account_id: str, spec: dict[str, Any], *rest: Any, **more: Any) -> None:
        initialize(self, account_id, spec, *rest, **more)
        self.logging_config = {
            "LogFormat": "Text",
            "LogGroup": f"/aws/lambda/{self.function_name}",
            **(spec.get("LoggingConfig") or {}),
        }

    def describe_with_logging(self: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
        return {**describe(self, on_create), "LoggingConfig": self.logging_config}

    def update_with_logging(self: LambdaFunction, config_updates: dict[str, Any]) -> dict[str, Any]:
        self.logging_config = {**self.logging_config, **(config_updates.get("LoggingConfig") or {})}
        return update(self, config_updates)

    LambdaFunction.__init__ = initialize_with_logging
    LambdaFunction.get_configuration = describe_with_logging
    LambdaFunction.update_configuration = update_with_logging


def make_function(clients: Clients, name: str) -> dict[str, Any]:
    trust = {"Version": "2012-10-17", "Statement": []}
    role = clients("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.mjs", "export const handler = () => {};")
    return clients("lambda").create_function(
        FunctionName=name,
        Role=role,
        Runtime="nodejs22.x",
        Handler="index.handler",
        Code={"ZipFile": code.getvalue()},
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "/probe"},
    )


def probe_logging(clients: Clients) -> bool:
    made = make_function(clients, "probe-logging")
    return bool(made.get("LoggingConfig", {}).get("LogGroup") != "/probe")


def patch_rotation() -> None:
    def rotate(
        self: SecretsManagerBackend,
        secret_id: str,
        client_request_token: str | None = None,
        rotation_lambda_arn: str | None = None,
        rotation_rules: dict[str, Any] | None = None,
        rotate_immediately: bool = True,
    ) -> str:
        secret = self.describe_secret(secret_id)
        function = rotation_lambda_arn or secret.rotation_lambda_arn
        try:
            get_backend(self.account_id, self.region_name).get_function(function)
        except Exception as error:
            raise ResourceNotFoundException(f"Resource not found for ARN '{function}'.") from error
        secret.rotation_requested = True
        secret.rotation_enabled = True
        secret.rotation_lambda_arn = function
        secret.auto_rotate_after_days = (rotation_rules or {}).get("AutomaticallyAfterDays", 0)
        secret.last_rotation_date = int(time.time())
        return secret.to_short_dict()

    SecretsManagerBackend.rotate_secret = rotate


def probe_rotation(clients: Clients) -> bool:
    function = make_function(clients, "probe-rotation")["FunctionArn"]
    secrets = clients("secretsmanager")
    secrets.create_secret(Name="probe-rotation")

    def rotates() -> bool:
        rules = {"AutomaticallyAfterDays": 30}
        secrets.rotate_secret(SecretId="probe-rotation", RotationLambdaARN=function, RotationRules=rules)
        return bool(secrets.describe_secret(SecretId="probe-rotation")["RotationEnabled"])

    return unsupported(rotates)


GAPS = [
    Gap(
        service="lambda",
        gap="The logging settings of a function are dropped.",
        page="https://docs.aws.amazon.com/lambda/latest/api/API_LoggingConfig.html",
        patch=patch_logging,
        probe=probe_logging,
    ),
    Gap(
        service="secretsmanager",
        gap="A secret without a value cannot be rotated.",
        page="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html",
        patch=patch_rotation,
        probe=probe_rotation,
    ),
]
