"""Step Functions: the validation of definitions, and the versions of a state machine."""

from __future__ import annotations

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.responses import StepFunctionResponse

from gap import Clients, Gap, unsupported


def patch_validation() -> None:
    StepFunctionResponse.validate_state_machine_definition = validate


def validate(self: StepFunctionResponse) -> ActionResult:
    problems = problems_of(self._get_param("definition"))
    diagnostics = [{"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": one} for one in problems]
    return ActionResult({"result": "FAIL" if problems else "OK", "diagnostics": diagnostics, "truncated": False})


def problems_of(definition: str) -> list[str]:
    """States that do not exist are the only mistake that is looked for."""
    try:
        machine: dict[str, Any] = json.loads(definition)
    except json.JSONDecodeError as error:
        return [str(error)]
    states: dict[str, Any] = machine.get("States", {})
    named = [machine.get("StartAt"), *(state["Next"] for state in states.values() if "Next" in state)]
    return [f"{name} is no state" for name in named if name not in states]


def probe_validation(clients: Clients) -> bool:
    states = clients("stepfunctions")
    definition = {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}

    def works() -> bool:
        answer = states.validate_state_machine_definition(definition=json.dumps(definition))
        return bool(answer["result"] == "FAIL")

    return unsupported(works)


def patch_versions() -> None:
    StepFunctionResponse.list_state_machine_versions = list_versions


def list_versions(self: StepFunctionResponse) -> ActionResult:
    machine = self.stepfunction_backend.describe_state_machine(self._get_param("stateMachineArn"))
    versions = [
        {"stateMachineVersionArn": version.arn, "creationDate": version.creation_date}
        for version in reversed(list(machine.versions.values()))
    ]
    return ActionResult({"stateMachineVersions": versions})


def probe_versions(clients: Clients) -> bool:
    states, iam = clients("stepfunctions"), clients("iam")
    role = iam.create_role(RoleName="versions", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    definition = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})
    machine = states.create_state_machine(name="versions", definition=definition, roleArn=role, publish=True)

    def works() -> bool:
        arn = machine["stateMachineArn"]
        return len(states.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]) == 1

    return unsupported(works)


GAPS = [
    Gap(
        service="stepfunctions",
        gap="Versions of a state machine are not listed.",
        page="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html",
        patch=patch_versions,
        probe=probe_versions,
    ),
    Gap(
        service="stepfunctions",
        gap="Definitions cannot be validated.",
        page="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html",
        patch=patch_validation,
        probe=probe_validation,
    ),
]
